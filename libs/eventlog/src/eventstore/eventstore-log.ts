import { Subject, takeUntil } from 'rxjs';
import { type Clock, type EventLog, type RecordedFact, systemClock } from '../event-log.js';
import { forwardClock } from '../forward-clock.js';
import { tailOf } from '../tail.js';
import { Appends } from './appends.js';
import { Claims } from './claims.js';
import { type Names, namesIn } from './names.js';
import { Order } from './order.js';
import { OrderTail } from './order-tail.js';
import { PlacedFacts } from './placed-facts.js';
import { runSequencing, type SequencingOptions } from './sequencing.js';
import { EventStore, type StoreOptions } from './store.js';

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
  /** Calls whenever the order has grown; gives how to end that. */
  onOrdered(wake: () => void): () => void;
}

const PERSIST_MS = 8_000;
const ORDER_WITHIN_MS = 10_000;
const TELL_EVERY_MS = 500;
const TAKE_OVER_AFTER_MS = 2_000;

/** The log of the cluster profile, on EventStoreDB from 22.6 on. Rejects with `UnusableEventStore`, or when nobody answers. */
export async function openEventStoreLog(options: EventStoreLogOptions): Promise<EventStoreLog> {
  const names = namesIn(options.namespace);
  const store = await EventStore.connect(options);
  try {
    return logOn(store, names, await OrderTail.open(store, names, options.onError ?? ignored), options);
  } catch (error) {
    // An open connection would keep alive a process that has no log.
    await store.close().catch(ignored);
    throw error;
  }
}

function logOn(store: EventStore, names: Names, tail: OrderTail, options: EventStoreLogOptions): EventStoreLog {
  const { clock = systemClock, persistMs = PERSIST_MS, orderWithinMs = ORDER_WITHIN_MS } = options;
  const claims = new Claims(store, names);
  const appends = new Appends(store, names, claims, persistMs);
  const order = new Order(store, names);
  const forward = forwardClock(clock, tail.toldMs);
  const closed = new Subject<void>();
  const sequencing = options.sequences ? runSequencing(store, names, tail, sequencingOf(options)) : undefined;

  const now = (): number => Math.max(forward.now(), tail.standing.recordedAtMs);
  const facts = new PlacedFacts(store, names, order, tail, orderWithinMs);
  const readAfter = async (position: number, limit: number): Promise<RecordedFact[]> =>
    order.readAfter(position, limit);
  return {
    append: async (append) => appends.append(append),
    receiptOf: async (commandId) => claims.receiptOf(commandId),
    positionOf: async (receipt) => facts.positionOf(receipt),
    revisionOf: async (stream) => appends.revisionOf(stream),
    readStream: async (stream, from, limit) => facts.readStream(stream, from, limit),
    readTexts: async (stream, from, limit) => facts.readTexts(stream, from, limit),
    readAfter,
    head: async () => (await order.standing()).position,
    wholeAt: async (position) => order.wholeAt(position),
    positionAt: async (instantMs) => {
      if (instantMs < now()) await tail.untilPast(instantMs, orderWithinMs);
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
    onOrdered: (wake) => tail.onChange(wake),
    get sequencing() {
      return sequencing?.leading ?? false;
    },
  };
}

function sequencingOf({
  clock,
  tellEveryMs,
  takeOverAfterMs,
  onError,
  onLeading,
}: EventStoreLogOptions): SequencingOptions {
  return {
    clock: clock ?? systemClock,
    tellEveryMs: tellEveryMs ?? TELL_EVERY_MS,
    takeOverAfterMs: takeOverAfterMs ?? TAKE_OVER_AFTER_MS,
    onError: onError ?? ignored,
    onLeading: onLeading ?? ignored,
  };
}

const ignored = (): void => undefined;
