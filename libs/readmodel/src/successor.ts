import { wholeAppends } from '@ledger/eventlog';
import type { GenerationWriter, KeptGenerations } from './kept-generations.js';
import type { ReadableLog } from './views-file.js';

const LOOK_EVERY_MS = 1000;
/** For each batch of the generation that serves, two of the one that follows it, so that it catches up under load. */
const BATCHES_AT_ONCE = 2;
const BATCH = 1000;

/**
 * The newer generation that a rebuild has put beside the one that serves. It is brought up to that one in batches, while
 * that one goes on, so that no reader ever sees older rows. What it cannot do is said once and harms nothing: the
 * generation that serves is not touched.
 */
export class Successor<W extends GenerationWriter> {
  #projector: W | undefined;
  /** A generation that cannot be continued by this program: it may be one of a newer program, and is left for that. */
  #refused = 0;
  #lookAtMs = 0;
  #said = '';

  constructor(
    private readonly log: ReadableLog,
    private readonly kept: KeptGenerations<W>,
  ) {}

  /** Whether there is a newer generation that has not caught up yet. */
  get isBehind(): boolean {
    return this.#projector !== undefined;
  }

  /** The newer generation, once it is where the one that serves is; from then on the caller's to continue and close. */
  async caughtUp(serving: W): Promise<W | undefined> {
    try {
      this.#projector ??= await this.#open(serving.generation);
      const next = this.#projector;
      if (next === undefined) return undefined;
      for (let batch = 0; batch < BATCHES_AT_ONCE && next.checkpoint < serving.checkpoint; batch++) {
        await next.apply(wholeAppends(await this.log.readAfter(next.checkpoint, BATCH)));
      }
      if (next.checkpoint < serving.checkpoint) return undefined;
      if (!(await this.kept.isReached(serving.generation, next.generation))) return undefined;
      this.#projector = undefined;
      return next;
    } catch (error) {
      await this.close();
      this.#say(String(error));
      return undefined;
    }
  }

  async close(): Promise<void> {
    const projector = this.#projector;
    this.#projector = undefined;
    await projector?.close();
  }

  async #open(serving: number): Promise<W | undefined> {
    if (performance.now() < this.#lookAtMs) return undefined;
    this.#lookAtMs = performance.now() + LOOK_EVERY_MS;
    const newest = (await this.kept.complete())[0] ?? 0;
    if (newest <= Math.max(serving, this.#refused)) return undefined;
    const opened = await this.kept.open(newest);
    if (typeof opened !== 'string') return opened;
    this.#refused = newest;
    this.#say(`generation ${newest} of the views is left as it is: ${opened}`);
    return undefined;
  }

  #say(sentence: string): void {
    if (sentence !== this.#said) process.emitWarning(sentence);
    this.#said = sentence;
  }
}
