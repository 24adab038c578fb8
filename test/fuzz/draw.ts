import * as fc from 'fast-check';

/** Draws a value of a kind while a request is made; what was drawn is made smaller when the request fails. */
export type Draw = <T>(from: fc.Arbitrary<T>) => T;

/** New for each property: it compares what is drawn from with all that it was ever asked to draw from. */
export function draws(): fc.Arbitrary<Draw> {
  return fc.gen().map(
    (generate): Draw =>
      (from) =>
        generate(itself, from),
  );
}

function itself<T>(from: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return from;
}
