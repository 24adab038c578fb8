import { setTimeout as pause } from 'node:timers/promises';
import type * as client from '@eventstore/db-client';
import { BatchAppends } from './batch-appends.js';
import { Channel } from './channel.js';
import { causeOf } from './causes.js';
import { connectionString, type EventStoreAddress } from './connection-string.js';
import {
  type FilePosition,
  type NewEvent,
  type ReadEvent,
  type StoredEvent,
  StreamMoved,
  Unanswered,
} from './events.js';
import { readPage } from './page-reads.js';
import { positionUntold } from './read-answers.js';

export interface StoreOptions extends EventStoreAddress {
  /** How long one call may take. */
  readonly callMs?: number;
}

export interface Reading {
  readonly from?: number | 'end';
  readonly backwards?: boolean;
  readonly limit: number;
  readonly links?: boolean;
}

const CALL_MS = 5_000;
/** A read changes nothing, so it is tried again while a cluster finds itself another leader. */
const READ_FOR_MS = 10_000;
const READ_AGAIN_AFTER_MS = 50;
/** The client's own deadline should come first, because it says more. */
const LATER_THAN_THE_CLIENT = 1.2;

/** The few things that the log asks of EventStoreDB, each with a deadline of our own. Nothing else knows its client. */
export class EventStore {
  readonly #callMs: number;
  readonly #appends: BatchAppends;
  #closed = false;

  private constructor(
    private readonly lib: typeof client,
    private readonly connection: client.EventStoreDBClient,
    private readonly channel: Channel,
    private readonly credentials: client.Credentials,
    callMs: number,
  ) {
    this.#callMs = callMs;
    this.#appends = new BatchAppends(channel);
  }

  /** Loads the client, which costs 150 ms and 30 MB, only where there is a cluster. Connects with the first call. */
  static async connect({ callMs = CALL_MS, ...address }: StoreOptions): Promise<EventStore> {
    const url = connectionString(address);
    const lib = await import('@eventstore/db-client');
    const connection = lib.EventStoreDBClient.connectionString(url);
    const credentials = credentialsIn(url);
    return new EventStore(lib, connection, await Channel.over(connection, credentials), credentials, callMs);
  }

  /**
   * Writes events at an exact revision (-1: a new stream), all or none; resolves with where the last of them stands, as far as
   * the node tells. Rejects with `StreamMoved`, `Unanswered`, or an error that says why it never can.
   */
  async append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
  ): Promise<FilePosition | undefined> {
    return this.#written(
      `an append to ${stream} at revision ${expectedRevision}`,
      this.#appends.append(stream, expectedRevision, events, this.#callMs),
    );
  }

  /** Reads a page of a stream; none of one that is not there. What a leader has answered is seen. */
  async read(stream: string, { from, backwards = false, limit, links = false }: Reading): Promise<ReadEvent[]> {
    const reading = { from: from ?? 0, backwards, limit, links };
    return this.#again(async () => {
      const page = readPage(this.channel, stream, reading);
      try {
        return await withDeadline(page.events, this.#callMs);
      } catch (error) {
        page.cancel();
        throw error;
      }
    });
  }

  async last(stream: string): Promise<StoredEvent | undefined> {
    const [found] = await this.read(stream, { from: 'end', backwards: true, limit: 1 });
    return found?.entry;
  }

  /** Keeps only the newest events of a stream, for what is told again and again. */
  async keepNewest(stream: string, count: number): Promise<void> {
    await this.#written(
      `the metadata of ${stream}`,
      this.connection.setStreamMetadata(stream, { maxCount: count }, this.#asCall()),
    );
  }

  /** Events of a stream after a revision, as they come. */
  followStream(stream: string, afterRevision: number): client.StreamSubscription {
    return this.connection.subscribeToStream(stream, {
      fromRevision: afterRevision < 0 ? this.lib.START : BigInt(afterRevision),
      credentials: this.credentials,
    });
  }

  /** Events of all streams whose names begin with a prefix, after a position, in the order of the transaction file. */
  followPrefix(prefix: string, after: FilePosition | undefined): client.AllStreamSubscription {
    return this.connection.subscribeToAll({
      fromPosition: after ?? this.lib.START,
      filter: this.lib.streamNameFilter({ prefixes: [prefix] }),
      credentials: this.credentials,
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.connection.dispose();
    // The client leaves its channel open, and with it a socket that keeps the process alive.
    const channel = await (this.connection as unknown as { getChannel(): Promise<{ close(): void }> }).getChannel();
    channel.close();
  }

  /** Whoever gives credentials with a call has it sent as a call of its own, with a deadline. */
  #asCall(): { credentials: client.Credentials; deadline: number; requiresLeader: true } {
    return { credentials: this.credentials, deadline: this.#callMs, requiresLeader: true };
  }

  async #written<T>(what: string, call: Promise<T>): Promise<T> {
    try {
      return await withDeadline(call, this.#callMs * LATER_THAN_THE_CLIENT);
    } catch (error) {
      const cause = causeOf(error);
      if (cause === 'stream-moved') throw new StreamMoved(`${what} expected another`);
      if (cause === 'unanswered') throw new Unanswered(`${what} had no answer`, { cause: error });
      throw error;
    }
  }

  async #again<T>(read: () => Promise<T>): Promise<T> {
    const until = performance.now() + READ_FOR_MS;
    for (let waitMs = READ_AGAIN_AFTER_MS; ; waitMs *= 2) {
      try {
        return await read();
      } catch (error) {
        if (this.#closed || causeOf(error) !== 'unanswered') throw error;
        if (performance.now() + waitMs > until) throw new Unanswered('a read had no answer', { cause: error });
        await pause(waitMs);
      }
    }
  }
}

export function readEvent({ event, link }: client.ResolvedEvent | client.AllStreamResolvedEvent): ReadEvent {
  const entry = link ?? event;
  if (entry === undefined) throw new Error('EventStoreDB answered neither an event nor a link');
  return { entry: stored(entry), target: event === undefined ? undefined : stored(event) };
}

function stored(recorded: client.RecordedEvent): StoredEvent {
  const { streamId, id, revision, type, data, metadata, position } = recorded as client.BinaryRecordedEvent & {
    position?: FilePosition;
  };
  if (position === undefined || position.commit > MAX_FILE_POSITION) throw positionUntold(streamId, revision);
  return { stream: streamId, id, revision: Number(revision), type, data, metadata, position };
}

/** A connection string may name several nodes, which no parser of URLs takes. */
function credentialsIn(url: string): client.Credentials {
  const [username = '', password = ''] = (/^[a-z+]+:\/\/([^/@]*)@/u.exec(url)?.[1] ?? '').split(':');
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

const MAX_FILE_POSITION = 2n ** 63n - 1n;

async function withDeadline<T>(call: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unanswered(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
