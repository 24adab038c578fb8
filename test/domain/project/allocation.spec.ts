import { describe, expect, it } from '@jest/globals';
import { allocate, type Share } from '@ledger/domain';
import * as fc from 'fast-check';

const shares = (...basisPoints: number[]): Share[] =>
  basisPoints.map((bp, i) => ({ village: `33060300820${i + 1}`, basisPoints: bp }));
const parts = (amountFen: number, of: readonly Share[]) => allocate(amountFen, of).map((part) => part.amountFen);

describe('sharing out', () => {
  it('gives each the whole part, and what is left to the largest fractions', () => {
    expect(parts(100, shares(6000, 4000))).toStrictEqual([60, 40]);
    expect(parts(100, shares(3334, 3333, 3333))).toStrictEqual([34, 33, 33]);
    expect(parts(101, shares(3334, 3333, 3333))).toStrictEqual([34, 34, 33]);
    expect(parts(1, shares(5000, 5000))).toStrictEqual([1, 0]);
    expect(parts(0, shares(6000, 4000))).toStrictEqual([0, 0]);
  });

  it('settles ties by village code, whatever the order of the shares', () => {
    const [first, second] = shares(5000, 5000) as [Share, Share];
    expect(allocate(1, [second, first])).toStrictEqual([
      { village: second.village, amountFen: 0 },
      { village: first.village, amountFen: 1 },
    ]);
  });

  it('shares a negative amount as its opposite', () => {
    expect(parts(-101, shares(6000, 4000))).toStrictEqual([-61, -40]);
    expect(parts(-1, shares(5000, 5000))).toStrictEqual([-1, 0]);
  });

  const schemes = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 10_000 })), {
      minLength: 1,
      maxLength: 30,
      selector: ([village]) => village,
    })
    .map((rows) =>
      rows.map(([village, basisPoints]): Share => ({ village: String(330_603_008_000 + village), basisPoints })),
    );
  const amounts = fc.oneof(
    fc.integer({ min: -10_000_000_000_000, max: 10_000_000_000_000 }),
    fc.integer({ min: -20_000, max: 20_000 }),
    fc.integer({ min: 3_999_999_999_000_000, max: 4_000_000_000_000_000 }),
  );

  it('agrees with whole numbers without bounds, and the parts add up to the fen', () =>
    fc.assert(
      fc.property(amounts, schemes, (amountFen, of) => {
        const got = allocate(amountFen, of);
        expect(got).toStrictEqual(naive(amountFen, of));
        expect(got.reduce((sum, part) => sum + BigInt(part.amountFen), 0n)).toBe(BigInt(amountFen));
      }),
      { numRuns: 500 },
    ));
});

/** The rule as it is written, in BigInt, with nothing clever. */
function naive(amountFen: number, of: readonly Share[]) {
  const amount = BigInt(Math.abs(amountFen));
  const whole = of.reduce((sum, { basisPoints }) => sum + BigInt(basisPoints), 0n);
  const rows = of.map(({ village, basisPoints }) => ({
    village,
    fen: (amount * BigInt(basisPoints)) / whole,
    rest: (amount * BigInt(basisPoints)) % whole,
  }));
  const left = amount - rows.reduce((sum, { fen }) => sum + fen, 0n);
  const favoured = rows
    .toSorted((a, b) => (a.rest === b.rest ? (a.village < b.village ? -1 : 1) : a.rest > b.rest ? -1 : 1))
    .slice(0, Number(left))
    .map(({ village }) => village);
  return rows.map(({ village, fen }) => {
    const part = Number(fen + (favoured.includes(village) ? 1n : 0n));
    return { village, amountFen: amountFen < 0 && part > 0 ? -part : part };
  });
}
