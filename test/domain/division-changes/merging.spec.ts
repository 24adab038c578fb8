import { describe, expect, it } from '@jest/globals';
import { divisionOf, placeOn, refuseUnknownVillage } from '@ledger/domain';
import { D, merge, recorded, treeAfter } from '../../support/given-divisions.js';
import { refuses } from '../../support/given-ledger-year.js';

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
