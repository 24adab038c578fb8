import {
  type Command,
  divisionStream,
  type Evidence,
  type FactDraft,
  type LocalDate,
  readFact,
  Refusal,
  shanghaiDate,
  type Sight,
} from '@ledger/domain';
import {
  type Append,
  type EventLog,
  FingerprintMismatch,
  frozen,
  OutcomeUnknown,
  type Receipt,
  WrongRevision,
} from '@ledger/eventlog';
import type { Aggregate, Look, Plan } from './aggregate.js';
import { type Attachments, evidenceOf, noAttachments } from './evidence.js';
import { FoldedStreams, type StreamKind } from './folded-streams.js';
import { Horizon } from './horizon.js';
import { divisionTrees } from './register-aggregates.js';
import { type Alone, Turns } from './turns.js';

export interface Handled {
  readonly receipt: Receipt;
  /** The same request had been recorded before; this is its first receipt. */
  readonly replayed: boolean;
  /** The texts of the facts, where they were recorded now and not before. */
  readonly recorded: readonly string[];
}

/** For one command: what a plan looks at, as far as the asker sees. */
type CommandLook = Look & { readonly horizon?: Horizon };

const ATTEMPTS = 5;
const MAX_FOLDED_STREAMS = 5_000;

/** The write path: load, look beside, decide, append with the exact revision the decision rested on. */
export class CommandHandling {
  readonly #turns: Turns;
  readonly #streams: FoldedStreams;

  constructor(
    private readonly log: EventLog,
    private readonly ledger: { readonly demo: boolean },
    private readonly attachments: Attachments = noAttachments,
    /** What rests on several streams is decided by one process at a time: the append guards its own stream alone. */
    alone?: Alone,
  ) {
    this.#turns = new Turns(alone);
    this.#streams = new FoldedStreams(log, MAX_FOLDED_STREAMS);
  }

  /** Rejects with `Refusal` (nothing is recorded), or with what the log throws when it cannot go on. */
  async handle<C extends Command>(aggregate: Aggregate<C>, command: C): Promise<Handled> {
    return this.#turns.take(aggregate.turn(command), async (stillAlone) => {
      const known = await this.#known(command);
      if (known !== undefined) return known;
      try {
        return await this.#decideAndAppend(aggregate, command, stillAlone);
      } catch (error) {
        // Another process may have recorded this very request meanwhile, and what it recorded is why it is refused here.
        const recorded = error instanceof Refusal ? await this.#known(command) : undefined;
        if (recorded === undefined) throw error;
        return recorded;
      }
    });
  }

  /**
   * What a command would record if it were handled now, for those who are to approve it. Rejects as `handle` does; leaves
   * nothing behind, not even the key.
   */
  async preview<C extends Command>(aggregate: Aggregate<C>, command: C): Promise<readonly FactDraft[]> {
    return this.#turns.take(aggregate.turn(command), async () => {
      const evidence = await evidenceOf(command, this.attachments);
      const look = this.#look(command);
      const plan = await aggregate.plan(command, look);
      const append = await this.#decided(plan, command, evidence, look);
      // What is too large to be recorded is refused here already.
      frozen(append);
      return append.facts;
    });
  }

  /** The state of a stream after everything that is recorded, whoever asks. */
  async stateOf<S>(kind: StreamKind<S>, stream: string): Promise<S> {
    return (await this.#streams.load(kind, stream)).state;
  }

  /** What came of the same request before. */
  async #known(command: Command): Promise<Handled | undefined> {
    const known = await this.log.receiptOf(command.context.commandId);
    if (known === undefined) return undefined;
    if (known.fingerprint !== command.context.fingerprint) refuseReuse(command);
    // What has gone out of sight since is decided as if it were new; the log, which knows its id, records it no second time.
    const isSeen = await this.#sees(known.receipt, command);
    return isSeen ? { receipt: known.receipt, replayed: true, recorded: [] } : undefined;
  }

  async #decideAndAppend<C extends Command>(
    aggregate: Aggregate<C>,
    command: C,
    stillAlone: () => void,
  ): Promise<Handled> {
    const evidence = await evidenceOf(command, this.attachments);
    let stream = '';
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const look = this.#look(command);
      const plan = await aggregate.plan(command, look);
      stream = plan.stream;
      const append = await this.#decided(plan, command, evidence, look);
      stillAlone();
      try {
        const { receipt, facts, replayed } = await this.log.append({ ...append, stillAlone });
        this.#streams.advance(plan.stream, facts);
        return { receipt, replayed, recorded: facts };
      } catch (error) {
        if (error instanceof FingerprintMismatch) refuseReuse(command);
        if (error instanceof OutcomeUnknown) {
          throw new Refusal('OUTCOME_UNKNOWN', { commandId: command.context.commandId });
        }
        // Somebody else wrote to the stream: decide again on what they wrote.
        if (!(error instanceof WrongRevision)) throw error;
      }
    }
    throw new Refusal('CONCURRENT_CHANGE', { stream, attempts: ATTEMPTS });
  }

  async #decided(
    plan: Plan<unknown>,
    command: Command,
    evidence: readonly Evidence[],
    look: CommandLook,
  ): Promise<Append> {
    const { context } = command;
    const { stream } = plan;
    // The revision is that of now: the folded state goes on growing while something is waited for.
    const { revision, state } = await look.fold(plan.kind, stream);
    if (context.expectedRevision !== undefined && context.expectedRevision !== revision) {
      throw new Refusal('REVISION_STALE', { expected: context.expectedRevision, actual: revision }, 'If-Match');
    }
    const facts: readonly FactDraft[] = plan.decide(state);
    if (look.horizon !== undefined) await this.#refuseOutOfSight(plan, facts, look.horizon);
    context.agreed?.(facts);
    const { sight: _, agreed: __, ...by } = { ...context, evidence };
    return { stream, expectedRevision: revision, facts, by, fingerprint: context.fingerprint };
  }

  /** Whether the asker sees today what a receipt is of. */
  async #sees({ stream, facts }: Receipt, command: Command): Promise<boolean> {
    const { horizon } = this.#look(command);
    const [first] = facts;
    if (horizon === undefined || first === undefined) return true;
    const recorded = (await this.log.readStream(stream, first.revision, facts.length)).map(({ fact }) =>
      readFact(fact),
    );
    return !(await horizon.hides(
      stream,
      recorded.flatMap(({ division, concerns }) => [division, ...concerns]),
    ));
  }

  /**
   * Nothing is ever recorded out of sight. Deciders refuse nearly all of it, because to them nothing is there. A natural key
   * that is taken out of sight has to be refused, which tells that it is taken: this much is inherent.
   */
  async #refuseOutOfSight(plan: Plan<unknown>, facts: readonly FactDraft[], horizon: Horizon): Promise<void> {
    const { stream } = plan;
    const { divisions } = await this.#streams.load(plan.kind, stream);
    if (await horizon.hides(stream, divisions)) throw plan.taken?.() ?? tooNarrow();
    for (const { division, concerns = [] } of facts) {
      if (await horizon.hides(stream, [division, ...concerns])) throw tooNarrow();
    }
  }

  #look({ context: { sight } }: Command): CommandLook {
    const today = shanghaiDate(this.log.now());
    const horizon = sight && this.#horizon(sight, today);
    return {
      today,
      demo: this.ledger.demo,
      ...(horizon === undefined ? {} : { horizon, sight: horizon }),
      fold: async (kind, stream) => {
        const folded = await this.#streams.load(kind, stream);
        return horizon === undefined ? folded : horizon.within(folded, kind, stream);
      },
      foldInFull: (kind, stream) => this.#streams.load(kind, stream),
      facts: (stream, fromRevision, limit) => this.log.readStream(stream, fromRevision, limit),
      read: ({ fact }) => readFact(fact),
    };
  }

  #horizon(sight: Sight, today: LocalDate): Horizon {
    return new Horizon(
      sight,
      async (code) => (await this.#streams.load(divisionTrees, divisionStream(code))).state,
      today,
    );
  }
}

function tooNarrow(): Refusal {
  return new Refusal('GRANT_TOO_NARROW', { needs: 'division' });
}

function refuseReuse(command: Command): never {
  throw new Refusal('IDEMPOTENCY_KEY_REUSED', { key: command.context.idempotencyKey }, 'Idempotency-Key');
}
