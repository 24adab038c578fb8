import { describe, expect, it } from '@jest/globals';
import { Standstill } from '../../apps/api/src/read/standstill.js';

describe('views that are seen behind', () => {
  it('stand still when that is so at one position for more than ten seconds', () => {
    const views = new Standstill();
    expect([0, 9_000, 10_000, 10_001].map((nowMs) => views.seenBehind(7, nowMs))).toEqual([false, false, false, true]);
  });

  it('do not when they go on meanwhile, however far they are behind', () => {
    const views = new Standstill();
    const seen = [1, 2, 3, 4].map((step) => views.seenBehind(step, step * 9_000));
    expect(seen).toEqual([false, false, false, false]);
    expect([views.seenBehind(4, 46_000), views.seenBehind(4, 46_001), views.seenBehind(5, 46_002)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
