import type { Command, Fact, FactDraft, Refusal, Setting } from '@ledger/domain';
import type { RecordedFact } from '@ledger/eventlog';
import type { Folded, StreamKind } from './folded-streams.js';

/** What a plan may look at: streams folded from the log, never views. */
export interface Look extends Setting {
  fold<S>(kind: StreamKind<S>, stream: string): Promise<Folded<S>>;
  /** The same, whoever asks: for what rests on the grants of others, and is told to nobody. */
  foldInFull<S>(kind: StreamKind<S>, stream: string): Promise<Folded<S>>;
  /** Facts of a stream, with their leaves. */
  facts(stream: string, fromRevision: number, limit: number): Promise<RecordedFact[]>;
  read(fact: RecordedFact): Fact;
}

/** Where a command's facts go, and how they are decided once that stream is folded. An append touches one stream. */
export interface Plan<S> {
  readonly stream: string;
  readonly kind: StreamKind<S>;
  decide(state: S): readonly FactDraft[];
  /** For a stream named by what exists once in the world: that it is there already, without saying what of it is. */
  taken?(): Refusal;
}

export type CommandClass<C extends Command = Command> = new () => C;

export interface Aggregate<C extends Command = Command> {
  readonly commands: readonly CommandClass<C>[];
  /** Commands with the same turn are handled one after another in this process. */
  turn(command: C): string;
  plan(command: C, look: Look): Promise<Plan<unknown>>;
}

/** Keeps the state's type together inside a plan and hides it outside. */
export function planned<S>(plan: Plan<S>): Plan<unknown> {
  return plan;
}
