import { setTimeout as pause } from 'node:timers/promises';
import type { Names } from './names.js';
import type { OrderTail } from './order-tail.js';
import { Sequencer, type SequencerOptions } from './sequencer.js';
import { StreamMoved, Unanswered } from './events.js';
import type { EventStore } from './store.js';

export interface SequencingOptions extends SequencerOptions {
  /** How long whoever decides may be silent before another takes over; a few times `tellEveryMs`. */
  readonly takeOverAfterMs: number;
  onError(error: unknown): void;
  /** Whether this process decides the order now. */
  onLeading(leading: boolean): void;
}

export interface Sequencing {
  /** Whether this process decides the order now. */
  readonly leading: boolean;
  stop(): Promise<void>;
}

const AGAIN_AFTER_MS = 200;

/**
 * Stands by until the order is decided by nobody, then decides it until somebody else does. Any number of processes may
 * do so: the store lets one of them through. Silence is measured by our own clock, so that clocks need not agree.
 */
export function runSequencing(
  store: EventStore,
  names: Names,
  tail: OrderTail,
  options: SequencingOptions,
): Sequencing {
  const stopping = new AbortController();
  let sequencer: Sequencer | undefined;

  const silence = async (): Promise<void> => {
    let heardAt = performance.now();
    const stopListening = tail.onChange(() => (heardAt = performance.now()));
    try {
      while (!stopping.signal.aborted && !tail.isVacant) {
        const leftMs = options.takeOverAfterMs - (performance.now() - heardAt);
        if (leftMs <= 0) return;
        await pause(Math.min(leftMs, AGAIN_AFTER_MS), undefined, { signal: stopping.signal, ref: false }).catch(
          () => 0,
        );
      }
    } finally {
      stopListening();
    }
  };
  const lead = async (): Promise<void> => {
    sequencer = await Sequencer.takeOver(store, names, options);
    try {
      if (stopping.signal.aborted) return await sequencer.leave();
      options.onLeading(true);
      await sequencer.run();
    } finally {
      sequencer = undefined;
      options.onLeading(false);
    }
  };
  const running = (async () => {
    let interrupted = false;
    while (!stopping.signal.aborted) {
      // Who decided and merely had no answer goes on at once.
      if (!interrupted) await silence();
      if (stopping.signal.aborted) break;
      try {
        await lead();
        interrupted = false;
      } catch (error) {
        interrupted = error instanceof Unanswered;
        if (!interrupted && !(error instanceof StreamMoved)) options.onError(error);
        await pause(AGAIN_AFTER_MS, undefined, { signal: stopping.signal }).catch(() => 0);
      }
    }
  })();
  return {
    get leading() {
      return sequencer !== undefined;
    },
    stop: async () => {
      stopping.abort();
      await sequencer?.leave();
      await running;
    },
  };
}
