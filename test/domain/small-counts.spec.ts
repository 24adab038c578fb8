import { describe, expect, it } from '@jest/globals';
import { publicCount, publicSum } from '@ledger/domain';
import * as fc from 'fast-check';

describe('a count of a public answer', () => {
  it('is left out from one to four', () => {
    expect([0, 1, 2, 3, 4, 5, 120].map(publicCount)).toStrictEqual([0, null, null, null, null, 5, 120]);
  });

  it('goes with the sum that would tell it', () => {
    expect(publicSum([7, 12, 0])).toBe(19);
    expect(publicSum([7, null, 0])).toBeNull();
    expect(publicSum([])).toBe(0);
    expect(publicSum([0, 3].map(publicCount))).toBeNull();
  });

  it('cannot be worked out of what is shown, whatever the counts', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }), (counts) => {
        const shown = counts.map(publicCount);
        const sum = publicSum(shown);
        // With any cell left out there is no equation that it stands in.
        expect(shown.includes(null)).toBe(sum === null);
        if (sum !== null) expect(sum).toBe(counts.reduce((total, count) => total + count, 0));
      }),
    ));
});
