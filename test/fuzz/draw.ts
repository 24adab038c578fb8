import * as fc from 'fast-check';

/** Draws a value of a kind while a request is made; what was drawn is made smaller when the request fails. */
export type Draw = <T>(from: fc.Arbitrary<T>) => T;

export const draws: fc.Arbitrary<Draw> = fc.gen().map(
  (generate): Draw =>
    (from) =>
      generate(itself, from),
);

function itself<T>(from: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return from;
}
