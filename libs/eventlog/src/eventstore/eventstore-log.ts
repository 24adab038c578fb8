import { Subject, takeUntil } from 'rxjs';
import {
  type Clock,
  type EventLog,
  OutcomeUnknown,
  type Receipt,
  type RecordedFact,
  systemClock,
} from '../event-log.js';
import { forwardClock } from '../forward-clock.js';
import { tailOf } from '../tail.js';
import { Appends } from './appends.js';
import { Claims } from './claims.js';
import { factText } from './facts.js';
import { namesIn } from './names.js';
import { Order } from './order.js';
import type { Place } from './order-entries.js';
import { OrderTail } from './order-tail.js';
import { runSequencing, type Sequencing } from './sequencing.js';
import { EventStore, type StoredEvent, type StoreOptions } from './store.js';

export interface EventStoreLogOptions extends StoreOptions {
  /** What all streams of this ledger begin with. */
  readonly namespace: string;
  readonly clock?: Clock;
  /** How long an append is tried again after lost answers before its outcome is called unknown. */
  readonly persistMs?: number;
  /** How long a fact may wait for its position. */
  readonly orderWithinMs?: number;
  /** Whether this process stands by to decide the order of facts, as at least one of a cluster must. */
  readonly sequences: boolean;
  readonly tellEveryMs?: number;
  readonly takeOverAfterMs?: number;
  readonly onError?: (error: unknown) => void;
  /** Called when this process begins to decide the order, and when it does so no longer. */
  readonly onLeading?: (leading: boolean) => void;
}

export interface EventStoreLog extends EventLog {
  /** Whether this process decides the order of facts now. */
  readonly sequencing: boolean;
}

const PERSIST_MS = 8_000;
const ORDER_WITHIN_MS = 10_000;
const TELL_EVERY_MS = 500;
const TAKE_OVER_AFTER_MS = 2_000;

/** The log of the cluster profile, on EventStoreDB from 22.6 on. */
export async function openEventStoreLog(options: EventStoreLogOptions): Promise<EventStoreLog> {
  const { clock = systemClock, persistMs = PERSIST_MS, orderWithinMs = ORDER_WITHIN_MS } = options;
  const names = namesIn(options.namespace);
  const store = await EventStore.connect(options);
  const claims = new Claims(store, names);
  const appends = new Appends(store, names, claims, persistMs);
  const order = new Order(store, names);
  const tail = await OrderTail.open(store, names);
  const forward = forwardClock(clock, tail.toldMs);
  const closed = new Subject<void>();
  const sequencing: Sequencing | undefined = options.sequences
    ? runSequencing(store, names, tail, {
        clock,
        tellEveryMs: options.tellEveryMs ?? TELL_EVERY_MS,
        takeOverAfterMs: options.takeOverAfterMs ?? TAKE_OVER_AFTER_MS,
        onError: options.onError ?? (() => undefined),
        onLeading: options.onLeading ?? (() => undefined),
      })
    : undefined;

  const now = (): number => Math.max(forward.now(), tail.standing.recordedAtMs);
  const placed = async (stream: string, fact: StoredEvent): Promise<Place> => {
    const recent = tail.recentPlaceOf(stream, fact.revision);
    if (recent !== undefined) return recent;
    const place = await order.placeAt(fact.position);
    if (place !== undefined) return place;
    const awaited = await tail.wait(() => tail.recentPlaceOf(stream, fact.revision), orderWithinMs);
    // It may have come while it was looked for, and have been forgotten again.
    const late = awaited ?? (await order.placeAt(fact.position));
    if (late === undefined) {
      throw new OutcomeUnknown(`${stream} has revision ${fact.revision}, but nobody has given it a position yet`);
    }
    return late;
  };
  const readStream = async (stream: string, from: number, limit: number): Promise<RecordedFact[]> => {
    if (limit < 1) return [];
    const facts: RecordedFact[] = [];
    for (const { entry } of await store.read(names.facts(stream), { from, limit })) {
      facts.push({ ...(await placed(stream, entry)), fact: factText(entry) });
    }
    return facts;
  };
  const readAfter = async (position: number, limit: number): Promise<RecordedFact[]> =>
    order.readAfter(position, limit);
  return {
    append: async (append) => appends.append(append),
    receiptOf: async (commandId) => claims.receiptOf(commandId),
    positionOf: async ({ stream, revision, position }: Receipt) => {
      const known = position ?? tail.recentPlaceOf(stream, revision)?.position;
      if (known !== undefined) return known;
      const [fact] = await readStream(stream, revision, 1);
      if (fact === undefined) throw new Error(`${stream} has no revision ${revision}`);
      return fact.position;
    },
    revisionOf: async (stream) => appends.revisionOf(stream),
    readStream,
    readTexts: async (stream, from, limit) => {
      if (limit < 1) return [];
      return (await store.read(names.facts(stream), { from, limit })).map(({ entry }) => factText(entry));
    },
    readAfter,
    head: async () => (await order.standing()).position,
    wholeAt: async (position) => order.wholeAt(position),
    positionAt: async (instantMs) => {
      // Only whoever decides the order knows that nothing will be recorded at this instant any more.
      if (
        instantMs < now() &&
        (await tail.wait(() => tail.toldMs > instantMs || undefined, orderWithinMs)) === undefined
      ) {
        throw new OutcomeUnknown(`nobody has told yet that ${new Date(instantMs).toISOString()} is past`);
      }
      return order.positionAt(instantMs);
    },
    now,
    tail: (position) => tailOf({ readAfter }, position, (wake) => tail.onChange(wake)).pipe(takeUntil(closed)),
    close: async () => {
      closed.next();
      await sequencing?.stop();
      await tail.close();
      await store.close();
    },
    get sequencing() {
      return sequencing?.leading ?? false;
    },
  };
}
