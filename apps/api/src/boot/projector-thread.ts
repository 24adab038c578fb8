import { Worker } from 'node:worker_threads';
import { ViewsReached } from '@ledger/readmodel';

export interface ProjectorMessage {
  readonly checkpoint?: number;
  /** Whose rows go up to that checkpoint. */
  readonly generation?: number;
  readonly failure?: string;
}

/** `readersIn` says that nobody of this process reads an earlier generation any more. */
export type ToProjector = 'wake' | 'stop' | { readonly readersIn: number };

/**
 * The projector in a thread of its own: SQLite is synchronous here, and commands must never wait for the views. Readers
 * ask how far it is.
 */
export class ProjectorThread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #reached: ViewsReached;
  #generation = 0;
  #stopped = false;
  #waking = false;

  constructor(
    entry: URL,
    directory: string,
    private readonly on: {
      /** Takes the readers of this process to a generation; called before its first position is told. */
      readonly generation: (generation: number) => void;
      readonly failure: (failure: string) => void;
    },
  ) {
    this.#reached = new ViewsReached(on.failure);
    // Short-lived rows and texts are most of what is made here; V8 would keep some 70 MB at hand for them.
    this.#worker = new Worker(entry, { workerData: { directory }, resourceLimits: { maxYoungGenerationSizeMb: 24 } });
    this.#worker.on('message', ({ checkpoint, generation = 0, failure }: ProjectorMessage) => {
      if (checkpoint !== undefined) this.#reach(checkpoint, generation);
      if (failure !== undefined) this.#reached.fail(failure);
    });
    this.#worker.on('error', (error) => this.#reached.fail(said(error)));
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        resolve();
        if (!this.#stopped) this.#reached.fail('the projector thread ended');
      });
    });
  }

  /** The position that the views have reached; -1 before they can be read. */
  get checkpoint(): number {
    return this.#reached.checkpoint;
  }

  /** Which generation of the views is read; 0 before there is one. */
  get generation(): number {
    return this.#generation;
  }

  /** Why the views stand still, while they do. */
  get failure(): string | undefined {
    return this.#reached.failure;
  }

  /** Tells the thread that there is something new; many calls in one turn of the event loop are one message. */
  wake(): void {
    if (this.#waking) return;
    this.#waking = true;
    setImmediate(() => {
      this.#waking = false;
      if (!this.#stopped) this.#worker.postMessage('wake');
    });
  }

  async reached(position: number, withinMs: number): Promise<boolean> {
    return this.#reached.reached(position, withinMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#worker.postMessage('stop');
    await this.#ended;
  }

  #reach(checkpoint: number, generation: number): void {
    if (this.#stopped || (generation !== this.#generation && !this.#goTo(generation))) return;
    this.#reached.reach(checkpoint);
  }

  /** The rows of the new generation go at least as far as was told of the one before, so that nobody sees less. */
  #goTo(generation: number): boolean {
    try {
      this.on.generation(generation);
    } catch (error) {
      this.#reached.fail(said(error));
      return false;
    }
    this.#generation = generation;
    this.#worker.postMessage({ readersIn: generation } satisfies ToProjector);
    return true;
  }
}

function said(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
