import { describe, expect, it } from '@jest/globals';
import { type AssetCommand, type LedgerFact, type LedgerSetting, revisionsOf, RunDepreciation } from '@ledger/domain';
import { assetsOf, cards, dispose, hill, improve, van } from '../../support/given-assets.js';
import {
  BOOK,
  closed,
  decideAfter,
  given,
  line,
  recorded,
  reversal,
  VILLAGE,
  voucher,
  yearOfFacts,
} from '../../support/given-ledger-year.js';

const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
const run = (period: string, said: Partial<RunDepreciation> = {}): RunDepreciation =>
  Object.assign(new RunDepreciation(), { book: BOOK, period, account: '51305', ...SIGNED, ...said });

/** These cards stand, and these facts of the year. */
const beside = (facts: readonly LedgerFact[], ...commands: readonly AssetCommand[]): Partial<LedgerSetting> => ({
  today: '2024-12-31',
  assets: assetsOf(cards(...commands)),
  bookYears: [yearOfFacts(facts)],
});
const after = (facts: readonly LedgerFact[], ...commands: readonly AssetCommand[]) =>
  given(...facts).beside(beside(facts, ...commands));
const decided = (facts: readonly LedgerFact[], command: RunDepreciation, ...commands: readonly AssetCommand[]) =>
  decideAfter(facts, command, beside(facts, ...commands));
const amounts = (facts: readonly LedgerFact[]) =>
  facts.flatMap(({ data }) => ('kind' in data ? data.lines.map(({ amountFen }) => amountFen) : []));

const hall = van({ name: '文化礼堂', class: 'NON_OPERATING', category: 'BUILDING', depreciationAccount: undefined });

describe('a depreciation run', () => {
  it('is one voucher of the last day of its month, with a line an asset', () =>
    given()
      .beside(beside([], van(), hall, hill()))
      .when(run('2024-03'))
      .records({
        type: 'DepreciationRecorded',
        version: 1,
        division: VILLAGE,
        effectiveOn: '2024-03-31',
        data: {
          book: BOOK,
          period: '2024-03',
          bookedOn: '2024-03-31',
          voucherNo: 1,
          kind: 'ordinary',
          summary: '计提3月份折旧',
          lines: [
            line('511', 'debit', 2_375_00, '计提3月份折旧'),
            line('51305', 'debit', 2_375_00, '计提3月份折旧'),
            line('152', 'credit', 2_375_00, '计提3月份折旧', { asset: `${BOOK}-1` }),
            line('152', 'credit', 2_375_00, '计提3月份折旧', { asset: `${BOOK}-2` }),
          ],
          ...SIGNED,
          attachmentCount: 0,
        },
      }));

  it('is never made twice, but again for cards that were registered late', () => {
    const first = decided([], run('2024-03'), van());
    after(first, van())
      .when(run('2024-03'))
      .refuses('DEPRECIATION_DUPLICATE_PERIOD', { period: '2024-03', byPeriod: '2024-03', byVoucherNo: 1 }, 'period');
    const second = decided(first, run('2024-03'), van(), hall);
    expect(second.map(({ data }) => data)).toMatchObject([
      { voucherNo: 2, lines: [{}, { asset: `${BOOK}-2`, amountFen: 2_375_00 }] },
    ]);
  });

  it('may be made again once it is reversed', () => {
    const first = decided([], run('2024-03'), van());
    const reversed = [...first, ...decideAfter(first, reversal('2024-03', 1))];
    expect(yearOfFacts(reversed).depreciation.size).toBe(0);
    expect(amounts(decided(reversed, run('2024-03'), van()))).toEqual([2_375_00, 2_375_00]);
  });

  it('of a closed month stands in the oldest open one, and is of its own month', () => {
    const facts = ['2024-01', '2024-02', '2024-03'].map(closed);
    after(facts, van())
      .when(run('2024-03'))
      .refuses('PERIOD_CLOSED', { period: '2024-03', lastClosed: '2024-03', oldestOpen: '2024-04' }, 'effectiveOn');
    const late = decided(facts, run('2024-03', { correction: { reason: '漏提三月折旧' } }), van());
    expect(late).toMatchObject([{ effectiveOn: '2024-03-31', data: { period: '2024-04' } }]);
    const both = [...facts, ...late];
    after(both, van())
      .when(run('2024-03', { correction: { reason: '再提一次' } }))
      .refuses('DEPRECIATION_DUPLICATE_PERIOD', { period: '2024-03', byPeriod: '2024-04', byVoucherNo: 1 });
    expect(amounts(decided(both, run('2024-04'), van()))).toEqual([2_375_00, 2_375_00]);
  });

  it('includes the month of a disposal and none after it', () => {
    expect(amounts(decided([], run('2024-09'), van(), dispose()))).toEqual([2_375_00, 2_375_00]);
    after([], van(), dispose()).when(run('2024-10')).refuses('NOTHING_TO_DEPRECIATE', { period: '2024-10' }, 'period');
  });

  it('makes good in the next month what an improvement recorded late has changed', () => {
    const before = ['2024-06', '2024-07', '2024-08'].reduce<LedgerFact[]>(
      (facts, month) => [...facts, ...decided(facts, run(month), van())],
      [],
    );
    // The improvement of June makes 2,875.00 a month from July on; July and August were booked with 2,375.00.
    expect(amounts(decided(before, run('2024-09'), van(), improve()))).toEqual([3_875_00, 3_875_00]);
  });

  it('gives back in red what runs booked too much, when an improvement recorded late makes the life longer', () => {
    // 12,000.00 over a year: 1,000.00 a month, six of them booked. From March on 11,100.00 are spread over 23 months.
    const press = van({ costFen: 12_000_00, residualFen: 0, lifeMonths: 12, effectiveOn: '2024-01-15' });
    const longer = improve({ amountFen: 100_00, lifeMonths: 24, effectiveOn: '2024-02-10' });
    const months = ['2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07'];
    const before = months.reduce<LedgerFact[]>((facts, month) => [...facts, ...decided(facts, run(month), press)], []);
    const all = ['2024-08', '2024-09', '2024-10', '2024-11'].reduce<LedgerFact[]>(
      (facts, month) => [...facts, ...decided(facts, run(month), press, longer)],
      before,
    );
    const credits = amounts(all).filter((_, index) => index % 2 === 1);
    // By November ten months: 1,000.00 and floor(11,100.00 × 9 / 23) = 4,343.47.
    expect(credits.slice(0, 6)).toEqual(months.map(() => 1_000_00));
    expect(credits[6]).toBeLessThan(0);
    expect(credits.reduce((sum, fen) => sum + fen, 0)).toBe(1_000_00 + 4_343_47);
  });

  it('takes back what was booked for months after a disposal that was recorded late', () => {
    const before = ['2024-03', '2024-04', '2024-05'].reduce<LedgerFact[]>(
      (facts, month) => [...facts, ...decided(facts, run(month), van())],
      [],
    );
    const gone = dispose({ effectiveOn: '2024-03-10' });
    expect(amounts(decided(before, run('2024-06'), van(), gone))).toEqual([-4_750_00, -4_750_00]);
  });

  it('comes to what is to be spread, to the fen, and to no more', () => {
    const odd = van({ costFen: 100_03, residualFen: 1, lifeMonths: 7 });
    const months = ['2024-03', '2024-04', '2024-05', '2024-06', '2024-07', '2024-08', '2024-09'];
    const all = months.reduce<LedgerFact[]>((facts, month) => [...facts, ...decided(facts, run(month), odd)], []);
    const credits = amounts(all).filter((_, index) => index % 2 === 1);
    expect(credits).toEqual([14_28, 14_29, 14_29, 14_29, 14_29, 14_29, 14_29]);
    expect(credits.reduce((sum, fen) => sum + fen, 0)).toBe(100_02);
    after(all, odd).when(run('2024-10')).refuses('NOTHING_TO_DEPRECIATE', { period: '2024-10' });
  });

  it('refuses a month that is not over, a wrong account, and one person for both signatures', () => {
    after([], van())
      .beside({ today: '2024-03-30' })
      .when(run('2024-03'))
      .refuses('DATE_IN_FUTURE', { date: '2024-03-31', today: '2024-03-30' }, 'period');
    after([], van())
      .when(run('2024-03', { account: '50102' }))
      .refuses('ACCOUNT_KIND', { account: '50102', name: '出租收入', wanted: 'depreciationCharge' }, 'account');
    after([], van())
      .when(run('2024-03', { reviewedBy: 'accountant-1' }))
      .refuses('SAME_PERSON', { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] }, 'reviewedBy');
  });
});

describe('a run too large for one fact', () => {
  const many = Array.from({ length: 900 }, (_, i) => van({ name: `设备${i}`, costFen: 10_000_00 + i, residualFen: 0 }));
  const facts = decided([], run('2024-03'), ...many);
  const reversed = decideAfter(facts, reversal('2024-03', 1), {
    original: {
      posting: facts[0]?.data as never,
      effectiveOn: '2024-03-31',
      further: facts.slice(1).map(({ data }) => data as never),
    },
  });

  it('is recorded in parts of one voucher, and only the whole balances', () => {
    expect(facts.length).toBeGreaterThan(1);
    const totalFen = amounts(facts).reduce((sum, fen) => sum + fen, 0) / 2;
    for (const [index, { data }] of facts.entries()) {
      expect(data).toMatchObject({ voucherNo: 1, part: index + 1, of: facts.length, totalFen });
      expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(58_000);
    }
    expect(amounts(facts)).toHaveLength(901);
  });

  it('is one voucher in the numbers of its month, and all its facts are covered by the close', () => {
    const year = yearOfFacts([
      ...facts,
      ...recorded([
        voucher(
          [
            ['102', 'debit', 1],
            ['301', 'credit', 1],
          ],
          { effectiveOn: '2024-03-20' },
        ),
      ]),
    ]);
    expect(year.months.get('2024-03')?.revisions).toEqual([0, facts.length]);
    expect(revisionsOf(year, '2024-03')).toEqual(Array.from({ length: facts.length + 1 }, (_, i) => i));
  });

  it('is reversed in the same parts, and may then be run again', () => {
    expect(reversed.map(({ data }) => data)).toMatchObject(
      facts.map(({ data }) => ({ part: (data as { part: number }).part, of: facts.length, voucherNo: 2 })),
    );
    expect(amounts(reversed)).toEqual(amounts(facts).map((fen) => -fen));
    const year = yearOfFacts([...facts, ...reversed]);
    expect(year.depreciation.size).toBe(0);
    expect(year.months.get('2024-03')?.revisions).toHaveLength(2);
  });
});

describe('a voucher on the accounts of assets', () => {
  const lines = [
    ['151', 'debit', 5_00],
    ['102', 'credit', 5_00],
  ] as const;

  it('names the asset, which the book must have', () => {
    given().when(voucher(lines)).refuses('DIMENSION_REQUIRED', { account: '151', dimension: 'asset' }, 'lines.0.asset');
    const named = [['151', 'debit', 5_00, { asset: `${BOOK}-2` }], lines[1]] as const;
    after([], van())
      .when(voucher(named))
      .refuses('ASSET_UNKNOWN', { asset: `${BOOK}-2` }, 'lines.0.asset');
    after([], van(), hall)
      .when(voucher(named))
      .recordsData({ lines: [{ asset: `${BOOK}-2` }, {}] });
  });
});
