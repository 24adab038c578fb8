import { describe, expect, it } from '@jest/globals';
import {
  AbolishDivision,
  codeOn,
  type DivisionCommand,
  divisionOf,
  knownVillage,
  MergeVillages,
  placeOn,
  RecodeDivision,
  RegisterDivision,
  refuseUnknownVillage,
  RenameDivision,
} from '@ledger/domain';
import { decidedFrom, treeOf } from '../support/division-trees.js';
import { refuses } from '../support/given-ledger-year.js';

const TODAY = '2024-08-31';
const D = '2024-07-01';
const said = <C extends DivisionCommand>(type: new () => C, fields: Partial<C>): C => Object.assign(new type(), fields);
const register = (code: string, effectiveOn = '2020-01-01') =>
  said(RegisterDivision, { code, name: `名${code.slice(6)}`, effectiveOn });
const recode = (code: string, newCode: string, more: Partial<RecodeDivision> = {}) =>
  said(RecodeDivision, { code, newCode, effectiveOn: D, ...more });
const listing = (code: string, newCode: string) => recode('330603103', '330603006', { villages: [{ code, newCode }] });
const merge = (from: string[], to: string, effectiveOn = D) => said(MergeVillages, { from, to, effectiveOn });
const abolish = (code: string, more: Partial<AbolishDivision> = {}) =>
  said(AbolishDivision, { code, effectiveOn: D, reason: '整村搬迁', ...more });

/** 福全 with two villages, 兰亭 with one. */
const begun = ['330603', '330603103', '330603103201', '330603103202', '330603008', '330603008201'].map((code) =>
  register(code),
);
const recorded = (...commands: DivisionCommand[]) => decidedFrom(TODAY, ...begun, ...commands).slice(begun.length);
const treeAfter = (...commands: DivisionCommand[]) => treeOf(decidedFrom(TODAY, ...begun, ...commands));
const codesOf = (id: string, days: readonly string[], ...commands: DivisionCommand[]) => {
  const division = divisionOf(treeAfter(...commands), id);
  return days.map((day) => division && codeOn(division, day));
};

describe('recoding a township', () => {
  it('records every code that changes in one fact', () =>
    expect(recorded(recode('330603103', '330603006', { reason: '撤镇设街道' }))).toStrictEqual([
      {
        type: 'DivisionRecoded',
        version: 1,
        division: '330603103000',
        concerns: ['330603006000', '330603103201', '330603006201', '330603103202', '330603006202'],
        effectiveOn: D,
        data: {
          oldCode: '330603103000',
          newCode: '330603006000',
          villages: [
            { oldCode: '330603103201', newCode: '330603006201' },
            { oldCode: '330603103202', newCode: '330603006202' },
          ],
          reason: '撤镇设街道',
        },
      },
    ]));

  it('gives villages that are listed the codes that they are listed with', () => {
    const villages = [{ code: '330603103202', newCode: '330603006212' }];
    expect(recorded(recode('330603103', '330603006', { villages }))[0]?.data).toMatchObject({
      villages: [
        { oldCode: '330603103201', newCode: '330603006201' },
        { oldCode: '330603103202', newCode: '330603006212' },
      ],
    });
  });

  it('changes codes from its day on, however late it is recorded', () => {
    const days = ['2019-12-31', '2024-06-30', D];
    expect(codesOf('330603103201', days, recode('330603103', '330603006'))).toEqual([
      '330603103201',
      '330603103201',
      '330603006201',
    ]);
  });

  it('includes a village that was registered under the old code after the day', () => {
    const late = register('330603103203', '2024-07-20');
    const [, fact] = recorded(late, recode('330603103', '330603006'));
    expect(fact?.data).toMatchObject({ villages: [{}, {}, { oldCode: '330603103203', newCode: '330603006203' }] });
    expect(codesOf('330603103203', ['2024-07-20'], late, recode('330603103', '330603006'))).toEqual(['330603006203']);
  });

  it('leaves out a village that ended before, and includes one that ended after', () => {
    const [, , fact] = recorded(
      abolish('330603103201', { effectiveOn: '2024-06-30' }),
      abolish('330603103202', { effectiveOn: '2024-07-02' }),
      recode('330603103', '330603006'),
    );
    expect(fact?.data).toMatchObject({ villages: [{ oldCode: '330603103202', newCode: '330603006202' }] });
  });

  it('takes along a village that is registered only afterwards for a day before', () => {
    const facts = recorded(recode('330603103', '330603006'), register('330603103204', '2024-03-01'));
    expect(facts.slice(1)).toMatchObject([
      { type: 'DivisionRegistered', effectiveOn: '2024-03-01', data: { code: '330603103204' } },
      {
        type: 'DivisionRecoded',
        effectiveOn: D,
        data: { oldCode: '330603103204', newCode: '330603006204', villages: [] },
      },
    ]);
  });

  it('may be recorded before or after another one of the township', () => {
    const first = recode('330603103', '330603006', { effectiveOn: '2024-03-01' });
    const days = ['2024-02-29', '2024-03-01', D];
    const chain = ['330603103201', '330603006201', '330603016201'];
    expect(codesOf('330603103201', days, first, recode('330603006', '330603016'))).toEqual(chain);
    expect(codesOf('330603103201', days, recode('330603103', '330603016'), first)).toEqual(chain);
  });

  it('can be taken back on its day, and set right', () => {
    const wrong = recode('330603103', '330603007');
    const right = recode('330603007', '330603006');
    expect(codesOf('330603103201', ['2024-06-30', D], wrong, right)).toEqual(['330603103201', '330603006201']);
    const villages = [{ code: '330603103202', newCode: '330603007212' }];
    const back = [recode('330603103', '330603007', { villages }), recode('330603007', '330603103')];
    expect(codesOf('330603103201', [D], ...back)).toEqual(['330603103201']);
    expect(codesOf('330603103202', [D], ...back)).toEqual(['330603103202']);
    expect(recorded(...back, register('330603103203', '2024-03-01'))).toHaveLength(3);
  });

  it('refuses codes of another division, also former ones', () => {
    refuses(
      () => recorded(recode('330603103', '330603008')),
      'DIVISION_CODE_TAKEN',
      { code: '330603008000', name: '名008', codeNow: '330603008000' },
      'newCode',
    );
    const moved = recode('330603103', '330603006');
    refuses(() => recorded(moved, recode('330603008', '330603103')), 'DIVISION_CODE_TAKEN', {
      code: '330603103000',
      name: '名103',
      codeNow: '330603006000',
    });
    refuses(() => recorded(moved, register('330603103', D)), 'DIVISION_CODE_TAKEN', {
      code: '330603103000',
      name: '名103',
      codeNow: '330603006000',
    });
    refuses(() => recorded(moved, register('330603006', D)), 'DIVISION_DUPLICATE', {
      code: '330603006000',
      name: '名103',
    });
  });

  it('refuses two villages under one code', () => {
    const villages = [{ code: '330603103202', newCode: '330603006201' }];
    refuses(
      () => recorded(recode('330603103', '330603006', { villages })),
      'DIVISION_CODE_TAKEN',
      { code: '330603006201', name: '名103201', codeNow: '330603103201' },
      'villages.0',
    );
  });

  it('refuses listed villages of other townships, and codes outside of the new one', () => {
    refuses(
      () => recorded(listing('330603008201', '330603006203')),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603008201', parent: '330603008000', stated: '330603103000' },
      'villages.0.code',
    );
    refuses(
      () => recorded(listing('330603103201', '330603008203')),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603008203', parent: '330603008000', stated: '330603006000' },
      'villages.0.newCode',
    );
    refuses(
      () => recorded(listing('330603103299', '330603006299')),
      'DIVISION_UNKNOWN',
      { code: '330603103299' },
      'villages.0.code',
    );
  });

  it('refuses what a later change contradicts', () => {
    // One of its villages has a code of its own choice from the 15th on.
    const renumbered = recode('330603103201', '330603103209', { effectiveOn: '2024-07-15' });
    refuses(
      () => recorded(renumbered, recode('330603103', '330603006')),
      'DIVISION_CHANGED_LATER',
      { code: '330603103209', on: D, laterOn: '2024-07-15' },
      'effectiveOn',
    );
    const after = recode('330603103', '330603006', { effectiveOn: '2024-07-15' });
    expect(recorded(renumbered, after)[1]?.data).toMatchObject({
      villages: [{ oldCode: '330603103209', newCode: '330603006209' }, {}],
    });
  });

  it('refuses the same code, another level, another district, and a district', () => {
    refuses(() => recorded(recode('330603103', '330603103')), 'DIVISION_DUPLICATE', {
      code: '330603103000',
      name: '名103',
    });
    refuses(
      () => recorded(recode('330603103', '330603103999')),
      'DIVISION_LEVEL_MISMATCH',
      { code: '330603103000', other: '330603103999' },
      'newCode',
    );
    refuses(
      () => recorded(recode('330603103', '330681121')),
      'DIVISION_DISTRICT_MISMATCH',
      { code: '330681121000', district: '330603000000' },
      'newCode',
    );
    refuses(() => recorded(recode('330603', '330604')), 'DISTRICT_FIXED', { code: '330603000000' }, 'code');
    refuses(() => recorded(recode('330603103', '33060300')), 'DIVISION_CODE_INVALID', { code: '33060300' }, 'newCode');
  });

  it('refuses the future and personal data', () => {
    refuses(() => recorded(recode('330603103', '330603006', { effectiveOn: '2024-09-01' })), 'DATE_IN_FUTURE', {
      date: '2024-09-01',
      today: TODAY,
    });
    refuses(
      () => recorded(recode('330603103', '330603006', { reason: '联系13800138000' })),
      'PERSONAL_DATA_IN_TEXT',
      { kind: 'mobile' },
      'reason',
    );
  });
});

describe('recoding a village', () => {
  it('may take it into another township', () => {
    const facts = recorded(recode('330603103201', '330603008211'));
    expect(facts).toMatchObject([{ data: { oldCode: '330603103201', newCode: '330603008211', villages: [] } }]);
  });

  it('refuses to take it out of its township before a day on which it went along with that', () => {
    const along = recode('330603103', '330603006');
    const left = recode('330603103201', '330603008211', { effectiveOn: '2024-03-01' });
    refuses(
      () => recorded(along, left),
      'DIVISION_CHANGED_LATER',
      { code: '330603103201', on: '2024-03-01', laterOn: D },
      'effectiveOn',
    );
    // It has not gone along after all: the day of the new codes is set right first.
    const days = ['2024-02-29', '2024-03-01', D];
    expect(codesOf('330603103201', days, along, recode('330603006201', '330603008211'), left)).toEqual([
      '330603103201',
      '330603008211',
      '330603008211',
    ]);
  });

  it('refuses a township that is not there', () =>
    refuses(
      () => recorded(recode('330603103201', '330603077201')),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603077201', parent: '330603077000' },
      'newCode',
    ));

  it('refuses a list of villages', () =>
    refuses(
      () =>
        recorded(
          recode('330603103201', '330603103209', { villages: [{ code: '330603103202', newCode: '330603103208' }] }),
        ),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603103202', parent: '330603103000', stated: '330603103201' },
      'villages.0.code',
    ));
});

describe('a code on a day', () => {
  const tree = treeAfter(recode('330603103', '330603006'));
  const asked = (village: string, on: string) => () => refuseUnknownVillage(tree, village, on, 'village');

  it('refuses the old one from the day on and the new one before, naming the other', () => {
    expect(asked('330603103201', '2024-06-30')().id).toBe('330603103201');
    expect(asked('330603006201', D)().id).toBe('330603103201');
    refuses(
      asked('330603103201', D),
      'DIVISION_RECODED',
      { code: '330603103201', on: D, codeThen: '330603006201' },
      'village',
    );
    refuses(asked('330603006201', '2024-06-30'), 'DIVISION_RECODED', {
      code: '330603006201',
      on: '2024-06-30',
      codeThen: '330603103201',
    });
    refuses(asked('330603006201', '2019-12-31'), 'VILLAGE_UNKNOWN', {
      village: '330603006201',
      registeredFrom: '2020-01-01',
    });
  });

  it('is what a new name needs', () =>
    refuses(
      () =>
        recorded(
          recode('330603103', '330603006'),
          said(RenameDivision, { code: '330603103', name: '福全街道', effectiveOn: D }),
        ),
      'DIVISION_RECODED',
      { code: '330603103000', on: D, codeThen: '330603006000' },
      'code',
    ));

  it('is not needed where any code means the village', () =>
    expect(knownVillage(tree, '330603103201', { from: D, to: TODAY }, 'village').id).toBe('330603103201'));
});

describe('merging villages', () => {
  it('records those that end and the one that goes on', () =>
    expect(recorded(merge(['330603103201', '330603008201'], '330603103202'))).toStrictEqual([
      {
        type: 'VillagesMerged',
        version: 1,
        division: '330603103202',
        concerns: ['330603103201', '330603008201'],
        effectiveOn: D,
        data: { from: ['330603103201', '330603008201'], to: '330603103202' },
      },
    ]));

  it('puts them into the sums of the one, through every later merger', () => {
    const tree = treeAfter(
      merge(['330603103201'], '330603103202'),
      merge(['330603103202'], '330603008201', '2024-07-15'),
    );
    const village = divisionOf(tree, '330603103201');
    const places = ['2024-06-30', D, '2024-07-15'].map((on) => village && placeOn(tree, village, on)?.id);
    expect(places).toEqual(['330603103201', '330603103202', '330603008201']);
    refuses(
      () => refuseUnknownVillage(tree, '330603103201', '2024-07-14', 'village'),
      'VILLAGE_ABOLISHED',
      { village: '330603103201', from: D, how: 'merged', standsIn: '330603103202' },
      'village',
    );
    refuses(() => refuseUnknownVillage(tree, '330603103201', '2024-07-15', 'village'), 'VILLAGE_ABOLISHED', {
      village: '330603103201',
      from: D,
      how: 'merged',
      standsIn: '330603008201',
    });
  });

  it('refuses itself, what is no village then, and other districts', () => {
    refuses(
      () => recorded(merge(['330603103201'], '330603103201')),
      'VILLAGE_MERGED_INTO_ITSELF',
      { village: '330603103201' },
      'from.0',
    );
    refuses(
      () => recorded(merge(['330603103'], '330603103201')),
      'VILLAGE_UNKNOWN',
      { village: '330603103000' },
      'from.0',
    );
    refuses(
      () => recorded(merge(['330603103201'], '330603103299')),
      'VILLAGE_UNKNOWN',
      { village: '330603103299' },
      'to',
    );
    refuses(
      () => recorded(merge(['330681121201'], '330603103201')),
      'DIVISION_DISTRICT_MISMATCH',
      { code: '330681121201', district: '330603000000' },
      'from.0',
    );
    refuses(
      () => recorded(merge(['330603103201'], '330603103202'), merge(['330603103201'], '330603008201', '2024-07-15')),
      'VILLAGE_ABOLISHED',
      { village: '330603103201', from: D, how: 'merged', standsIn: '330603103202' },
      'from.0',
    );
  });

  it('refuses a second, earlier end, and a circle', () => {
    refuses(
      () => recorded(merge(['330603103201'], '330603103202'), merge(['330603103201'], '330603008201', '2024-03-01')),
      'DIVISION_CHANGED_LATER',
      { code: '330603103201', on: '2024-03-01', laterOn: D },
      'from.0',
    );
    refuses(
      () => recorded(merge(['330603103201'], '330603103202'), merge(['330603103202'], '330603103201', '2024-03-01')),
      'DIVISION_CHANGED_LATER',
      { code: '330603103201', on: '2024-03-01', laterOn: D },
      'effectiveOn',
    );
  });
});

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
    const asked =
      (...commands: DivisionCommand[]) =>
      () =>
        refuseUnknownVillage(treeAfter(...commands), '330603103201', D, 'village');
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
