import { describe, expect, it } from '@jest/globals';
import {
  isRatioOf,
  MAX_INDICATOR_VALUE,
  type Qualifier,
  qualifierHolds,
  qualifiers,
  ratioBasisPoints,
  roundedAverage,
} from '@ledger/domain';
import * as fc from 'fast-check';

/** The last figure inside each border of a published 2,000, and the first one outside. */
const BORDERS: Readonly<Record<Qualifier, { inside: readonly number[]; outside: readonly number[] }>> = {
  over: { inside: [2_001, 1_000_000], outside: [0, 1_999, 2_000] },
  nearly: { inside: [1_900, 1_999], outside: [0, 1_899, 2_000, 2_001] },
  exact: { inside: [2_000], outside: [0, 1_999, 2_001] },
  about: { inside: [1_900, 2_000, 2_100], outside: [0, 1_899, 2_101] },
  atLeast: { inside: [2_000, 2_001, 1_000_000], outside: [0, 1_999] },
};

const figure = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 100_000_000_000 }),
  fc.integer({ min: MAX_INDICATOR_VALUE - 1_000, max: MAX_INDICATOR_VALUE }),
);
const every = Object.keys(qualifiers) as Qualifier[];

describe.each(Object.entries(BORDERS))('%s', (name, { inside, outside }) => {
  const qualifier = name as Qualifier;

  it('holds up to its borders and no further', () => {
    expect(inside.filter((actual) => !qualifierHolds(qualifier, actual, 2_000))).toEqual([]);
    expect(outside.filter((actual) => qualifierHolds(qualifier, actual, 2_000))).toEqual([]);
  });

  it('is said in both languages', () => {
    const { nameZh, nameEn, ruleZh, ruleEn } = qualifiers[qualifier];
    for (const text of [nameZh, nameEn, ruleZh, ruleEn]) expect(text).not.toBe('');
  });

  it('has its borders where the rule says, at any figure above zero', () =>
    fc.assert(
      fc.property(figure.filter(Boolean), (published) => {
        const { fromBasisPoints, fromIncluded, toBasisPoints, toIncluded } = qualifiers[qualifier];
        const [scaled, step] = [BigInt(published), 10_000n];
        const lowest = (scaled * BigInt(fromBasisPoints) + (fromIncluded ? step - 1n : step)) / step;
        const highest =
          toBasisPoints === undefined
            ? undefined
            : (scaled * BigInt(toBasisPoints) + (toIncluded === true ? 0n : -1n)) / step;
        // Nothing whole is nearly one.
        const none = highest !== undefined && highest < lowest;
        expect(qualifierHolds(qualifier, Number(lowest), published)).toBe(!none);
        expect(qualifierHolds(qualifier, Number(lowest) - 1, published)).toBe(false);
        if (highest === undefined || none) return;
        expect(qualifierHolds(qualifier, Number(highest), published)).toBe(true);
        expect(qualifierHolds(qualifier, Number(highest) + 1, published)).toBe(false);
      }),
    ));
});

describe('the qualifiers together', () => {
  it('cut the figures into less, equal and more', () =>
    fc.assert(
      fc.property(figure, figure, (actual, published) => {
        const claimed = new Set(every.filter((qualifier) => qualifierHolds(qualifier, actual, published)));
        expect(claimed.has('over')).toBe(actual > published);
        expect(claimed.has('exact')).toBe(actual === published);
        expect(claimed.has('atLeast')).toBe(claimed.has('over') || claimed.has('exact'));
        expect(claimed.has('nearly') && claimed.has('atLeast')).toBe(false);
        if (claimed.has('nearly') || claimed.has('exact')) expect(claimed.has('about')).toBe(true);
      }),
    ));

  it('take a loss for what it is', () => {
    expect(every.filter((qualifier) => qualifierHolds(qualifier, -1, 0))).toEqual([]);
    expect(every.filter((qualifier) => qualifierHolds(qualifier, 0, 0))).toEqual(['exact', 'about', 'atLeast']);
  });
});

const exactly = (value: number) => ({ value, qualifier: 'exact' }) as const;

describe('a ratio of parts', () => {
  const twoDecimals = { numerator: 'a', denominator: 'b', stepBasisPoints: 100 };

  it('is exact when it rounds to what is stated, half up', () => {
    expect(isRatioOf({ numerator: 9_160_000, denominator: 5_870_000 }, exactly(15_600), twoDecimals)).toBe(true);
    expect(isRatioOf({ numerator: 1_555, denominator: 1_000 }, exactly(15_600), twoDecimals)).toBe(true);
    expect(isRatioOf({ numerator: 15_649, denominator: 10_000 }, exactly(15_600), twoDecimals)).toBe(true);
    expect(isRatioOf({ numerator: 1_565, denominator: 1_000 }, exactly(15_600), twoDecimals)).toBe(false);
    expect(isRatioOf({ numerator: 15_549, denominator: 10_000 }, exactly(15_600), twoDecimals)).toBe(false);
  });

  it('is otherwise read by its qualifier, to a basis point', () => {
    const whole = { ...twoDecimals, stepBasisPoints: 10_000 };
    const parts = { numerator: 69_200, denominator: 3_100 };
    expect(isRatioOf(parts, { value: 200_000, qualifier: 'over' }, whole)).toBe(true);
    expect(isRatioOf(parts, { value: 230_000, qualifier: 'over' }, whole)).toBe(false);
    expect(isRatioOf({ numerator: 20_001, denominator: 1_000 }, { value: 200_000, qualifier: 'over' }, whole)).toBe(
      true,
    );
    expect(isRatioOf({ numerator: 20, denominator: 1 }, { value: 200_000, qualifier: 'over' }, whole)).toBe(false);
  });

  it('rounds to within half a step', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(1, 10, 100, 10_000),
        (numerator, denominator, step) => {
          const rounded = ratioBasisPoints({ numerator, denominator }, step);
          expect(rounded % step).toBe(0);
          const doubledError = 2 * (numerator * 10_000 - rounded * denominator);
          expect(doubledError).toBeGreaterThanOrEqual(-step * denominator);
          expect(doubledError).toBeLessThan(step * denominator);
        },
      ),
    ));
});

describe('an average', () => {
  it('is rounded to a whole one, half up', () => {
    expect(roundedAverage(82_818_000_000, 214)).toBe(387_000_000);
    expect([5, 7, 9].map((sum) => roundedAverage(sum, 4))).toEqual([1, 2, 2]);
    expect([6, -6, -5, -7].map((sum) => roundedAverage(sum, 4))).toEqual([2, -1, -1, -2]);
  });

  it('is never off by more than half', () =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 10_000 }), (sum, count) => {
        const doubledError = 2 * (sum - roundedAverage(sum, count) * count);
        expect(doubledError).toBeGreaterThanOrEqual(-count);
        expect(doubledError).toBeLessThan(count);
      }),
    ));
});
