import type { Clock } from './event-log.js';

/**
 * A clock that never goes back, not even behind what it has said before: an instant that was past once is past for
 * ever, so that no later fact can be recorded before it and an answer as known at that instant never changes.
 */
export function forwardClock(clock: Clock, fromMs: number): Clock {
  let reachedMs = fromMs;
  return { now: () => (reachedMs = Math.max(reachedMs, clock.now())) };
}
