import { type Fact, readFact } from '@ledger/domain';
import { type EventLog, NO_STREAM } from '@ledger/eventlog';

/** How the facts of one kind of stream become a state. `evolve` may mutate the state it is given. */
export interface StreamKind<S> {
  empty(): S;
  evolve(state: S, fact: Fact): S;
}

export interface Folded<S> {
  /** The revision that the state has reached, `NO_STREAM` before the first fact. */
  revision: number;
  state: S;
  /** Every division that its facts belong to or concern. */
  readonly divisions: ReadonlySet<string>;
}

type Growing<S> = Folded<S> & { readonly divisions: Set<string> };

/** Many streams fold at once after a start; with larger pages what is not folded yet took 250 MB. */
const PAGE = 200;

/**
 * States of recent streams, so that a command folds only what is new. The least recently used are dropped. Two loads of
 * one stream may run at once: a fact is applied only when it is the next one, so none is applied twice.
 */
export class FoldedStreams {
  readonly #streams = new Map<string, { kind: StreamKind<unknown>; folded: Growing<unknown> }>();

  constructor(
    private readonly log: Pick<EventLog, 'readStream' | 'revisionOf'>,
    private readonly maxStreams: number,
  ) {}

  /** The state after everything that the log holds of the stream now. */
  async load<S>(kind: StreamKind<S>, stream: string): Promise<Folded<S>> {
    const folded = this.#entry(kind, stream);
    // Asking where the stream stands is cheaper than reading nothing from it.
    while (folded.revision < (await this.log.revisionOf(stream))) {
      const page = await this.log.readStream(stream, folded.revision + 1, PAGE);
      for (const { fact } of page) apply(kind, folded, readFact(fact));
      // A long stream folds page by page, and others have their turn in between.
      if (page.length === PAGE) await new Promise((resolve) => setImmediate(resolve));
    }
    return folded;
  }

  /** Takes over facts that were just recorded, so that nobody has to read them back. */
  advance(stream: string, facts: readonly string[]): void {
    const entry = this.#streams.get(stream);
    if (entry === undefined) return;
    for (const fact of facts) apply(entry.kind, entry.folded, readFact(fact));
  }

  #entry<S>(kind: StreamKind<S>, stream: string): Growing<S> {
    const known = this.#streams.get(stream);
    if (known !== undefined) {
      this.#streams.delete(stream);
      this.#streams.set(stream, known);
      return known.folded as Growing<S>;
    }
    const folded: Growing<S> = { ...nothingIn(kind), divisions: new Set() };
    this.#streams.set(stream, { kind, folded });
    if (this.#streams.size > this.maxStreams) {
      const oldest = this.#streams.keys().next();
      if (oldest.done !== true) this.#streams.delete(oldest.value);
    }
    return folded;
  }
}

/** A stream before its first fact. */
export function nothingIn<S>(kind: StreamKind<S>): Folded<S> {
  return { revision: NO_STREAM, state: kind.empty(), divisions: new Set() };
}

function apply<S>(kind: StreamKind<S>, folded: Growing<S>, fact: Fact): void {
  if (fact.revision !== folded.revision + 1) return;
  folded.state = kind.evolve(folded.state, fact);
  folded.revision = fact.revision;
  folded.divisions.add(fact.division);
  for (const division of fact.concerns) folded.divisions.add(division);
}
