import type { Command } from '@ledger/domain';

/** A command and the instant (ms) at which the demo's clock stands when it is handled. */
export interface Step {
  readonly at: number;
  readonly command: Command;
}

/** Steps of one instant, each for another book. */
export type Round = readonly Step[];

/** In order of time; steps of one instant keep the order they came in. */
export function roundsOf(steps: readonly Step[]): Round[] {
  const byInstant = Map.groupBy(steps, ({ at }) => at);
  return [...byInstant].toSorted(([a], [b]) => a - b).map(([, round]) => round);
}
