import { Readable } from 'node:stream';
import { type Fact, thaw } from '@ledger/domain';
import type { EventLog, RecordedFact } from '@ledger/eventlog';
import { filter, interval, map, type Observable, type Subscription, take, takeUntil, tap } from 'rxjs';
import { eventOf } from './answers.js';

export interface Feed {
  /** The last position that the client has. */
  readonly after: number;
  readonly wanted: (fact: Fact) => boolean;
  /** Fires, for those too who listen late, when no feed may go on. */
  readonly closing: Observable<void>;
  readonly heartbeatMs?: number;
}

const HEARTBEAT_MS = 15_000;
/** Who takes nothing for a minute is gone, or comes again with the last id. */
const MAX_UNREAD_BEATS = 4;
const RETRY_MS = 1_000;

/**
 * Server-sent events over the log's tail, whole appends only. The log is read on when the client has taken what was read
 * before, so a slow client holds at most two batches, whatever is recorded meanwhile.
 */
export function feedStream(log: Pick<EventLog, 'tail'>, feed: Feed): Readable {
  const { after, wanted, closing, heartbeatMs = HEARTBEAT_MS } = feed;
  let reached = after;
  let reading: Subscription | undefined;
  let unreadBeats = 0;

  const readOn = (): Subscription => {
    let text: string | null = null;
    return log
      .tail(reached)
      .pipe(
        tap((batch) => (reached = batch.at(-1)?.position ?? reached)),
        map((batch) => batch.map((recorded) => eventText(recorded, wanted)).join('')),
        filter((events) => events !== ''),
        take(1),
        takeUntil(closing),
      )
      .subscribe({
        next: (events) => (text = events),
        error: (error: Error) => stream.destroy(error),
        complete: () => {
          reading = undefined;
          // Nothing to say means that the log or the process closes: the end, and no heartbeat may come after it.
          if (text === null) heartbeats.unsubscribe();
          stream.push(text);
        },
      });
  };
  const stream = new Readable({
    read() {
      unreadBeats = 0;
      reading ??= readOn();
    },
    destroy(error, done) {
      reading?.unsubscribe();
      heartbeats.unsubscribe();
      done(error);
    },
  });
  const heartbeats = interval(heartbeatMs).subscribe(() => {
    // The id lets a client resume after what was of no interest to it.
    if (stream.readableLength === 0) stream.push(`: ${reached}\nid: ${reached}\n\n`);
    else if (++unreadBeats === MAX_UNREAD_BEATS) stream.destroy();
  });
  stream.push(`retry: ${RETRY_MS}\nid: ${after}\n\n`);
  return stream;
}

function eventText(recorded: RecordedFact, wanted: (fact: Fact) => boolean): string {
  const fact = thaw(recorded.fact);
  if (!wanted(fact)) return '';
  return `id: ${recorded.position}\nevent: ${fact.type}\ndata: ${JSON.stringify(eventOf(recorded))}\n\n`;
}
