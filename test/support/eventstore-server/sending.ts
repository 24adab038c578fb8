import { once } from 'node:events';
import type { ReadReq, ReadResp, ServerWritableStream } from './protocol.js';

/** The answering side of a read or a subscription: it waits for a client that reads slowly, and knows when it has gone. */
export class Sending {
  readonly #gone = new AbortController();

  constructor(readonly call: ServerWritableStream<ReadReq, ReadResp>) {
    for (const end of ['cancelled', 'close', 'error', 'finish']) call.on(end, () => this.#gone.abort());
  }

  /** Says that nobody reads any more. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Comes back when there is room for the next message; false when the client has gone. */
  async send(message: ReadResp): Promise<boolean> {
    if (this.gone.aborted) return false;
    if (!this.call.write(message)) await once(this.call, 'drain', { signal: this.gone }).catch(() => undefined);
    return !this.gone.aborted;
  }
}
