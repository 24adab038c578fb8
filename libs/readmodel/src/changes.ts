import type { Fact } from '@ledger/domain';
import {
  histories,
  type History,
  type HistoryChange,
  mergedPerRow,
  receivable,
  type Reducer,
  reducerFor,
  type Reducers,
  type Register,
  registers,
  type Row,
  tallies,
  type Tally,
  type TallyChange,
  type When,
} from '@ledger/views';
import type { ReceivableRows } from './receivable-rows.js';

/** What one fact changes, before it is looked at what stands in the tables. */
export interface Changes extends When {
  /** Of the fact. */
  readonly type: string;
  readonly ofTallies: readonly Of<Tally, TallyChange>[];
  readonly ofRegisters: readonly Of<Register, Row>[];
  readonly ofHistories: readonly Of<History, HistoryChange>[];
}

interface Of<V, Change> {
  readonly view: V;
  readonly changes: readonly Change[];
}

/** A view that makes something of a type of fact, and what. */
interface Heard<V, Change> {
  readonly view: V;
  readonly reduce: Reducer<Change>;
}

interface Reducing {
  readonly tallies: readonly Heard<Tally, TallyChange>[];
  readonly registers: readonly Heard<Register, Row>[];
  readonly histories: readonly Heard<History, HistoryChange>[];
}

/** Asks every view what a fact changes. */
export class ReducedFacts {
  readonly #reducing = new Map<string, Reducing>();

  constructor(private readonly receivables: ReceivableRows) {}

  of(fact: Fact, position: number): Changes {
    const reducing = this.#reducingOf(fact.type);
    const { receivables } = this;
    const ofTallies = reducing.tallies.map(({ view, reduce }) => {
      return { view, changes: mergedPerRow(reduce(fact, position, receivables)) };
    });
    const ofRegisters = reducing.registers.map(({ view, reduce }) => {
      return { view, changes: reduce(fact, position, receivables) };
    });
    const ofHistories = reducing.histories.map(({ view, reduce }) => {
      return { view, changes: reduce(fact, position, receivables) };
    });
    for (const { view, changes } of ofRegisters)
      if (view === receivable) changes.forEach((row) => receivables.add(row));
    const { type, effectiveOn } = fact;
    return { type, effectiveOn, position, ofTallies, ofRegisters, ofHistories };
  }

  #reducingOf(type: string): Reducing {
    let reducing = this.#reducing.get(type);
    if (reducing === undefined) {
      reducing = {
        tallies: heardBy<Tally, TallyChange>(tallies, type),
        registers: heardBy<Register, Row>(registers, type),
        histories: heardBy<History, HistoryChange>(histories, type),
      };
      this.#reducing.set(type, reducing);
    }
    return reducing;
  }
}

function heardBy<V extends { readonly on: Reducers<Change> }, Change>(
  among: readonly V[],
  type: string,
): Heard<V, Change>[] {
  return among.flatMap((view) => {
    const reduce = reducerFor(view.on, type);
    return reduce === undefined ? [] : [{ view, reduce }];
  });
}
