import { type Aggregate, CommandHandling, type Handled } from '@ledger/commands';
import { type Command, Refusal } from '@ledger/domain';
import { during, type Ended, type Observer } from './observer.js';

/** Handles commands, and tells of them where somebody listens. */
export function handlingFor(
  observer: Observer | undefined,
  ...handling: ConstructorParameters<typeof CommandHandling>
): CommandHandling {
  return observer === undefined ? new CommandHandling(...handling) : new ObservedHandling(observer, ...handling);
}

class ObservedHandling extends CommandHandling {
  readonly #observer: Observer;

  constructor(observer: Observer, ...handling: ConstructorParameters<typeof CommandHandling>) {
    super(...handling);
    this.#observer = observer;
  }

  override async handle<C extends Command>(aggregate: Aggregate<C>, command: C): Promise<Handled> {
    const { commandId } = command.context;
    return during(
      this.#observer,
      { kind: 'command', name: command.constructor.name, commandId },
      () => super.handle(aggregate, command),
      { done: ({ replayed }: Handled) => ({ outcome: replayed ? 'replayed' : 'recorded' }), failed },
    );
  }
}

const OUTCOMES: Readonly<Record<string, string>> = {
  CONCURRENT_CHANGE: 'conflict',
  REVISION_STALE: 'conflict',
  OUTCOME_UNKNOWN: 'unknown',
};

function failed(error: unknown): Ended {
  if (!(error instanceof Refusal)) return { outcome: 'failed' };
  return { outcome: OUTCOMES[error.code] ?? 'refused', code: error.code };
}
