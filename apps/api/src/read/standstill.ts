/** Longer than a standby takes to take over from a projector that has ended. */
const STANDS_STILL_MS = 10_000;

/** Tells views that stand still from views that are a little behind, by what is seen of them whenever they are behind. */
export class Standstill {
  #position = -1;
  #sinceMs = 0;

  /** Whether views that are behind now have been seen behind at this very position for too long. */
  seenBehind(position: number, nowMs: number): boolean {
    if (position !== this.#position) {
      this.#position = position;
      this.#sinceMs = nowMs;
    }
    return nowMs - this.#sinceMs > STANDS_STILL_MS;
  }
}
