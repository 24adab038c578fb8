import type { Clock } from '@ledger/eventlog';

/** A clock that stands still until the script sets it. */
export interface ScriptedClock extends Clock {
  set(instantMs: number): void;
}

export function scriptedClock(instantMs: number): ScriptedClock {
  let nowMs = instantMs;
  return {
    now: () => nowMs,
    set: (next) => {
      nowMs = next;
    },
  };
}
