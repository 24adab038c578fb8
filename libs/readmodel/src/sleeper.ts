const LOOK_EVERY_MS = 1000;

/** Sleeps until woken, at most a second or what is said; being woken while awake makes the next sleep end at once. */
export class Sleeper {
  #woken = false;
  #rouse: (() => void) | undefined;

  constructor(private readonly atMostMs = LOOK_EVERY_MS) {}

  wake(): void {
    this.#woken = true;
    this.#rouse?.();
  }

  async sleep(): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.atMostMs);
        this.#rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#woken = false;
  }
}
