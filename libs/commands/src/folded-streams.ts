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

interface Entry {
  readonly kind: StreamKind<unknown>;
  readonly folded: Growing<unknown>;
}

/** Many streams fold at once after a start; with larger pages what is not folded yet took 250 MB. */
const PAGE = 200;

/**
 * States of recent streams, so that a command folds only what is new. Two loads of one stream may run at once: a fact is
 * applied only when it is the next one, so none is applied twice.
 *
 * Those used last are kept, half of `maxStreams` in any case; what nobody used while as many others were is dropped all at
 * once. One `Map` in the order of use took 20 µs a command: to find its oldest key is to walk over all that were deleted.
 */
export class FoldedStreams {
  #recent = new Map<string, Entry>();
  #before = new Map<string, Entry>();

  constructor(
    private readonly log: Pick<EventLog, 'readTexts' | 'revisionOf'>,
    private readonly maxStreams: number,
  ) {}

  /** The state after everything that the log holds of the stream now. */
  async load<S>(kind: StreamKind<S>, stream: string): Promise<Folded<S>> {
    const folded = this.#entry(kind, stream);
    // Asking where the stream stands is cheaper than reading nothing from it.
    while (folded.revision < (await this.log.revisionOf(stream))) {
      const page = await this.log.readTexts(stream, folded.revision + 1, PAGE);
      for (const fact of page) apply(kind, folded, readFact(fact));
      // That was its end when it was read, which is late enough; in a cluster each question is a way to a server.
      if (page.length < PAGE) break;
      // A long stream folds page by page, and others have their turn in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return folded;
  }

  /** Takes over facts that were just recorded, so that nobody has to read them back. */
  advance(stream: string, facts: readonly string[]): void {
    const entry = this.#recent.get(stream) ?? this.#before.get(stream);
    if (entry === undefined) return;
    for (const fact of facts) apply(entry.kind, entry.folded, readFact(fact));
  }

  #entry<S>(kind: StreamKind<S>, stream: string): Growing<S> {
    const recent = this.#recent.get(stream);
    if (recent !== undefined) return recent.folded as Growing<S>;
    const entry = this.#before.get(stream) ?? { kind, folded: { ...nothingIn(kind), divisions: new Set<string>() } };
    if (this.#recent.size >= this.maxStreams / 2) {
      this.#before = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(stream, entry);
    return entry.folded as Growing<S>;
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
