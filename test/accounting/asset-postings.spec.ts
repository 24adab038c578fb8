import { describe, expect, it } from '@jest/globals';
import {
  charts,
  disposalGainFen,
  type Line,
  postAcquisition,
  postDepreciation,
  postDisposal,
  postRevaluation,
  totals,
} from '@ledger/accounting';
import * as fc from 'fast-check';

const rural = charts['rural-collective-2024'];
const old = charts['village-2004'];
const short = (lines: readonly Line[]) =>
  lines.map(({ account, side, amountFen, asset }) => `${side} ${account} ${amountFen} ${asset ?? '-'}`);
const chart = 'rural-collective-2024';

describe('an asset in the books', () => {
  it('is bought: debit fixed assets, credit what it was paid from', () =>
    expect(
      short(
        postAcquisition(
          { asset: 'b-1', amountFen: 120_000_00, settlement: { account: '211', party: 'dealer-3' }, summary: '购车' },
          rural,
        ),
      ),
    ).toEqual([`debit ${chart}:151 12000000 b-1`, `credit ${chart}:211 12000000 -`]));

  it('is revalued: the difference goes to the reserve, or comes out of it', () => {
    expect(short(postRevaluation('b-1', 500, '评估', rural))).toEqual([
      `debit ${chart}:151 500 b-1`,
      `credit ${chart}:311 500 -`,
    ]);
    expect(short(postRevaluation('b-1', -500, '评估', rural))).toEqual([
      `debit ${chart}:311 500 -`,
      `credit ${chart}:151 500 b-1`,
    ]);
  });

  it('is sold with a gain: everything through the disposal account, which stands at zero', () => {
    const sale = {
      asset: 'b-1',
      costFen: 120_000_00,
      accumulatedFen: 47_500_00,
      proceeds: { account: '102', amountFen: 80_000_00 },
      costs: { account: '101', amountFen: 500_00 },
      summary: '出售送货车',
    };
    expect(disposalGainFen(sale)).toBe(7_000_00);
    expect(short(postDisposal(sale, rural))).toEqual([
      `debit ${chart}:154 7250000 b-1`,
      `debit ${chart}:152 4750000 b-1`,
      `credit ${chart}:151 12000000 b-1`,
      `debit ${chart}:102 8000000 -`,
      `credit ${chart}:154 8000000 b-1`,
      `debit ${chart}:154 50000 b-1`,
      `credit ${chart}:101 50000 -`,
      `debit ${chart}:154 700000 b-1`,
      `credit ${chart}:504 700000 b-1`,
    ]);
  });

  it('is scrapped with a loss, under the chart of 2004 through 153', () => {
    const scrapped = { asset: 'b-1', costFen: 1_000_00, accumulatedFen: 900_00, summary: '报废' };
    expect(short(postDisposal(scrapped, old))).toEqual([
      'debit village-2004:153 10000 b-1',
      'debit village-2004:152 90000 b-1',
      'credit village-2004:151 100000 b-1',
      'debit village-2004:551 10000 b-1',
      'credit village-2004:153 10000 b-1',
    ]);
  });

  it('is depreciated: one debit an account, one credit an asset', () =>
    expect(
      short(
        postDepreciation(
          [
            { asset: 'b-1', account: '514', amountFen: 100 },
            { asset: 'b-2', account: '511', amountFen: 20 },
            { asset: 'b-10', account: '514', amountFen: 3 },
          ],
          '折旧',
          rural,
        ),
      ),
    ).toEqual([
      `debit ${chart}:511 20 -`,
      `debit ${chart}:514 103 -`,
      `credit ${chart}:152 100 b-1`,
      `credit ${chart}:152 20 b-2`,
      `credit ${chart}:152 3 b-10`,
    ]));

  it('leaves the books balanced and the disposal account at zero, whatever it brings', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 4 }), ([a = 0, b = 0, p = 0, c = 0]) => {
        const money = { proceeds: { account: '102', amountFen: p }, costs: { account: '102', amountFen: c } };
        const lines = postDisposal(
          { asset: 'b-1', costFen: a + b, accumulatedFen: b, ...money, summary: '处置' },
          rural,
        );
        const { debitFen, creditFen } = totals(lines);
        expect(debitFen).toBe(creditFen);
        const through = totals(lines.filter(({ account }) => account.endsWith(':154')));
        expect(through.debitFen).toBe(through.creditFen);
        expect(lines.every(({ amountFen }) => amountFen > 0)).toBe(true);
      }),
    ));
});
