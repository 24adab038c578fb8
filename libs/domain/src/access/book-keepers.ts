import { codeForSight } from '../division/in-sight.js';
import { isWithin } from '../division-code.js';
import { codesOf, daysOfChange, type DivisionTree } from '../division-tree.js';
import type { LocalDate } from '../local-date.js';
import { type Grant, type Grants, grantsOn } from './grants.js';

/** Who keeps which book is said by grants; they name divisions by the codes of their own day. */
export interface BookKeepers {
  readonly grants: Grants;
  /** The whole tree of the district: a grant may reach further than whoever asks sees. */
  readonly divisions: DivisionTree;
}

interface KeptBook {
  readonly id: string;
  readonly village: string;
}

/** Whether somebody holds a grant on a day that gives him the book to keep. */
export function keepsBook(person: string, book: KeptBook, on: LocalDate, { grants, divisions }: BookKeepers): boolean {
  return grantsOn(grants, person, on).some((grant) => gives(grant, book, on, divisions));
}

/** Whether somebody was ever given the book to keep by a day; what has ended since, or was taken back, counts too. */
export function hasKeptBook(person: string, book: KeptBook, by: LocalDate, beside: BookKeepers): boolean {
  const { grants, divisions } = beside;
  const changes = daysOfChange(divisions);
  return (grants.byAccount.get(person) ?? []).some((grant) => {
    const { from, to = by } = grant;
    const days = [from, ...changes.filter((day) => from < day)].filter((day) => day <= by && day <= to);
    return days.some((day) => gives(grant, book, day, divisions));
  });
}

/** A book is kept where its village is on the day. */
function gives({ role, division, books }: Grant, book: KeptBook, on: LocalDate, tree: DivisionTree): boolean {
  if (role !== 'TOWN_ACCOUNTANT' || books?.includes(book.id) === false) return false;
  const village = codeForSight(tree, book.village, on);
  return [division, ...codesOf(tree, division)].some((granted) => isWithin(village, granted));
}
