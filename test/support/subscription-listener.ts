import { setTimeout as sleep } from 'node:timers/promises';
import type { AllStreamSubscription, StreamSubscription } from '@eventstore/db-client';

interface Delivered {
  streamId: string;
  data: unknown;
}

export interface Listener {
  /** What was heard, in its order: `confirmed`, the text of each event, `caught up`, and the error that ended it. */
  log: string[];
  texts(): string[];
  error: unknown;
  /** Waits until it is so, at most half a minute. */
  until(isSo: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** Notes down what a subscription delivers, of the events that are wanted. */
export function listen(
  subscription: StreamSubscription | AllStreamSubscription,
  wanted: (event: Delivered) => boolean = () => true,
): Listener {
  const log: string[] = [];
  const texts: string[] = [];
  const listener: Listener = {
    log,
    texts: () => texts,
    error: undefined,
    until,
    stop: () => subscription.unsubscribe(),
  };
  const notes = subscription as unknown as NodeJS.EventEmitter;
  notes.on('confirmation', () => log.push('confirmed'));
  notes.on('caughtUp', () => log.push('caught up'));
  notes.on('error', (error: unknown) => (listener.error = error));
  notes.on('data', ({ event }: { event?: Delivered }) => {
    if (!event || !wanted(event)) return;
    const text =
      event.data instanceof Uint8Array ? Buffer.from(event.data).toString('utf8') : JSON.stringify(event.data);
    log.push(text);
    texts.push(text);
  });
  async function until(isSo: () => boolean): Promise<void> {
    for (const begin = Date.now(); !isSo(); await sleep(5)) {
      if (listener.error !== undefined) throw listener.error as Error;
      if (Date.now() - begin > PATIENCE_MS) throw new Error(`waited in vain; heard ${JSON.stringify(log)}`);
    }
  }
  return listener;
}
