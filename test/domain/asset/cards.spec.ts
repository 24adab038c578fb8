import { describe, expect, it } from '@jest/globals';
import { accumulatedOf, assetStream, bookOfAsset, categoriesOf, depreciationOf } from '@ledger/domain';
import {
  assetsOf,
  cardOf,
  cards,
  decideAfter,
  given,
  hill,
  improve,
  SIGNED,
  VAN,
  van,
} from '../../support/given-assets.js';
import { BOOK, bookOf, line, refuses, VILLAGE } from '../../support/given-ledger-year.js';

const acquisition = { settlement: { account: '102' }, summary: '购置', ...SIGNED };

describe('registering an asset', () => {
  it('records the card with the posting that the books are to make', () =>
    given()
      .when(van({ custodian: 'keeper-2', specification: '4.2米厢式' }))
      .records({
        type: 'AssetRegistered',
        version: 1,
        division: VILLAGE,
        effectiveOn: '2024-02-15',
        data: {
          book: BOOK,
          asset: VAN,
          name: '送货车',
          class: 'OPERATING',
          category: 'VEHICLE',
          specification: '4.2米厢式',
          source: 'PURCHASED',
          custodian: 'keeper-2',
          useStatus: 'IN_USE',
          inServiceOn: '2024-02-15',
          costFen: 120_000_00,
          residualFen: 6_000_00,
          lifeMonths: 48,
          method: 'straight-line',
          depreciationAccount: 'rural-collective-2024:511',
          posting: {
            summary: '购置送货车',
            lines: [
              line('151', 'debit', 120_000_00, '购置送货车', { asset: VAN }),
              line('102', 'credit', 120_000_00, '购置送货车'),
            ],
            attachmentCount: 0,
            ...SIGNED,
          },
        },
      }));

  it('numbers the assets of a book without gaps, and names the book in each id', () => {
    const facts = cards(van(), hill(), van({ name: '叉车' }));
    expect(facts.map(({ data }) => data.asset)).toEqual([`${BOOK}-1`, `${BOOK}-2`, `${BOOK}-3`]);
    expect(bookOfAsset(`${BOOK}-12`)).toBe(BOOK);
    expect(assetStream(BOOK)).toBe(`assets-${BOOK}`);
    refuses(() => bookOfAsset('van'), 'ASSET_UNKNOWN', { asset: 'van' }, 'asset');
  });

  it('records land by its area and boundaries, without value or posting', () =>
    given()
      .when(hill())
      .recordsData({
        asset: VAN,
        area: { quantity: 32_050, unit: 'MU_HUNDREDTH' },
        boundaries: { east: '溪', south: '机耕路', west: '邻村界', north: '山脊' },
      }));

  it('posts nothing for what the book began with', () => {
    const opening = { accumulatedDepreciationFen: 40_000_00 };
    const facts = decideAfter([], van({ acquisition: undefined, opening, effectiveOn: '2022-05-10' }));
    expect(facts[0]?.data).toMatchObject({ opening: { period: '2024-01', ...opening }, inServiceOn: '2022-05-10' });
    expect(facts[0]?.data).not.toHaveProperty('posting');
    // 19 of 48 months were over; 74,000.00 are left for 29.
    const card = assetsOf(facts).cards.get(VAN);
    expect(card && depreciationOf(card, '2024-01')).toBe(Math.floor(74_000_00 / 29));
  });

  it('takes the cost from construction in progress, or from the reserve for what was given', () => {
    for (const [account, source] of [
      ['153', 'BUILT'],
      ['311', 'DONATED'],
    ] as const) {
      const said = { ...acquisition, settlement: { account } };
      const [fact] = decideAfter([], van({ source, acquisition: said }));
      expect(fact?.data).toMatchObject({ posting: { lines: [{}, line(account, 'credit', 120_000_00, '购置')] } });
    }
  });

  it('refuses a cost for land', () => {
    given()
      .when(hill({ costFen: 5_00 }))
      .refuses('RESOURCE_HAS_NO_COST', { category: 'FOREST_LAND', amountFen: 5_00 }, 'costFen');
    given()
      .when(hill({ lifeMonths: 12 }))
      .refuses('RESOURCE_HAS_NO_COST', { category: 'FOREST_LAND', amountFen: 0 });
    given(hill())
      .when(improve({ amountFen: 7_00 }))
      .refuses('RESOURCE_HAS_NO_COST', { category: 'FOREST_LAND', amountFen: 7_00 }, 'amountFen');
  });

  it('refuses a category of another class', () =>
    given()
      .when(van({ category: 'ARABLE_LAND' }))
      .refuses(
        'ASSET_CATEGORY',
        { category: 'ARABLE_LAND', class: 'OPERATING', categories: categoriesOf('OPERATING') },
        'category',
      ));

  it('refuses a cost that comes into the books by no way, or by two', () => {
    const facts = { costFen: 120_000_00, said: 0 };
    given()
      .when(van({ acquisition: undefined }))
      .refuses('ASSET_ACQUISITION', facts, 'acquisition');
    given()
      .when(van({ opening: { accumulatedDepreciationFen: 0 } }))
      .refuses('ASSET_ACQUISITION', { ...facts, said: 2 });
    given()
      .when(van({ costFen: undefined }))
      .refuses('ASSET_ACQUISITION', { costFen: 0, said: 1 });
  });

  it('refuses an opening of after the start of the book, and an acquisition of before', () => {
    const opening = { accumulatedDepreciationFen: 0 };
    given()
      .when(van({ acquisition: undefined, opening }))
      .refuses('ASSET_OPENING_DATE', { date: '2024-02-15', startPeriod: '2024-01' }, 'opening');
    given()
      .when(van({ effectiveOn: '2023-12-31' }))
      .refuses('ASSET_OPENING_DATE', { date: '2023-12-31', startPeriod: '2024-01' }, 'effectiveOn');
  });

  it('refuses more residual value or depreciation than cost', () => {
    given()
      .when(van({ residualFen: 120_000_01 }))
      .refuses('DEPRECIATION_EXCEEDS_COST', { costFen: 120_000_00, residualFen: 120_000_01, accumulatedFen: 0 });
    given()
      .when(
        van({
          acquisition: undefined,
          opening: { accumulatedDepreciationFen: 114_000_01 },
          effectiveOn: '2020-01-01',
        }),
      )
      .refuses('DEPRECIATION_EXCEEDS_COST', { costFen: 120_000_00, residualFen: 6_000_00, accumulatedFen: 114_000_01 });
  });

  it('refuses accounts that do not belong there', () => {
    const wrong = { account: '50102', name: '出租收入' };
    given()
      .when(van({ acquisition: { ...acquisition, settlement: { account: '50102' } } }))
      .refuses('ACCOUNT_KIND', { ...wrong, wanted: 'assetSettlement' }, 'acquisition.settlement.account');
    given()
      .when(van({ depreciationAccount: '50102' }))
      .refuses('ACCOUNT_KIND', { ...wrong, wanted: 'depreciationCharge' }, 'depreciationAccount');
    const retired = { type: 'AccountRetired', version: 1, division: VILLAGE, effectiveOn: '2024-02-01' };
    const book = bookOf('rural-collective-2024', '2024-01', [
      { ...retired, data: { book: BOOK, account: 'rural-collective-2024:151' } },
    ]);
    given()
      .when(van(), { book })
      .refuses('ACCOUNT_RETIRED', { account: '151', name: '固定资产', retiredOn: '2024-02-01' });
  });

  it('refuses the future, personal data, amounts that are none, and one person for both signatures', () => {
    const today = '2025-06-15';
    given()
      .when(van({ effectiveOn: '2025-06-16' }))
      .refuses('DATE_IN_FUTURE', { date: '2025-06-16', today }, 'effectiveOn');
    // Bought now, but in service before the book's first month: those months could never be run.
    given()
      .when(van({ inServiceOn: '2022-01-15' }))
      .refuses('ASSET_OPENING_DATE', { date: '2022-01-15', startPeriod: '2024-01' }, 'inServiceOn');
    given()
      .when(van({ inServiceOn: '2025-06-16' }))
      .refuses('DATE_IN_FUTURE', { date: '2025-06-16', today }, 'inServiceOn');
    const text = { east: '溪', south: '户主13912345678', west: '路', north: '山' };
    given()
      .when(hill({ boundaries: text }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'boundaries.south');
    given()
      .when(van({ costFen: 0.5 }))
      .refuses('AMOUNT_PRECISION', { amount: 0.5 }, 'costFen');
    given()
      .when(van({ acquisition: { ...acquisition, reviewedBy: 'accountant-1' } }))
      .refuses('SAME_PERSON', { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] });
    given()
      .when(van({ origin: 'SEED' }))
      .refuses('ORIGIN_ONLY_IN_DEMO', { origin: 'SEED' });
  });
});

describe('a card', () => {
  it('depreciates month by month as the rule says', () => {
    const card = cardOf(van());
    expect(['2024-02', '2024-03', '2028-02', '2028-03'].map((month) => depreciationOf(card, month))).toEqual([
      0, 2_375_00, 2_375_00, 0,
    ]);
    expect(accumulatedOf(card, '2024-06')).toBe(9_500_00);
  });
});
