import { channel } from 'node:diagnostics_channel';
import { setTimeout as pause } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type * as client from '@eventstore/db-client';
import type { ReadEvent } from './events.js';
import { readEvent } from './store.js';

type Subscription = Readable & {
  unsubscribe(): Promise<void>;
  on(event: 'data', listener: (resolved: client.ResolvedEvent) => void): Subscription;
  on(event: 'confirmation', listener: () => void): Subscription;
};

const AGAIN_AFTER_MS = 100;
/** Who wants to know how the subscriptions are listens here; it costs nothing while nobody does. */
const states = channel('ledger.subscription');

/**
 * A subscription that is opened again whenever it is dropped, from where `open` says that the reader is; the same event
 * may therefore be given twice. An event that cannot be read, or that the reader cannot take, ends it for good, and
 * `onFailure` is told.
 */
export class Following {
  #subscription: Subscription | undefined;
  #ended = false;

  constructor(
    private readonly open: () => client.StreamSubscription | client.AllStreamSubscription,
    private readonly onEvent: (event: ReadEvent) => void,
    private readonly onFailure: (error: unknown) => void,
    /** Of what, in the figures of the process. */
    private readonly of: string,
  ) {
    this.#begin();
  }

  /** Holds events back until `resume`, so that a slow reader's memory does not grow. */
  pause(): void {
    this.#subscription?.pause();
  }

  resume(): void {
    this.#subscription?.resume();
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#drop();
  }

  #begin(): void {
    if (this.#ended) return;
    const subscription = this.open() as unknown as Subscription;
    this.#subscription = subscription;
    let over = false;
    const again = (): void => {
      if (over) return;
      over = true;
      void this.#beginAgain(subscription);
    };
    subscription
      .on('confirmation', () => this.#tell('reading'))
      .on('data', (resolved) => {
        if (over) return;
        try {
          this.onEvent(readEvent(resolved));
        } catch (error) {
          over = true;
          this.#ended = true;
          subscription.destroy();
          this.onFailure(error);
        }
      })
      .on('error', again)
      .on('end', again)
      .on('close', again);
  }

  async #beginAgain(dropped: Subscription): Promise<void> {
    if (this.#ended) return;
    dropped.destroy();
    this.#tell('retrying');
    await pause(AGAIN_AFTER_MS, undefined, { ref: false });
    this.#begin();
  }

  #tell(state: 'reading' | 'retrying'): void {
    if (states.hasSubscribers) states.publish({ of: this.of, state });
  }

  async #drop(): Promise<void> {
    const subscription = this.#subscription;
    this.#subscription = undefined;
    // A subscription that never came about cannot be ended, and need not be.
    await subscription?.unsubscribe().catch(() => undefined);
  }
}
