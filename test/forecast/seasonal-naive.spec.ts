import { describe, expect, it } from '@jest/globals';
import { seasonalNaive } from '@ledger/forecast';

const question = { season: 4, steps: 2, coverageBasisPoints: 8_000 };

describe('a seasonal naive forecast', () => {
  it('repeats the season before', () => {
    const forecast = seasonalNaive([1, 2, 3, 4, 11, 12, 13, 14], question);
    expect(forecast?.steps.map(({ value }) => value)).toEqual([11, 12]);
    expect(forecast?.sum.value).toBe(23);
  });

  it('says nothing with less than two seasons', () => {
    expect(seasonalNaive([1, 2, 3, 4, 5, 6, 7], question)).toBeUndefined();
  });

  it('gives no interval where no past error could stand for the tenth at either end', () => {
    const eight = Array.from({ length: 12 }, (_, i) => i);
    expect(seasonalNaive(eight, question)?.steps[0]).toEqual({ value: 8, low: null, high: null });
  });

  it('takes the interval from its own errors, and that of a sum from the errors of runs', () => {
    // Errors of a season against the one before: -4 to 4, one each.
    const errors = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
    const series = [0, 0, 0, 0];
    for (const error of errors) series.push((series[series.length - 4] ?? 0) + error);
    const forecast = seasonalNaive(series, question);
    const [first] = forecast?.steps ?? [];
    expect(first).toEqual({ value: series[9], low: (series[9] ?? 0) - 4, high: (series[9] ?? 0) + 4 });
    // Only eight runs of two.
    expect(forecast?.sum).toMatchObject({ low: null, high: null });
  });

  it('leaves nothing to forecast at the end of a year', () => {
    expect(seasonalNaive([1, 2, 3, 4, 5, 6, 7, 8], { ...question, steps: 0 })).toEqual({
      steps: [],
      sum: { value: 0, low: 0, high: 0 },
    });
  });

  it('holds at least the part of new errors that was asked for, whatever their law', () => {
    let state = 7;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let inside = 0;
    const rounds = 2_000;
    for (let round = 0; round < rounds; round++) {
      const series = Array.from({ length: 36 }, () => random() ** 4);
      const next = random() ** 4;
      const { low, high } = seasonalNaive(series, { season: 12, steps: 1, coverageBasisPoints: 8_000 })?.steps[0] ?? {};
      if ((low ?? 0) <= next && next <= (high ?? 0)) inside++;
    }
    expect(inside / rounds).toBeGreaterThan(0.78);
  });
});
