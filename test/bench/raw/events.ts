import { type BinaryEventType, EventStoreDBClient, binaryEvent } from '@eventstore/db-client';

/** The public client of EventStoreDB by itself: no claim, no order, no leaf. */
export class BareClient {
  readonly #client: EventStoreDBClient;
  #revision = -1;

  constructor(
    url: string,
    private readonly stream: string,
  ) {
    this.#client = EventStoreDBClient.connectionString(url);
  }

  /** One event at the revision that the stream is known to have. */
  async append(text: string): Promise<void> {
    const event = binaryEvent<BinaryEventType>({ type: 'Bare', data: Buffer.from(text), metadata: { remaining: 0 } });
    const expectedRevision = this.#revision < 0 ? 'no_stream' : BigInt(this.#revision);
    await this.#client.appendToStream(this.stream, event, { expectedRevision });
    this.#revision++;
  }

  /** Reads so many events of all streams, in the order of the file. Returns events a second. */
  async readAll(count: number): Promise<number> {
    const started = performance.now();
    let read = 0;
    for await (const { event } of this.#client.readAll({ maxCount: count })) if (event !== undefined) read++;
    return read / ((performance.now() - started) / 1000);
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}
