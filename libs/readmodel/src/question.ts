import type { BalanceRow } from './reads/balances.js';

/** The books of a question: all below a division, or those named. */
export interface BookSelection {
  /** A village, township or district; its books are those of its villages in the tree of that time. */
  readonly division?: string;
  readonly ids?: readonly string[];
  /** A village's money is that of its collective, unless all its organisations are asked for. */
  readonly books?: 'collective' | 'all';
}

export type RolledUpBalance = Omit<BalanceRow, 'book'>;

/** The question is about positions that the views have not reached yet. */
export class ViewsBehind extends Error {
  override readonly name = 'ViewsBehind';
  constructor(
    readonly checkpoint: number,
    readonly asked: number,
  ) {
    super(`the views are at position ${checkpoint}, the question is about ${asked}`);
  }
}
