import { describe, expect, it } from '@jest/globals';
import { participantsOn, schemeOn } from '@ledger/domain';
import {
  approve,
  close,
  given,
  join,
  LEAD,
  leave,
  NEWEST,
  of,
  PARTNER,
  PROJECT,
  projectOf,
  propose,
  recorded,
  scheme,
  THIRD,
} from '../../support/given-project.js';
import { LeaveVillage } from '@ledger/domain';

const proposed = propose('2024-01-10');
const half = { [LEAD]: 6000, [PARTNER]: 4000 };

describe('villages', () => {
  it('join and leave from a day on, and join again', () => {
    const project = projectOf(
      recorded([proposed, join(THIRD, '2024-03-01'), leave(THIRD, '2024-05-01'), join(THIRD, '2024-08-01')]),
    );
    const days = ['2024-02-29', '2024-03-01', '2024-04-30', '2024-05-01', '2024-07-31', '2024-08-01'];
    expect(days.map((day) => participantsOn(project, day).includes(THIRD))).toStrictEqual([
      false,
      true,
      true,
      false,
      false,
      true,
    ]);
    expect(participantsOn(project, '2024-01-09')).toStrictEqual([]);
    expect(participantsOn(project, '2024-01-10')).toStrictEqual([LEAD, PARTNER]);
  });

  it('are recorded as those of a project', () => {
    given(proposed)
      .when(join(THIRD, '2024-03-01'))
      .records({
        type: 'VillageJoined',
        version: 1,
        division: LEAD,
        concerns: [THIRD],
        effectiveOn: '2024-03-01',
        data: { project: PROJECT, village: THIRD },
      });
    given(proposed)
      .when(of(LeaveVillage, { village: PARTNER, effectiveOn: '2024-03-01', reason: '另起炉灶' }))
      .records({
        type: 'VillageLeft',
        version: 1,
        division: LEAD,
        concerns: [PARTNER],
        effectiveOn: '2024-03-01',
        data: { project: PROJECT, village: PARTNER, reason: '另起炉灶' },
      });
  });

  it('join once', () => {
    given(proposed)
      .when(join(PARTNER, '2024-03-01'))
      .refuses(
        'VILLAGE_ALREADY_PARTICIPANT',
        { project: PROJECT, village: PARTNER, on: '2024-03-01', spans: [{ from: '2024-01-10' }] },
        'village',
      );
    given(proposed, leave(PARTNER, '2024-05-01'))
      .when(join(PARTNER, '2024-04-30'))
      .refuses('VILLAGE_ALREADY_PARTICIPANT', {
        project: PROJECT,
        village: PARTNER,
        on: '2024-04-30',
        spans: [{ from: '2024-01-10', to: '2024-05-01' }],
      });
  });

  it('leave only after they joined, once', () => {
    given(proposed)
      .when(leave(THIRD, '2024-03-01'))
      .refuses('VILLAGE_NOT_PARTICIPANT', { project: PROJECT, village: THIRD, on: '2024-03-01', spans: [] }, 'village');
    given(proposed, join(THIRD, '2024-03-01'))
      .when(leave(THIRD, '2024-02-29'))
      .refuses('VILLAGE_NOT_PARTICIPANT', {
        project: PROJECT,
        village: THIRD,
        on: '2024-02-29',
        spans: [{ from: '2024-03-01' }],
      });
    given(proposed, leave(PARTNER, '2024-05-01'))
      .when(leave(PARTNER, '2024-06-01'))
      .refuses('VILLAGE_NOT_PARTICIPANT', {
        project: PROJECT,
        village: PARTNER,
        on: '2024-06-01',
        spans: [{ from: '2024-01-10', to: '2024-05-01' }],
      });
  });

  it('do not leave while they lead, or while a scheme gives them a share then or later', () => {
    given(proposed)
      .when(leave(LEAD, '2024-03-01'))
      .refuses('VILLAGE_LEADS', { project: PROJECT, village: LEAD }, 'village');
    given(proposed, scheme('2024-02-01', half))
      .when(leave(PARTNER, '2024-03-01'))
      .refuses(
        'VILLAGE_HAS_SHARE',
        { village: PARTNER, on: '2024-03-01', schemeOn: '2024-02-01', basisPoints: 4000 },
        'village',
      );
    given(proposed, scheme('2024-06-01', half)).when(leave(PARTNER, '2024-03-01')).refuses('VILLAGE_HAS_SHARE', {
      village: PARTNER,
      on: '2024-03-01',
      schemeOn: '2024-06-01',
      basisPoints: 4000,
    });
    expect(
      recorded([
        proposed,
        scheme('2024-02-01', half),
        scheme('2024-03-01', { [LEAD]: 10_000 }),
        leave(PARTNER, '2024-03-01'),
      ]),
    ).toHaveLength(4);
  });

  it('must be registered on the day, and the project proposed and not closed', () => {
    given(proposed)
      .when(join(NEWEST, '2024-05-31'))
      .refuses('VILLAGE_UNKNOWN', { village: NEWEST, registeredFrom: '2024-06-01' }, 'village');
    given(proposed)
      .when(join(THIRD, '2024-01-09'))
      .refuses(
        'PROJECT_NOT_ACTIVE',
        {
          project: PROJECT,
          on: '2024-01-09',
          needs: ['proposed', 'approved', 'active', 'suspended', 'completed'],
        },
        'effectiveOn',
      );
    given(proposed, approve('2024-02-01'), close('2024-03-01'))
      .when(join(THIRD, '2024-03-02'))
      .refuses('PROJECT_CLOSED', { project: PROJECT, on: '2024-03-02', closedOn: '2024-03-01' }, 'effectiveOn');
    given(proposed)
      .when(of(LeaveVillage, { village: PARTNER, effectiveOn: '2024-03-01', reason: '13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'reason');
  });
});

describe('a scheme', () => {
  it('is recorded by village code', () =>
    given(proposed)
      .when(scheme('2024-02-01', { [PARTNER]: 4000, [LEAD]: 6000 }))
      .records({
        type: 'AllocationSchemeSet',
        version: 1,
        division: LEAD,
        concerns: [PARTNER],
        effectiveOn: '2024-02-01',
        data: {
          project: PROJECT,
          shares: [
            { village: LEAD, basisPoints: 6000 },
            { village: PARTNER, basisPoints: 4000 },
          ],
        },
      }));

  it('holds from its day until the next, and of one day the later recorded holds', () => {
    const project = projectOf(
      recorded([
        proposed,
        scheme('2024-06-01', { [LEAD]: 5000, [PARTNER]: 5000 }),
        scheme('2024-02-01', half),
        scheme('2024-02-01', { [LEAD]: 7000, [PARTNER]: 3000 }),
      ]),
    );
    const leads = ['2024-01-31', '2024-02-01', '2024-05-31', '2024-06-01'].map(
      (day) => schemeOn(project, day)?.shares[0]?.basisPoints,
    );
    expect(leads).toStrictEqual([undefined, 7000, 7000, 5000]);
  });

  it('shares out the whole', () => {
    given(proposed)
      .when(scheme('2024-02-01', { [LEAD]: 6000, [PARTNER]: 3999 }))
      .refuses('SHARES_NOT_100', { sumBasisPoints: 9999 }, 'shares');
    given(proposed)
      .when(scheme('2024-02-01', { [LEAD]: 6001, [PARTNER]: 4000 }))
      .refuses('SHARES_NOT_100', { sumBasisPoints: 10_001 }, 'shares');
  });

  it('gives to those alone that take part from its day on, for as long as it holds', () => {
    given(proposed)
      .when(scheme('2024-02-01', { [LEAD]: 6000, [THIRD]: 4000 }))
      .refuses(
        'VILLAGE_NOT_PARTICIPANT',
        { project: PROJECT, village: THIRD, on: '2024-02-01', spans: [] },
        'shares.1.village',
      );
    const left = [proposed, scheme('2024-05-01', { [LEAD]: 10_000 }), leave(PARTNER, '2024-05-01')];
    expect(recorded([...left, scheme('2024-02-01', half)])).toHaveLength(4);
    given(proposed, leave(PARTNER, '2024-05-01'))
      .when(scheme('2024-02-01', half))
      .refuses('VILLAGE_NOT_PARTICIPANT', {
        project: PROJECT,
        village: PARTNER,
        on: '2024-02-01',
        spans: [{ from: '2024-01-10', to: '2024-05-01' }],
      });
    given(proposed)
      .when(scheme('2024-02-01', { [LEAD]: 6000, '330603008299': 4000 }))
      .refuses('VILLAGE_UNKNOWN', { village: '330603008299' }, 'shares.1.village');
  });

  it('is one of a project that is not closed on its day', () =>
    given(proposed, close('2024-03-01'))
      .when(scheme('2024-03-02', half))
      .refuses('PROJECT_CLOSED', { project: PROJECT, on: '2024-03-02', closedOn: '2024-03-01' }));
});
