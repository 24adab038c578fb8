import { Worker } from 'node:worker_threads';

export interface ProjectorMessage {
  readonly checkpoint?: number;
  readonly failure?: string;
}

/**
 * The projector in a thread of its own: SQLite is synchronous here, and commands must never wait for the views. Readers
 * ask how far it is.
 */
export class ProjectorThread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #waiting = new Set<{ position: number; settle: (reached: boolean) => void }>();
  #checkpoint = -1;
  #failure: string | undefined;
  #stopped = false;
  #waking = false;

  constructor(entry: URL, directory: string, onFailure: (failure: string) => void) {
    // Short-lived rows and texts are most of what is made here; V8 would keep some 70 MB at hand for them.
    this.#worker = new Worker(entry, { workerData: { directory }, resourceLimits: { maxYoungGenerationSizeMb: 24 } });
    this.#worker.on('message', ({ checkpoint, failure }: ProjectorMessage) => {
      if (checkpoint !== undefined) this.#reach(checkpoint);
      if (failure !== undefined) fail(failure);
    });
    this.#worker.on('error', (error) => fail(error instanceof Error ? (error.stack ?? error.message) : String(error)));
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        resolve();
        if (!this.#stopped) fail('the projector thread ended');
      });
    });
    const fail = (failure: string): void => {
      if (this.#failure !== undefined) return;
      this.#failure = failure;
      for (const { settle } of this.#waiting) settle(false);
      onFailure(failure);
    };
  }

  /** The position that the views have reached; -1 before they can be read. */
  get checkpoint(): number {
    return this.#checkpoint;
  }

  /** Why the views stand still, while they do. */
  get failure(): string | undefined {
    return this.#failure;
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

  /** Waits until the views have reached a position; false when the time is over first or they cannot go on. */
  async reached(position: number, withinMs: number): Promise<boolean> {
    if (this.#checkpoint >= position) return true;
    if (this.#failure !== undefined) return false;
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(reached);
      };
      const timer = setTimeout(() => settle(false), withinMs);
      const waiter = { position, settle };
      this.#waiting.add(waiter);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#worker.postMessage('stop');
    await this.#ended;
  }

  #reach(checkpoint: number): void {
    this.#checkpoint = checkpoint;
    // What stopped it, such as a full disk, is over.
    this.#failure = undefined;
    for (const { position, settle } of this.#waiting) if (position <= checkpoint) settle(true);
  }
}
