import { apportion } from '@ledger/accounting';

/** A village's part of the whole, in ten-thousandths (基点). */
export interface Share {
  readonly village: string;
  readonly basisPoints: number;
  /** The credit code of the legal person whose book takes the share. */
  readonly organization?: string;
}

export interface AllocatedShare {
  readonly village: string;
  readonly amountFen: number;
}

/** All shares of a scheme together. */
export const WHOLE_BASIS_POINTS = 10_000;

/**
 * Shares out an amount by the method of largest remainders, ties to the smaller village code. The parts come in the order
 * of the shares and add up to the amount, to the fen; those of the opposite amount are their opposites.
 */
export function allocate(amountFen: number, shares: readonly Share[]): AllocatedShare[] {
  const inOrder = shares.toSorted((a, b) => (a.village < b.village ? -1 : 1));
  const fens = apportion(
    amountFen,
    inOrder.map(({ basisPoints }) => basisPoints),
  );
  const parts = new Map(inOrder.map(({ village }, i) => [village, fens[i] ?? 0]));
  return shares.map(({ village }) => ({ village, amountFen: parts.get(village) ?? 0 }));
}
