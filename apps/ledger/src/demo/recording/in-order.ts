import { aggregateOf } from '@ledger/commands';
import type { Command } from '@ledger/domain';
import type { Append, Appended, EventLog } from '@ledger/eventlog';

interface Decided {
  readonly append: Append;
  settle(appended: Promise<Appended>): void;
}

/**
 * A log that takes the appends of a batch in the order of its commands. They are decided side by side, and which of them
 * is decided first depends on what is folded already; their positions must not, or an interrupted demo would end
 * otherwise than one that ran through.
 */
export class InOrder {
  readonly log: EventLog;
  /** The commands of the batch that are still being decided, */
  readonly #undecided = new Set<string>();
  /** and what was decided, by command. */
  readonly #decided = new Map<string, Decided>();
  #order: readonly string[] = [];

  constructor(private readonly inner: EventLog) {
    this.log = { ...inner, append: async (wanted) => this.#append(wanted) };
  }

  /** Handles commands whose turns differ; what they append shares one transaction. */
  async together<T>(commands: readonly Command[], handle: (command: Command) => Promise<T>): Promise<T[]> {
    this.#order = commands.map(({ context }) => context.commandId);
    for (const commandId of this.#order) this.#undecided.add(commandId);
    const settled = await Promise.allSettled(
      commands.map(async (command) => {
        try {
          return await handle(command);
        } finally {
          // It appended nothing: it was recorded before, or is refused.
          if (this.#undecided.delete(command.context.commandId)) this.#release();
        }
      }),
    );
    return settled.map((each) => {
      if (each.status === 'rejected') throw each.reason;
      return each.value;
    });
  }

  async #append(append: Append): Promise<Appended> {
    const { commandId } = append.by;
    if (!this.#undecided.delete(commandId)) return this.inner.append(append);
    return new Promise((settle) => {
      this.#decided.set(commandId, { append, settle });
      this.#release();
    });
  }

  #release(): void {
    if (this.#undecided.size > 0) return;
    for (const commandId of this.#order) {
      const decided = this.#decided.get(commandId);
      if (decided !== undefined) decided.settle(this.inner.append(decided.append));
    }
    this.#decided.clear();
    this.#order = [];
  }
}

/** Steps of one instant in as few batches as their turns allow, each turn's in the order they came in. */
export function batchesOf<S extends { readonly command: Command }>(steps: readonly S[]): S[][] {
  const batches: S[][] = [];
  const taken = new Map<string, number>();
  for (const step of steps) {
    const turn = aggregateOf(step.command).turn(step.command);
    const nth = taken.get(turn) ?? 0;
    taken.set(turn, nth + 1);
    (batches[nth] ??= []).push(step);
  }
  return batches;
}
