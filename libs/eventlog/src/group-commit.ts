/**
 * Gathers what arrives while a commit is under way and hands it over together, so that many share one transaction and
 * its fsync. `commit` settles every item itself; a throw rejects those it has not settled.
 */
export class GroupCommit<T extends { reject(error: unknown): void }> {
  #waiting: T[] = [];
  #scheduled = false;

  constructor(
    private readonly commit: (items: readonly T[]) => void,
    private readonly maxItems: number,
  ) {}

  add(item: T): void {
    this.#waiting.push(item);
    this.#schedule();
  }

  /** Commits everything that waits. */
  flush(): void {
    while (this.#waiting.length > 0) {
      this.#commitNext();
    }
  }

  #commitNext(): void {
    const items = this.#waiting.splice(0, this.maxItems);
    try {
      this.commit(items);
    } catch (error) {
      for (const item of items) item.reject(error);
    }
  }

  /** One group a turn: the answers of a group go out before the next one is committed. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#commitNext();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }
}
