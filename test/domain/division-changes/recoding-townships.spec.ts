import { describe, expect, it } from '@jest/globals';
import { abolish, codesOf, D, recode, recorded, register, TODAY } from '../../support/given-divisions.js';
import { refuses } from '../../support/given-ledger-year.js';

const listing = (code: string, newCode: string) => recode('330603103', '330603006', { villages: [{ code, newCode }] });

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
