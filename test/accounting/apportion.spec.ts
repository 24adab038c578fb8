import { describe, expect, it } from '@jest/globals';
import { apportion } from '@ledger/accounting';
import * as fc from 'fast-check';

describe('parts by largest remainders', () => {
  it('of 100 by three equal weights are 34, 33 and 33', () => expect(apportion(100, [1, 1, 1])).toEqual([34, 33, 33]));
  it('go to the largest fraction first', () => expect(apportion(10, [1, 2, 4])).toEqual([1, 3, 6]));
  it('of a negative amount are the opposites', () => expect(apportion(-100, [1, 1, 1])).toEqual([-34, -33, -33]));
  it('give nothing where there is no weight', () => expect(apportion(7, [0, 3])).toEqual([0, 7]));

  it('add up and are never further than a fen from their share', () => {
    const fen = fc.integer({ min: -4e15, max: 4e15 });
    const weights = fc
      .array(fc.integer({ min: 0, max: 1e14 }), { minLength: 1, maxLength: 8 })
      .filter((all) => all.some((weight) => weight > 0));
    fc.assert(
      fc.property(fen, weights, (amount, of) => {
        const parts = apportion(amount, of);
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amount));
        const whole = of.reduce((sum, weight) => sum + BigInt(weight), 0n);
        parts.forEach((part, i) => {
          const off = BigInt(part) * whole - BigInt(amount) * BigInt(of[i] ?? 0);
          expect(off > -whole && off < whole).toBe(true);
        });
      }),
    );
  });
});
