import type { StoredEvent } from './events.js';

/** What whoever decides the order tells while nothing is recorded. */
export interface Told {
  /** Nothing will be recorded before this instant any more. */
  readonly toldMs: number;
  /** Who told it decides no longer. */
  readonly left?: boolean;
}

export function toldBy({ data }: StoredEvent): Told {
  return JSON.parse(Buffer.from(data).toString()) as Told;
}
