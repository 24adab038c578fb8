import { describe, expect, it } from '@jest/globals';
import { projectKinds, statusOn } from '@ledger/domain';
import {
  approve,
  ask,
  close,
  complete,
  decideAfter,
  given,
  LEAD,
  NEWEST,
  of,
  PARTNER,
  PROJECT,
  projectOf,
  propose,
  recorded,
  resume,
  scheme,
  start,
  started,
  suspend,
  THIRD,
} from '../../support/given-project.js';
import { ProposeProject, StartProject } from '@ledger/domain';
import { refuses } from '../../support/given-ledger-year.js';

describe('proposing', () => {
  it('records what it is, who leads it and who takes part', () =>
    given()
      .when(propose('2024-01-10', { types: ['BRAND_LED', 'JOINT'], programmes: ['GREEN_RURAL_REVIVAL'] }))
      .records({
        type: 'ProjectProposed',
        version: 1,
        division: LEAD,
        concerns: [PARTNER],
        effectiveOn: '2024-01-10',
        data: {
          project: PROJECT,
          name: '一桌土菜',
          kind: 'VEGETABLE_BRAND',
          types: ['BRAND_LED', 'JOINT'],
          programmes: ['GREEN_RURAL_REVIVAL'],
          leadVillage: LEAD,
          villages: [LEAD, PARTNER],
        },
      }));

  it('takes the lead village for one of those that take part, named among them or not', () => {
    const [fact] = decideAfter([], propose('2024-01-10', { villages: [THIRD, LEAD] }));
    expect(fact).toMatchObject({ concerns: [THIRD], data: { villages: [LEAD, THIRD] } });
    const [alone] = decideAfter([], propose('2024-01-10', { villages: [] }));
    expect(alone).toMatchObject({ data: { villages: [LEAD] } });
    expect(alone).not.toHaveProperty('concerns');
  });

  it('knows at least the kinds of the county', () =>
    expect(Object.keys(projectKinds)).toEqual(
      expect.arrayContaining([
        'WORKSHOP',
        'BOOKSTORE',
        'VEGETABLE_BRAND',
        'HOMESTAY',
        'CAFE',
        'CAMPING',
        'ECOMMERCE',
        'STARTUP_PARK',
        'STUDY_TOUR',
      ]),
    ));

  it.each([
    [{ kind: 'SHOP' }, 'kind', 'SHOP'],
    [{ kind: 'toString' }, 'kind', 'toString'],
    [{ types: ['JOINT', 'DISJOINT'] }, 'types.1', 'DISJOINT'],
    [{ programmes: ['NONE'] }, 'programmes.0', 'NONE'],
  ])('refuses a category that is none: %j', (said, field, category) => {
    let known: unknown;
    try {
      decideAfter([], propose('2024-01-10', said));
    } catch (error) {
      known = (error as { facts: { known: unknown } }).facts.known;
    }
    expect(known).toContainEqual(
      field === 'kind'
        ? { id: 'BOOKSTORE', zh: '乡村书店', en: 'village bookstore' }
        : expect.objectContaining({ id: field === 'types.1' ? 'JOINT' : 'FUTURE_VILLAGE' }),
    );
    refuses(
      () => decideAfter([], propose('2024-01-10', said)),
      'CATEGORY_UNKNOWN',
      { field, category, known: known as [] },
      field,
    );
  });

  it('refuses villages that are unknown, or not there yet', () => {
    given()
      .when(propose('2024-01-10', { leadVillage: '330603008299' }))
      .refuses('VILLAGE_UNKNOWN', { village: '330603008299' }, 'leadVillage');
    given()
      .when(propose('2024-05-31', { villages: [NEWEST] }))
      .refuses('VILLAGE_UNKNOWN', { village: NEWEST, registeredFrom: '2024-06-01' }, 'villages.0');
    given()
      .when(propose('2024-01-10', { leadVillage: '330604008201' }))
      .refuses('VILLAGE_UNKNOWN', { village: '330604008201' }, 'leadVillage');
    given()
      .when(propose('2024-01-10', { leadVillage: '福全' }))
      .refuses('DIVISION_CODE_INVALID', { code: '福全' }, 'leadVillage');
  });

  it('refuses the future, personal data, and origins outside a demo', () => {
    given()
      .when(propose('2025-01-01'))
      .refuses('DATE_IN_FUTURE', { date: '2025-01-01', today: '2024-12-31' }, 'effectiveOn');
    given()
      .when(propose('2024-01-10', { name: '联系13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'name');
    given()
      .when(propose('2024-01-10', { origin: 'SEED' }))
      .refuses('ORIGIN_ONLY_IN_DEMO', { origin: 'SEED' }, 'origin');
    expect(recorded([propose('2024-01-10', { origin: 'SEED' })], { demo: true })[0]?.data.origin).toBe('SEED');
  });
});

describe('the life of a project', () => {
  const whole = [
    propose('2024-01-10'),
    approve('2024-02-01', { resolution: 'resolution-3' }),
    start('2024-03-01'),
    suspend('2024-06-10'),
    resume('2024-07-01'),
    complete('2024-11-01'),
    close('2024-11-30', { reason: '合作期满' }),
  ];

  it('is proposed, approved, started, suspended, resumed, completed and closed', () => {
    const project = projectOf(recorded(whole));
    const days = ['2024-01-09', '2024-01-10', '2024-02-29', '2024-03-01', '2024-06-10', '2024-07-01', '2024-11-29'];
    expect([...days, '2024-11-30'].map((day) => statusOn(project.steps, day)?.status)).toStrictEqual([
      undefined,
      'proposed',
      'approved',
      'active',
      'suspended',
      'active',
      'completed',
      'closed',
    ]);
  });

  it('tells every village that takes part on the day', () =>
    expect(recorded(whole).slice(1)).toStrictEqual([
      told('ProjectApproved', '2024-02-01', { resolution: 'resolution-3' }),
      told('ProjectStarted', '2024-03-01'),
      told('ProjectSuspended', '2024-06-10', { reason: '汛期停业' }),
      told('ProjectResumed', '2024-07-01'),
      told('ProjectCompleted', '2024-11-01'),
      told('ProjectClosed', '2024-11-30', { reason: '合作期满' }),
    ]));

  it('may be closed before it began: it was given up', () => {
    expect(recorded([propose('2024-01-10'), close('2024-01-20')])).toHaveLength(2);
    expect(recorded([propose('2024-01-10'), approve('2024-01-12'), close('2024-01-20')])).toHaveLength(3);
  });

  it('refuses a step that does not follow from the status of the day', () => {
    given(propose('2024-01-10'))
      .when(start('2024-03-01'))
      .refuses(
        'PROJECT_SEQUENCE',
        {
          project: PROJECT,
          step: 'start',
          on: '2024-03-01',
          from: ['approved'],
          status: 'proposed',
          since: '2024-01-10',
        },
        'effectiveOn',
      );
    given(...started('2024-01-10'))
      .when(close('2024-03-01'))
      .refuses('PROJECT_SEQUENCE', {
        project: PROJECT,
        step: 'close',
        on: '2024-03-01',
        from: ['proposed', 'approved', 'completed'],
        status: 'active',
        since: '2024-01-10',
      });
    given(propose('2024-01-10'))
      .when(approve('2024-01-09'))
      .refuses('PROJECT_SEQUENCE', { project: PROJECT, step: 'approve', on: '2024-01-09', from: ['proposed'] });
    given(...started('2024-01-10'), suspend('2024-02-01'))
      .when(suspend('2024-02-01'))
      .refuses('PROJECT_SEQUENCE', {
        project: PROJECT,
        step: 'suspend',
        on: '2024-02-01',
        from: ['active'],
        status: 'suspended',
        since: '2024-02-01',
      });
  });

  it('takes steps late where the days stay in order', () => {
    const late = [...started('2024-01-10'), complete('2024-11-01'), suspend('2024-06-10')];
    expect(statusOn(projectOf(recorded(late)).steps, '2024-07-01')?.status).toBe('suspended');
    expect(recorded([...late, resume('2024-07-01')])).toHaveLength(6);
  });

  it('refuses a late step that a later one would not follow', () =>
    given(...started('2024-01-10'), suspend('2024-06-10'), resume('2024-07-01'))
      .when(complete('2024-05-01'))
      .refuses(
        'PROJECT_STEP_BEFORE_RECORD',
        { project: PROJECT, step: 'complete', on: '2024-05-01', recordedOn: '2024-06-10' },
        'effectiveOn',
      ));

  it('refuses a late close before what was recorded in the meantime', () =>
    given(propose('2024-01-10'), scheme('2024-05-01', { [LEAD]: 6000, [PARTNER]: 4000 }))
      .when(close('2024-04-30'))
      .refuses('PROJECT_STEP_BEFORE_RECORD', {
        project: PROJECT,
        step: 'close',
        on: '2024-04-30',
        recordedOn: '2024-05-01',
      }));

  it('refuses what names no project', () => {
    given()
      .when(of(StartProject, { effectiveOn: '2024-01-10' }))
      .refuses('PROJECT_UNKNOWN', { project: PROJECT }, 'project');
    expect(decideAfter([], ask(ProposeProject, propose('2024-01-10')))).toHaveLength(1);
  });

  it('refuses personal data in a reason', () => {
    given(...started('2024-01-10'))
      .when(suspend('2024-02-01', { reason: '电话13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'reason');
    given(propose('2024-01-10'))
      .when(close('2024-02-01', { reason: '电话13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'reason');
  });
});

function told(type: string, effectiveOn: string, data: object = {}) {
  return { type, version: 1, division: LEAD, concerns: [PARTNER], effectiveOn, data: { project: PROJECT, ...data } };
}
