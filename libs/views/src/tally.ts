import type { Reducers } from './facts.js';
import { exact } from './exact.js';

/**
 * Money by the months of a book. A row (key, period, position) says what the month holds since that position: `sums` are
 * of the month alone, `carried` go on into every later month of the key.
 */
export interface Tally {
  readonly kind: 'tally';
  readonly name: string;
  /** Raised whenever the reducer or the columns change; stored rows of another version are rebuilt, never mixed. */
  readonly version: number;
  /** Text columns that make the key, within the book. */
  readonly key: readonly string[];
  readonly sums: readonly string[];
  readonly carried: readonly string[];
  readonly on: Reducers<TallyChange>;
}

export interface TallyChange {
  readonly book: string;
  readonly key: readonly string[];
  /** yyyymm */
  readonly period: number;
  /** What is added, first to `sums`, then to `carried`. */
  readonly amounts: readonly number[];
}

/** The newest version of one month of a key. */
export interface Month {
  readonly period: number;
  readonly amounts: readonly number[];
}

export function tally(declared: Omit<Tally, 'kind' | 'carried'> & { carried?: readonly string[] }): Tally {
  return { kind: 'tally', carried: [], ...declared };
}

/** One change a row: the lines of a fact that meet in a row are added first, so that (row, position) is unique. */
export function mergedPerRow(changes: readonly TallyChange[]): readonly TallyChange[] {
  if (changes.length < 2 || (changes.length === 2 && !sameRow(changes[0], changes[1]))) return changes;
  const merged = new Map<string, TallyChange>();
  for (const change of changes) {
    const row = `${change.period} ${nameOfKey(change.key)} ${change.book}`;
    const known = merged.get(row);
    merged.set(row, known === undefined ? change : { ...known, amounts: added(known.amounts, change.amounts) });
  }
  return [...merged.values()];
}

function sameRow(a: TallyChange | undefined, b: TallyChange | undefined): boolean {
  return a?.period === b?.period && a?.book === b?.book && a?.key.every((part, i) => part === b?.key[i]) === true;
}

/** The parts of a key as one text; accounts, roles and project ids hold no line break. */
export function nameOfKey(key: readonly string[]): string {
  return key.length === 1 ? (key[0] ?? '') : key.join('\n');
}

/**
 * Posts a change to the months of its key and returns those that changed, oldest first. `months` are in order and are
 * brought up to date; they must reach back to the last month at or before the change's. An entry for a month that has
 * later ones writes those too, because its amount is part of every balance after it.
 */
export function postTo(months: Month[], change: TallyChange, { sums, carried }: Tally): readonly Month[] {
  let at = months.findLastIndex((month) => month.period <= change.period);
  const before = months[at];
  if (before?.period === change.period) {
    months[at] = { period: change.period, amounts: added(before.amounts, change.amounts) };
  } else {
    at += 1;
    const brought = change.amounts.map((amount, i) =>
      i < sums.length ? amount : exact((before?.amounts[i] ?? 0) + amount),
    );
    months.splice(at, 0, { period: change.period, amounts: brought });
  }
  if (carried.length === 0 || !change.amounts.some((amount, i) => i >= sums.length && amount !== 0)) {
    return months.slice(at, at + 1);
  }
  for (let later = at + 1; later < months.length; later++) {
    const { period, amounts } = months[later] as Month;
    const moved = amounts.map((amount, i) => (i < sums.length ? amount : exact(amount + (change.amounts[i] ?? 0))));
    months[later] = { period, amounts: moved };
  }
  return months.slice(at);
}

function added(a: readonly number[], b: readonly number[]): number[] {
  return a.map((amount, i) => exact(amount + (b[i] ?? 0)));
}
