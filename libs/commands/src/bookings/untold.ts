import { Refusal } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';

/** A fact whose outcome its own stream refuses to hold. */
export interface UntoldBooking {
  readonly position: number;
  /** What the stream refused it with. */
  readonly code: string;
}

/** The facts of which nobody could be told so far: others go on meanwhile. */
export class Untold {
  readonly #facts = new Map<number, { readonly recorded: RecordedFact; readonly code: string }>();

  constructor(
    private readonly settle: (recorded: RecordedFact) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  get list(): UntoldBooking[] {
    return [...this.#facts].map(([position, { code }]) => ({ position, code }));
  }

  /** Settles a fact, or keeps it for later. Throws what has nothing to do with it, such as a full disk. */
  async settleOrKeep(recorded: RecordedFact): Promise<void> {
    const { position } = recorded;
    try {
      await this.settle(recorded);
      this.#facts.delete(position);
    } catch (error) {
      if (!(error instanceof Refusal) || isPassing(error)) throw error;
      if (!this.#facts.has(position)) this.onError(error);
      this.#facts.set(position, { recorded, code: error.code });
    }
  }

  /** Tries all of them once more. */
  async again(): Promise<void> {
    const waiting = [...this.#facts.values()];
    for (const { recorded } of waiting) await this.settleOrKeep(recorded);
  }
}

/** Refusals that say nothing of the booking: somebody wrote first, or an answer got lost. */
const PASSING: ReadonlySet<string> = new Set(['CONCURRENT_CHANGE', 'OUTCOME_UNKNOWN', 'REVISION_STALE']);

export function isPassing({ code }: Refusal): boolean {
  return PASSING.has(code);
}
