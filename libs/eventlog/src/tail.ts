import { setImmediate as nextTurn } from 'node:timers/promises';
import { Observable } from 'rxjs';
import type { EventLog, RecordedFact } from './event-log.js';

const BATCH = 1000;
/** A wake-up can be missed; looking every second cannot. */
const LOOK_EVERY_MS = 1000;

/**
 * A live tail over anything that can be read after a position: it reads until nothing is left, sleeps until it is woken
 * or a second has passed, and reads on. Batches end where an append ends.
 */
export function tailOf(
  log: Pick<EventLog, 'readAfter'>,
  position: number,
  onAppend: (wake: () => void) => () => void,
): Observable<readonly RecordedFact[]> {
  return new Observable((subscriber) => {
    let reached = position;
    let running = false;
    let again = false;
    const look = async (): Promise<void> => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      try {
        do {
          again = false;
          while (!subscriber.closed) {
            const batch = wholeAppends(await log.readAfter(reached, BATCH));
            const last = batch.at(-1);
            if (last === undefined) break;
            reached = last.position;
            subscriber.next(batch);
            // Who has enough must not leave a look behind that holds its batch until the event loop turns.
            if (subscriber.closed) break;
            // Far behind, a tail would otherwise keep the writer of its thread from committing.
            await nextTurn();
          }
        } while (again && !subscriber.closed);
      } catch (error) {
        subscriber.error(error);
      } finally {
        running = false;
      }
    };
    const stopListening = onAppend(() => void look());
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    timer.unref();
    void look();
    return () => {
      clearInterval(timer);
      stopListening();
    };
  });
}

/** Leaves off an append of which only the beginning was read. */
export function wholeAppends(facts: readonly RecordedFact[]): readonly RecordedFact[] {
  const end = facts.findLastIndex((fact) => fact.remaining === 0) + 1;
  return end === facts.length ? facts : facts.slice(0, end);
}
