import type { LocalDate } from '@ledger/domain';
import type { Reducers } from './facts.js';

/**
 * Things whose state holds from a business date on: a project, an asset, a household. A fact may be recorded late, so a
 * state is folded from all changes of its thing in the order of (`effectiveOn`, `position`), never in that of recording.
 * States and changes are stored as JSON.
 */
export interface History<S = unknown, C = unknown> {
  readonly kind: 'history';
  readonly name: string;
  /** Raised whenever reducer, `evolve` or columns change. */
  readonly version: number;
  /** By what its things are found, such as `village`: fixed for the life of a thing. */
  readonly find: readonly string[];
  readonly on: Reducers<HistoryChange<C>>;
  /** The state after a change, `undefined` while there is nothing yet. It may mutate what it is given. */
  evolve(state: S | undefined, change: C, when: When): S | undefined;
}

export interface When {
  readonly effectiveOn: LocalDate;
  readonly position: number;
}

/** What one fact says of one thing; a fact that says two things of it says them in one change. */
export interface HistoryChange<C = unknown> {
  readonly key: string;
  /** Of a thing seen for the first time; those of later changes are not looked at. */
  readonly find: Readonly<Record<string, string>>;
  readonly change: C;
}

/** A change with its place in the order of folding. */
export interface Dated<C = unknown> extends When {
  readonly change: C;
}

/** The state from a date on until the next slice; `null` where the thing is not there. */
export interface Slice {
  readonly validFrom: LocalDate;
  /** JSON, so that slices are compared as they are stored. */
  readonly state: string | null;
}

export function history<S, C>(declared: Omit<History<S, C>, 'kind'>): History<S, C> {
  return { kind: 'history', ...declared };
}

/** The slices of a thing: one for each date on which something changed, in order. */
export function slicesOf<S, C>({ evolve }: Pick<History<S, C>, 'evolve'>, changes: readonly Dated<C>[]): Slice[] {
  const ordered = changes.toSorted((a, b) =>
    a.effectiveOn === b.effectiveOn ? a.position - b.position : a.effectiveOn < b.effectiveOn ? -1 : 1,
  );
  const slices: Slice[] = [];
  let state: S | undefined;
  for (const { change, effectiveOn, position } of ordered) {
    state = evolve(state, change, { effectiveOn, position });
    const slice = { validFrom: effectiveOn, state: state === undefined ? null : JSON.stringify(state) };
    if (slices.at(-1)?.validFrom === effectiveOn) slices[slices.length - 1] = slice;
    else slices.push(slice);
  }
  return slices;
}

/** The slice after one more change that nothing known is dated behind: the usual case, without folding anew. */
export function sliceAfter<S, C>(
  { evolve }: Pick<History<S, C>, 'evolve'>,
  last: Slice | undefined,
  { change, effectiveOn, position }: Dated<C>,
): Slice {
  const before = last === undefined || last.state === null ? undefined : (JSON.parse(last.state) as S);
  const state = evolve(before, change, { effectiveOn, position });
  return { validFrom: effectiveOn, state: state === undefined ? null : JSON.stringify(state) };
}
