/** How far the views are, for those who wait until they have come to a position. */
export class ViewsReached {
  readonly #waiting = new Set<{ position: number; settle: (reached: boolean) => void }>();
  #checkpoint = -1;
  #failure: string | undefined;

  constructor(private readonly onFailure: (failure: string) => void) {}

  /** The position that the views have reached; -1 before they can be read. */
  get checkpoint(): number {
    return this.#checkpoint;
  }

  /** Why the views stand still, while they do. */
  get failure(): string | undefined {
    return this.#failure;
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

  /** What stopped them, such as a full disk, is over. */
  reach(checkpoint: number): void {
    this.#checkpoint = checkpoint;
    this.#failure = undefined;
    for (const { position, settle } of this.#waiting) if (position <= checkpoint) settle(true);
  }

  /** Said once, until they go on. */
  fail(failure: string): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    for (const { settle } of this.#waiting) settle(false);
    this.onFailure(failure);
  }
}
