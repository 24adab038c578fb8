import { describe, expect, it } from '@jest/globals';
import { accumulatedOf, depreciationOf, useOn, valueOn } from '@ledger/domain';
import {
  activate,
  assetsOf,
  cardOf,
  cards,
  dispose,
  given,
  hill,
  idle,
  improve,
  revalue,
  SIGNED,
  use,
  VAN,
  van,
} from '../../support/given-assets.js';
import { BOOK, line } from '../../support/given-ledger-year.js';

describe('an improvement', () => {
  it('adds to the cost and is spread over the remaining life, from the month after', () => {
    given(van())
      .when(improve())
      .recordsData({
        amountFen: 22_000_00,
        posting: {
          lines: [
            line('151', 'debit', 22_000_00, '加装冷藏厢', { asset: VAN }),
            line('102', 'credit', 22_000_00, '加装冷藏厢'),
          ],
        },
      });
    const card = cardOf(van(), improve());
    expect(depreciationOf(card, '2024-06')).toBe(2_375_00);
    expect(depreciationOf(card, '2024-07')).toBe(2_875_00);
    expect(accumulatedOf(card, '2028-02')).toBe(136_000_00);
  });

  it('counts from its date also when it is recorded after a later change', () => {
    const inOrder = cardOf(van(), improve(), revalue({ costFen: 140_000_00, effectiveOn: '2024-08-31' }));
    const late = cardOf(van(), revalue({ costFen: 118_000_00, effectiveOn: '2024-08-31' }), improve());
    // Both were written down by 2,000.00 in August.
    expect(late.values).toEqual(inOrder.values);
    expect(valueOn(late, '2024-07-01')?.costFen).toBe(142_000_00);
    expect(valueOn(late, '2024-09-01')?.costFen).toBe(140_000_00);
  });

  it('needs a longer life once the old one is over', () => {
    const old = van({ effectiveOn: '2024-01-05', lifeMonths: 3, residualFen: 0 });
    given(old)
      .when(improve())
      .refuses('ASSET_LIFE_OVER', { lifeMonths: 3, usedMonths: 5, remainingFen: 22_000_00 }, 'lifeMonths');
    const card = cardOf(old, improve({ lifeMonths: 9 }));
    expect(depreciationOf(card, '2024-07')).toBe(5_500_00);
  });
});

describe('a revaluation', () => {
  it('posts the difference to the reserve', () => {
    given(van())
      .when(revalue())
      .recordsData({
        costFen: 110_000_00,
        differenceFen: -10_000_00,
        posting: {
          lines: [
            line('311', 'debit', 10_000_00, '资产评估调整'),
            line('151', 'credit', 10_000_00, '资产评估调整', { asset: VAN }),
          ],
        },
      });
    const card = cardOf(van(), revalue());
    // 110,000 - 6,000 - 9,500 over 44 months.
    expect(depreciationOf(card, '2024-07')).toBe(Math.floor(94_500_00 / 44));
    expect(accumulatedOf(card, '2028-02')).toBe(104_000_00);
  });

  it('may change the life alone, and then posts nothing', () => {
    const [, fact] = cards(van(), revalue({ costFen: 120_000_00, lifeMonths: 60 }));
    expect(fact?.data).toMatchObject({ differenceFen: 0, lifeMonths: 60 });
    expect(fact?.data).not.toHaveProperty('posting');
  });

  it('refuses a cost below what is depreciated already', () =>
    given(van())
      .when(revalue({ costFen: 15_000_00 }))
      .refuses(
        'DEPRECIATION_EXCEEDS_COST',
        { costFen: 15_000_00, residualFen: 6_000_00, accumulatedFen: 9_500_00 },
        'costFen',
      ));

  it('refuses a date before the book', () =>
    given(hill(), van({ acquisition: undefined, costFen: undefined, effectiveOn: '2020-01-01' }))
      .when(revalue({ asset: `${BOOK}-2`, effectiveOn: '2023-12-31' }))
      .refuses('ASSET_OPENING_DATE', { date: '2023-12-31', startPeriod: '2024-01' }, 'effectiveOn'));
});

describe('the use of an asset', () => {
  it('changes, falls idle, and is activated for a project', () => {
    const facts = cards(van(), use({ custodian: 'keeper-2', reason: '整体出租' }), idle(), activate());
    expect(facts.slice(1).map(({ type, data }) => ({ type, ...data }))).toEqual([
      {
        type: 'AssetUseChanged',
        book: BOOK,
        asset: VAN,
        useStatus: 'LEASED',
        custodian: 'keeper-2',
        reason: '整体出租',
      },
      { type: 'AssetMarkedIdle', book: BOOK, asset: VAN, since: '2024-06-01', reason: '租约到期' },
      { type: 'AssetActivated', book: BOOK, asset: VAN, project: 'project-3' },
    ]);
    const [card] = assetsOf(facts).cards.values();
    const statusOn = (day: string) => card && useOn(card, day)?.useStatus;
    expect(['2024-04-30', '2024-05-01', '2024-07-10', '2024-08-01'].map(statusOn)).toEqual([
      'IN_USE',
      'LEASED',
      'IDLE',
      'IN_USE',
    ]);
  });

  it('refuses a second mark, an activation of what is not idle, and idleness from after the mark', () => {
    given(van(), idle())
      .when(idle({ effectiveOn: '2024-07-20' }))
      .refuses('ASSET_ALREADY_IDLE', { asset: VAN, since: '2024-06-01' }, 'asset');
    given(van())
      .when(activate())
      .refuses('ASSET_NOT_IDLE', { asset: VAN, useStatus: 'IN_USE', effectiveOn: '2024-08-01' }, 'asset');
    given(van())
      .when(idle({ since: '2024-07-11' }))
      .refuses('ASSET_IDLE_SINCE', { since: '2024-07-11', effectiveOn: '2024-07-10' }, 'since');
  });

  it('refuses an asset that is unknown, not registered yet, or disposed of', () => {
    given().when(use()).refuses('ASSET_UNKNOWN', { asset: VAN }, 'asset');
    given(van())
      .when(use({ effectiveOn: '2024-02-14' }))
      .refuses('ASSET_UNKNOWN', { asset: VAN, registeredFrom: '2024-02-15' }, 'effectiveOn');
    const gone = { asset: VAN, name: '送货车', disposedOn: '2024-09-20', kind: 'SOLD' } as const;
    for (const command of [use(), idle(), activate(), improve(), revalue(), dispose()]) {
      given(van(), dispose()).when(command).refuses('ASSET_ALREADY_DISPOSED', gone, 'asset');
    }
  });
});

describe('a disposal', () => {
  it('takes cost and depreciation out of the books, the month included, with its gain', () =>
    given(van())
      .when(dispose({ costs: { amountFen: 500_00, settlement: { account: '101' } } }))
      .recordsData({
        kind: 'SOLD',
        costFen: 120_000_00,
        // March to September: seven months of 2,375.00.
        accumulatedDepreciationFen: 16_625_00,
        proceedsFen: 105_000_00,
        costsFen: 500_00,
        gainFen: 1_125_00,
        posting: { summary: '出售送货车', ...SIGNED },
      }));

  it('may be a loss, and may bring nothing', () =>
    given(van())
      .when(dispose({ kind: 'SCRAPPED', proceeds: undefined }))
      .recordsData({ gainFen: -103_375_00, proceedsFen: 0, posting: {} }));

  it('ends the depreciation with its month', () => {
    const card = cardOf(van(), dispose());
    expect(['2024-09', '2024-10'].map((month) => depreciationOf(card, month))).toEqual([2_375_00, 0]);
    expect(accumulatedOf(card, '2030-01')).toBe(16_625_00);
  });

  it('refuses to sell land; the state may take it, without money on the card', () => {
    given(hill())
      .when(dispose({ proceeds: undefined }))
      .refuses('LAND_SALE_FORBIDDEN', { asset: VAN, name: '后山林地', category: 'FOREST_LAND' }, 'kind');
    given(hill())
      .when(dispose({ kind: 'REQUISITIONED' }))
      .refuses('RESOURCE_HAS_NO_COST', { category: 'FOREST_LAND', amountFen: 105_000_00 }, 'proceeds');
    const [, taken] = cards(hill(), dispose({ kind: 'REQUISITIONED', proceeds: undefined }));
    expect(taken?.data).toMatchObject({ kind: 'REQUISITIONED', gainFen: 0 });
    expect(taken?.data).not.toHaveProperty('posting');
  });

  it('refuses a day before something else that is recorded of it', () =>
    given(van(), use({ effectiveOn: '2024-10-01' }))
      .when(dispose())
      .refuses(
        'ASSET_CHANGED_LATER',
        { asset: VAN, effectiveOn: '2024-09-20', changedOn: '2024-10-01' },
        'effectiveOn',
      ));
});
