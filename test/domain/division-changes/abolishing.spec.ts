import { describe, expect, it } from '@jest/globals';
import { type DivisionCommand, refuseUnknownVillage } from '@ledger/domain';
import { decidedFrom } from '../../support/division-trees.js';
import { abolish, begun, D, recode, recorded, register, TODAY, treeAfter } from '../../support/given-divisions.js';
import { refuses } from '../../support/given-ledger-year.js';

/** Asks for the first village after these changes. */
const asked =
  (...commands: DivisionCommand[]) =>
  () =>
    refuseUnknownVillage(treeAfter(...commands), '330603103201', D, 'village');

describe('abolishing', () => {
  it('records the end of a village and why', () =>
    expect(recorded(abolish('330603103201'))).toStrictEqual([
      {
        type: 'DivisionAbolished',
        version: 1,
        division: '330603103201',
        concerns: [],
        effectiveOn: D,
        data: { code: '330603103201', reason: '整村搬迁' },
      },
    ]));

  it('leaves its money in the township, or with the successor', () => {
    refuses(asked(abolish('330603103201')), 'VILLAGE_ABOLISHED', {
      village: '330603103201',
      from: D,
      how: 'abolished',
      standsIn: '330603103000',
    });
    refuses(asked(abolish('330603103201', { successor: '330603103202' })), 'VILLAGE_ABOLISHED', {
      village: '330603103201',
      from: D,
      how: 'abolished',
      standsIn: '330603103202',
    });
    // The township goes on under a new code, and keeps what was left to it.
    refuses(asked(abolish('330603103201'), recode('330603103', '330603006')), 'VILLAGE_ABOLISHED', {
      village: '330603103201',
      from: D,
      how: 'abolished',
      standsIn: '330603006000',
    });
  });

  it('refuses a township in which a village is left', () => {
    refuses(
      () => recorded(abolish('330603103')),
      'DIVISION_NOT_EMPTY',
      { code: '330603103000', on: D, villages: 2, first: '330603103201' },
      'code',
    );
    const one = [recode('330603103201', '330603008211'), abolish('330603103202')];
    refuses(() => recorded(...one, abolish('330603103')), 'DIVISION_NOT_EMPTY', {
      code: '330603103000',
      on: D,
      villages: 1,
      first: '330603103202',
    });
    expect(recorded(...one, abolish('330603103', { successor: '330603008' })).at(-1)?.data).toStrictEqual({
      code: '330603103000',
      successor: '330603008000',
      reason: '整村搬迁',
    });
    const gone = treeAfter(...one, abolish('330603103', { successor: '330603008' }));
    refuses(() => refuseUnknownVillage(gone, '330603103202', D, 'village'), 'VILLAGE_ABOLISHED', {
      village: '330603103202',
      from: D,
      how: 'abolished',
      standsIn: '330603008000',
    });
    refuses(
      () =>
        decidedFrom(
          TODAY,
          ...begun,
          ...one,
          abolish('330603103', { successor: '330603008' }),
          register('330603103203', D),
        ),
      'DIVISION_ABOLISHED',
      { code: '330603103000', from: D, how: 'abolished', standsIn: '330603008000' },
      'code',
    );
  });

  it('refuses a township whose end comes before what is recorded in it', () => {
    const emptied = [
      recode('330603103201', '330603008211'),
      recode('330603103202', '330603008212'),
      register('330603103203', '2024-07-20'),
    ];
    refuses(() => recorded(...emptied, abolish('330603103')), 'DIVISION_NOT_EMPTY', {
      code: '330603103000',
      on: D,
      villages: 1,
      first: '330603103203',
    });
  });

  it('refuses a village before the end of its township that was recorded already', () => {
    const emptied = [
      recode('330603103201', '330603008211'),
      recode('330603103202', '330603008212'),
      abolish('330603103'),
    ];
    refuses(
      () => recorded(...emptied, register('330603103203', '2024-03-01')),
      'DIVISION_CHANGED_LATER',
      { code: '330603103203', on: '2024-03-01', laterOn: D },
      'effectiveOn',
    );
  });

  it('refuses the district, another level, itself, and what has ended', () => {
    refuses(() => recorded(abolish('330603')), 'DISTRICT_FIXED', { code: '330603000000' }, 'code');
    for (const successor of ['330603008', '330603103201']) {
      refuses(
        () => recorded(abolish('330603103201', { successor })),
        'DIVISION_LEVEL_MISMATCH',
        { code: '330603103201', other: successor.padEnd(12, '0') },
        'successor',
      );
    }
    refuses(() => recorded(abolish('330603103201'), abolish('330603103201')), 'VILLAGE_ABOLISHED', {
      village: '330603103201',
      from: D,
      how: 'abolished',
      standsIn: '330603103000',
    });
    refuses(
      () => recorded(abolish('330603103201'), abolish('330603103201', { effectiveOn: '2024-03-01' })),
      'DIVISION_CHANGED_LATER',
      { code: '330603103201', on: '2024-03-01', laterOn: D },
      'effectiveOn',
    );
    refuses(() => recorded(abolish('330603103299')), 'DIVISION_UNKNOWN', { code: '330603103299' }, 'code');
  });
});
