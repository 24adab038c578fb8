import type { Clock } from '@ledger/eventlog';

/** A clock that stands still until the test sets it. */
export interface ScriptedClock extends Clock {
  set(instant: string): void;
}

export function scriptedClock(instant: string): ScriptedClock {
  let nowMs = Date.parse(instant);
  return {
    now: () => nowMs,
    set: (next) => {
      nowMs = Date.parse(next);
    },
  };
}
