import { CorruptLog } from '@ledger/domain';

/** What was told within this time is still so: whoever is in trouble tries again twice a second. */
const PRESENT_MS = 5_000;
const SAY_AGAIN_MS = 30_000;

/** What stands in the way of this process's work: said in its log, not every half second, and told by its health. */
export class Troubles {
  #present: { readonly said: string; readonly atMs: number } | undefined;
  #stopped: string | undefined;
  #lastSaid = '';
  #saidAtMs = 0;

  constructor(private readonly say: (text: string) => void) {}

  add(of: string, error: unknown): void {
    const said = `${of}: ${error instanceof Error ? error.message : String(error)}`;
    const atMs = performance.now();
    this.#present = { said, atMs };
    // What is recorded does not add up: no trying again will mend that.
    if (error instanceof CorruptLog) this.#stopped = said;
    if (said === this.#lastSaid && atMs - this.#saidAtMs < SAY_AGAIN_MS) return;
    this.#lastSaid = said;
    this.#saidAtMs = atMs;
    this.say(said);
  }

  /** Why this process cannot do its work now; undefined while it can. */
  get present(): string | undefined {
    if (this.#stopped !== undefined) return this.#stopped;
    return this.#present !== undefined && performance.now() - this.#present.atMs < PRESENT_MS
      ? this.#present.said
      : undefined;
  }
}
