import type { Command, VoucherRef } from '@ledger/domain';

/** Where the voucher stands that an earlier step made. */
export type PlaceOf = (key: string) => VoucherRef;

/** A command and the instant (ms) at which the demo's clock stands when it is handled. */
export interface Step {
  readonly at: number;
  /** What later steps call its voucher, where one of them names it. */
  readonly named?: string;
  /** Made only when its turn comes: it may name vouchers, and there are too many to keep them all. */
  readonly command: (placeOf: PlaceOf) => Command;
}

/** Steps of one instant. */
export type Round = readonly Step[];

/** In order of time; steps of one instant keep the order they came in. */
export function roundsOf(steps: readonly Step[]): Round[] {
  const byInstant = Map.groupBy(steps, ({ at }) => at);
  return [...byInstant].toSorted(([a], [b]) => a - b).map(([, round]) => round);
}
