import { describe, expect, it } from '@jest/globals';
import { accumulatedFen, type AssetValue, changedValue, monthsBetween, type ValueChange } from '@ledger/accounting';
import * as fc from 'fast-check';

const monthAt = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

const registered = (costFen: number, residualFen: number, lifeMonths: number, inService = '2024-02'): AssetValue =>
  changedValue(undefined, { kind: 'registered', costFen, residualFen, lifeMonths, inService });

describe('straight-line depreciation', () => {
  it('spreads a delivery van of 120,000.00 over four years, from the month after its service', () => {
    const { schedule } = registered(120_000_00, 6_000_00, 48);
    expect(accumulatedFen(schedule, '2024-01')).toBe(0);
    expect(accumulatedFen(schedule, '2024-02')).toBe(0);
    expect(accumulatedFen(schedule, '2024-03')).toBe(2_375_00);
    expect(accumulatedFen(schedule, '2025-02')).toBe(28_500_00);
    expect(accumulatedFen(schedule, '2028-02')).toBe(114_000_00);
    expect(accumulatedFen(schedule, '2038-02')).toBe(114_000_00);
  });

  it('loses no fen where the months do not divide the cost', () => {
    const { schedule } = registered(100, 0, 7);
    const months = ['2024-03', '2024-04', '2024-05', '2024-06', '2024-07', '2024-08', '2024-09', '2024-10'];
    expect(months.map((month) => accumulatedFen(schedule, month))).toEqual([14, 28, 42, 57, 71, 85, 100, 100]);
  });

  it('continues what a book begins with over the rest of the life', () => {
    const opening = { accumulatedFen: 400_00, startPeriod: '2024-01' };
    const change = { costFen: 1_000_00, residualFen: 40_00, inService: '2020-06', lifeMonths: 55, opening };
    const { schedule } = changedValue(undefined, { kind: 'registered', ...change });
    // 42 of 55 months were over in December 2023; 560.00 are left for 13.
    expect(schedule).toEqual({ after: '2023-12', accumulatedFen: 400_00, spreadFen: 560_00, months: 13 });
    expect(accumulatedFen(schedule, '2023-05')).toBe(400_00);
    expect(accumulatedFen(schedule, '2024-01')).toBe(443_07);
    expect(accumulatedFen(schedule, '2025-01')).toBe(960_00);
  });

  it('spreads what remains over the remaining life after an improvement and a revaluation', () => {
    const van = registered(120_000_00, 6_000_00, 48);
    const improved = changedValue(van, { kind: 'restated', month: '2024-06', differenceFen: 22_000_00 });
    // Four months of 2,375.00 are over: 142,000 - 6,000 - 9,500 = 126,500.00 over 44 months.
    expect(improved).toMatchObject({ costFen: 142_000_00, schedule: { after: '2024-06', months: 44 } });
    expect(accumulatedFen(improved.schedule, '2024-06')).toBe(9_500_00);
    expect(accumulatedFen(improved.schedule, '2024-07')).toBe(12_375_00);
    const revalued = changedValue(improved, {
      kind: 'restated',
      month: '2024-07',
      differenceFen: -42_000_00,
      residualFen: 1_000_00,
      lifeMonths: 6,
    });
    expect(revalued.schedule).toEqual({ after: '2024-07', accumulatedFen: 12_375_00, spreadFen: 86_625_00, months: 1 });
    expect(accumulatedFen(revalued.schedule, '2024-08')).toBe(99_000_00);
  });

  it('depreciates nothing that has no life', () => {
    const land = changedValue(undefined, { kind: 'registered', costFen: 100, residualFen: 0, inService: '2024-01' });
    expect(accumulatedFen(land.schedule, '2124-01')).toBe(0);
  });
});

const story = fc.record({
  costFen: fc.integer({ min: 1, max: 10_000_000_000_000 }),
  residualPercent: fc.integer({ min: 0, max: 100 }),
  lifeMonths: fc.integer({ min: 1, max: 1200 }),
  inService: fc.integer({ min: numberOf('2000-01'), max: numberOf('2030-12') }),
  restatements: fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 400 }), differenceFen: fc.integer({ min: 0, max: 1_000_000_000 }) }),
    { maxLength: 4 },
  ),
});

/** The same by BigInt, month by month, straight from the rule. */
function naive(costFen: number, residualFen: number, lifeMonths: number, improvements: readonly [number, number][]) {
  return (months: number): bigint => {
    let [accumulated, cost, from] = [0n, BigInt(costFen), 0];
    const spread = (n: number) => {
      const left = lifeMonths - from;
      const gone = Math.min(n - from, left);
      return left <= 0 ? 0n : ((cost - BigInt(residualFen) - accumulated) * BigInt(gone)) / BigInt(left);
    };
    for (const [at, fen] of improvements) {
      if (at >= months) break;
      accumulated += spread(at);
      from = at;
      cost += BigInt(fen);
    }
    return accumulated + spread(months);
  };
}

describe('laws', () => {
  it('equals a naive BigInt computation, never falls, and never exceeds what is to be spread', () =>
    fc.assert(
      fc.property(story, ({ costFen, residualPercent, lifeMonths, inService, restatements }) => {
        const residualFen = Math.floor((costFen / 100) * residualPercent);
        const improvements = restatements
          .map(({ after, differenceFen }): [number, number] => [after % lifeMonths, differenceFen])
          .toSorted(([a], [b]) => a - b);
        const changes: ValueChange[] = [
          { kind: 'registered', costFen, residualFen, lifeMonths, inService: monthAt(inService) },
          ...improvements.map(([at, differenceFen]): ValueChange => ({
            kind: 'restated',
            month: monthAt(inService + at),
            differenceFen,
          })),
        ];
        const values: AssetValue[] = [];
        for (const change of changes) values.push(changedValue(values.at(-1), change));
        const expected = naive(costFen, residualFen, lifeMonths, improvements);
        let before = 0n;
        const looked = [0, 1, 2, 3, 7, 12, 36, lifeMonths - 1, lifeMonths, lifeMonths + 1, lifeMonths + 500];
        for (const months of looked.toSorted((a, b) => a - b)) {
          const month = monthAt(inService + months);
          const value = values.findLast(({ schedule }) => schedule.after < month) ?? values[0];
          const fen = accumulatedFen((value as AssetValue).schedule, month);
          expect(BigInt(fen)).toBe(expected(months));
          expect(BigInt(fen) >= before).toBe(true);
          before = BigInt(fen);
        }
        const last = values.at(-1) as AssetValue;
        const end = accumulatedFen(last.schedule, monthAt(inService + lifeMonths));
        expect(end).toBe(last.costFen - residualFen);
      }),
    ));

  it('counts months between any two', () => {
    expect(monthsBetween('2023-12', '2024-01')).toBe(1);
    expect(monthsBetween('2024-03', '2023-01')).toBe(-14);
  });
});
