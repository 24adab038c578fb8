import { describe, expect, it } from '@jest/globals';
import { openOn } from '@ledger/domain';
import {
  approve,
  close,
  complete,
  enrol,
  given,
  job,
  LEAD,
  PARTNER,
  PROJECT,
  projectOf,
  propose,
  recorded,
  resume,
  sale,
  start,
  suspend,
  withdraw,
} from '../../support/given-project.js';

const begun = [propose('2024-01-10'), approve('2024-02-01'), start('2024-03-01')];
const head = { version: 1, division: LEAD, concerns: [PARTNER] };

describe('a household', () => {
  it('enrols in a role, under a contract or without', () => {
    given(...begun)
      .when(enrol('household-1', '2024-03-01', { contract: 'contract-12' }))
      .records({
        type: 'HouseholdEnrolled',
        ...head,
        effectiveOn: '2024-03-01',
        data: {
          project: PROJECT,
          household: 'household-1',
          village: PARTNER,
          role: 'GROWER',
          contract: 'contract-12',
        },
      });
    given(...begun, enrol('household-1', '2024-03-01'))
      .when(withdraw('household-1', '2024-05-01'))
      .records({
        type: 'HouseholdWithdrawn',
        ...head,
        effectiveOn: '2024-05-01',
        data: { project: PROJECT, household: 'household-1', village: PARTNER, reason: '外出务工' },
      });
  });

  it('withdraws and enrols again', () => {
    const commands = [enrol('household-1', '2024-03-01'), withdraw('household-1', '2024-05-01')];
    const project = projectOf(recorded([...begun, ...commands, enrol('household-1', '2024-05-01')]));
    const { turns } = project.enrolments.get('household-1') ?? {};
    expect(['2024-02-29', '2024-04-30', '2024-05-01'].map((day) => openOn(turns, day))).toStrictEqual([
      false,
      true,
      true,
    ]);
    const left = projectOf(recorded([...begun, ...commands])).enrolments.get('household-1');
    expect(openOn(left?.turns, '2024-05-01')).toBe(false);
  });

  it('enrols once at a time, in the order of days', () => {
    given(...begun, enrol('household-1', '2024-03-01'))
      .when(enrol('household-1', '2024-04-01'))
      .refuses(
        'HOUSEHOLD_ALREADY_ENROLLED',
        { project: PROJECT, household: 'household-1', on: '2024-04-01', spans: [{ from: '2024-03-01' }] },
        'household',
      );
    given(...begun, enrol('household-1', '2024-03-01'), withdraw('household-1', '2024-05-01'))
      .when(enrol('household-1', '2024-04-30'))
      .refuses('HOUSEHOLD_ALREADY_ENROLLED', {
        project: PROJECT,
        household: 'household-1',
        on: '2024-04-30',
        spans: [{ from: '2024-03-01', to: '2024-05-01' }],
      });
  });

  it('withdraws only where it is enrolled', () => {
    const spans: { from: string; to?: string }[] = [];
    given(...begun)
      .when(withdraw('household-1', '2024-05-01'))
      .refuses(
        'HOUSEHOLD_NOT_ENROLLED',
        { project: PROJECT, household: 'household-1', on: '2024-05-01', spans },
        'household',
      );
    given(...begun, enrol('household-1', '2024-05-02'))
      .when(withdraw('household-1', '2024-05-01'))
      .refuses('HOUSEHOLD_NOT_ENROLLED', {
        project: PROJECT,
        household: 'household-1',
        on: '2024-05-01',
        spans: [{ from: '2024-05-02' }],
      });
  });

  it('enrols in what has started, goes on, and is not closed', () => {
    given(propose('2024-01-10'))
      .when(enrol('household-1', '2024-03-01'))
      .refuses('ENROLMENT_BEFORE_START', { project: PROJECT, household: 'household-1', on: '2024-03-01' });
    given(...begun)
      .when(enrol('household-1', '2024-02-29'))
      .refuses(
        'ENROLMENT_BEFORE_START',
        { project: PROJECT, household: 'household-1', on: '2024-02-29', startedOn: '2024-03-01' },
        'effectiveOn',
      );
    given(...begun, suspend('2024-04-01'))
      .when(enrol('household-1', '2024-04-01'))
      .refuses(
        'PROJECT_NOT_ACTIVE',
        { project: PROJECT, on: '2024-04-01', needs: ['active'], status: 'suspended', since: '2024-04-01' },
        'effectiveOn',
      );
    given(...begun, complete('2024-04-01'), close('2024-05-01'))
      .when(enrol('household-1', '2024-05-01'))
      .refuses('PROJECT_CLOSED', { project: PROJECT, on: '2024-05-01', closedOn: '2024-05-01' }, 'effectiveOn');
  });

  it('must be registered on the day and not dissolved, and its role must be one', () => {
    given(...begun)
      .when(enrol('unknown', '2024-03-01'))
      .refuses('HOUSEHOLD_UNKNOWN', { household: 'unknown' }, 'household');
    given(...begun)
      .when(enrol('household-1', '2024-11-15'))
      .refuses('HOUSEHOLD_DISSOLVED', { household: 'household-1', dissolvedOn: '2024-11-15' }, 'household');
    expect(() => recorded([...begun, enrol('household-1', '2024-03-01', { role: 'GUEST' })])).toThrow(
      'CATEGORY_UNKNOWN',
    );
    given(...begun)
      .when(enrol('household-1', '2024-03-01', { contract: 'c13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'contract');
  });
});

describe('closing', () => {
  it('ends what still goes on, with the same day and reason', () => {
    const busy = [
      ...begun,
      enrol('household-1', '2024-03-01'),
      enrol('household-2', '2024-03-01'),
      withdraw('household-2', '2024-04-01'),
      job('worker-1', '2024-03-01', { endedOn: '2024-04-01' }),
      job('worker-2', '2024-03-01'),
      complete('2024-06-01'),
    ];
    const of = { project: PROJECT };
    given(...busy)
      .when(close('2024-06-30', { reason: '合作期满' }))
      .records(
        {
          type: 'HouseholdWithdrawn',
          ...head,
          effectiveOn: '2024-06-30',
          data: { ...of, household: 'household-1', village: PARTNER, reason: '合作期满' },
        },
        {
          type: 'JobEnded',
          version: 1,
          division: LEAD,
          effectiveOn: '2024-06-30',
          data: { ...of, jobNo: 2, worker: 'worker-2', village: LEAD },
        },
        { type: 'ProjectClosed', ...head, effectiveOn: '2024-06-30', data: { ...of, reason: '合作期满' } },
      );
    expect(recorded([...busy, close('2024-06-30')]).at(-3)?.data).toMatchObject({ reason: '项目关闭' });
  });

  it('is what a late enrolment and a late job end with', () => {
    const closed = [...begun, complete('2024-06-01'), close('2024-06-30')];
    given(...closed)
      .when(enrol('household-1', '2024-03-01'))
      .recordsData(
        { project: PROJECT, household: 'household-1', village: PARTNER, role: 'GROWER' },
        { project: PROJECT, household: 'household-1', village: PARTNER, reason: '项目关闭' },
      );
    expect(recorded([...closed, job('worker-1', '2024-03-01')]).at(-1)).toMatchObject({
      type: 'JobEnded',
      effectiveOn: '2024-06-30',
    });
    given(...closed)
      .when(job('worker-1', '2024-03-01', { endedOn: '2024-07-01' }))
      .refuses('PROJECT_CLOSED', { project: PROJECT, on: '2024-07-01', closedOn: '2024-06-30' }, 'endedOn');
  });

  it('refuses days before what was recorded', () => {
    given(...begun, enrol('household-1', '2024-03-01'), withdraw('household-1', '2024-07-01'), complete('2024-06-01'))
      .when(close('2024-06-30'))
      .refuses('PROJECT_STEP_BEFORE_RECORD', {
        project: PROJECT,
        step: 'close',
        on: '2024-06-30',
        recordedOn: '2024-07-01',
      });
  });
});

describe('a late suspension', () => {
  it('takes the ground from no sale, enrolment or job', () => {
    const days = { sale: sale('2024-05-10'), job: job('worker-1', '2024-05-10') };
    for (const record of [days.sale, days.job, enrol('household-1', '2024-05-10')]) {
      given(...begun, record)
        .when(suspend('2024-05-09'))
        .refuses('PROJECT_STEP_BEFORE_RECORD', {
          project: PROJECT,
          step: 'suspend',
          on: '2024-05-09',
          recordedOn: '2024-05-10',
        });
      expect(recorded([...begun, record, suspend('2024-05-10')])).toHaveLength(5);
    }
  });

  it('brings its end along where the work went on later', () => {
    const worked = [...begun, sale('2024-05-10')];
    given(...worked)
      .when(suspend('2024-04-01', { resumedOn: '2024-04-15' }))
      .records(
        {
          type: 'ProjectSuspended',
          ...head,
          effectiveOn: '2024-04-01',
          data: { project: PROJECT, reason: '汛期停业' },
        },
        { type: 'ProjectResumed', ...head, effectiveOn: '2024-04-15', data: { project: PROJECT } },
      );
    given(...worked)
      .when(suspend('2024-04-01', { resumedOn: '2024-05-11' }))
      .refuses('PROJECT_STEP_BEFORE_RECORD', {
        project: PROJECT,
        step: 'suspend',
        on: '2024-04-01',
        recordedOn: '2024-05-10',
      });
    given(...worked, suspend('2024-05-11'))
      .when(suspend('2024-04-01', { resumedOn: '2024-05-12' }))
      .refuses('PROJECT_STEP_BEFORE_RECORD', {
        project: PROJECT,
        step: 'suspend',
        on: '2024-04-01',
        recordedOn: '2024-05-10',
      });
    given(...begun)
      .when(suspend('2024-04-15', { resumedOn: '2024-04-01' }))
      .refuses('END_BEFORE_START', { from: '2024-04-15', to: '2024-04-01' }, 'resumedOn');
    given(...begun)
      .when(suspend('2024-04-15', { resumedOn: '2025-01-01' }))
      .refuses('DATE_IN_FUTURE', { date: '2025-01-01', today: '2024-12-31' }, 'resumedOn');
    expect(recorded([...worked, suspend('2024-05-10'), resume('2024-06-01')])).toHaveLength(6);
  });
});
