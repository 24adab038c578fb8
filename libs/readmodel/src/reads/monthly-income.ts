import { codesOf, lastDay, levelOf, type LocalDate, type Period } from '@ledger/domain';
import {
  type Basis,
  type ChangesSince,
  exact,
  HISTORY_MONTHS,
  type IncomeFilter,
  isOperatingIncome,
  monthBefore,
  MONTHLY_INCOME_VERSION,
  type MonthlyIncomeReport,
  monthlyIncomeReport,
  type PartVillage,
  type ReportedPlace,
  ReportSpans,
  thenSums,
  type WithoutData,
} from '@ledger/views';
import type { BookSelection } from '../question.js';
import type { Scope } from '../scope.js';
import type { At } from './at.js';
import { type BookRow, bookNumbers } from './books.js';
import type { Divisions } from './divisions.js';
import { type EntriesQuestion, type EntryPlace, IncomeEntries, type IncomeEntryRow } from './income-entries.js';
import { type BookedKey, IncomeMonths } from './income-months.js';
import { type KnownPlaces, projectsInSight } from './project-in-sight.js';
import { ReportChanges } from './report-changes.js';
import type { Statement, Statements } from '../statements.js';

export interface ReportQuestion {
  readonly division: string;
  readonly period: Period;
  readonly basis: Basis;
  /** The day on which the fact at `knownAt` was recorded: by then the ledger may have known the whole month. */
  readonly recordedOn: LocalDate;
  /** An earlier position to compare with. */
  readonly since?: number;
}

/** What the read model knows of places and books; it throws when the views have not come so far. */
export interface ReportedBooks extends KnownPlaces {
  books(selection: BookSelection, at: At, scope: Scope): BookRow[];
  /** The codes of the villages there. */
  villagesThere(division: string, at: At, scope: Scope): string[];
  readonly views: Readonly<Record<string, number>>;
}

/** The views that a report is made from. */
export const REPORT_VIEWS = [
  'turnover',
  'entry',
  'correction',
  'collection',
  'opening_income',
  'voucher',
  'division',
  'book',
  'book_account',
  'period_close',
  'project',
  'ledger',
] as const;

/** The monthly income report, and the entries that its amounts are made of. */
export class MonthlyIncomes {
  readonly #months: IncomeMonths;
  readonly #entries: IncomeEntries;
  readonly #changes: ReportChanges;
  readonly #sql: Readonly<Record<'ledger' | 'accounts' | 'posted' | 'closed', Statement>>;

  constructor(
    db: Statements,
    private readonly known: ReportedBooks,
    private readonly divisions: Divisions,
  ) {
    this.#months = new IncomeMonths(db);
    this.#entries = new IncomeEntries(db);
    this.#changes = new ReportChanges(db);
    this.#sql = {
      ledger: db.prepare('SELECT name, demo FROM ledger WHERE position <= :known'),
      accounts: db.prepare(
        `SELECT DISTINCT a.account, a.name FROM numbers(:books) j CROSS JOIN book_account a ON a.book = j.value
           AND a.change = 'added' AND a.position <= :known ORDER BY a.account, a.name`,
      ),
      posted: db.prepare(
        `SELECT p.book, p.period FROM numbers(:books) j CROSS JOIN book_period p ON p.book = j.value
           AND p.period BETWEEN :from AND :to AND p.first_position <= :known AND p.period % 100 > 0`,
      ),
      closed: db.prepare(
        `SELECT c.book, c.period FROM numbers(:books) j CROSS JOIN period_close c ON c.book = j.value
           AND c.period BETWEEN :from AND :to AND c.position <= :known`,
      ),
    };
  }

  /** The report of a place that is there at both times. */
  report({ division, period, basis, recordedOn, since }: ReportQuestion, at: At, scope: Scope): MonthlyIncomeReport {
    const spans = new ReportSpans(period);
    const books = this.known.books({ division }, at, scope);
    const keys = this.#months.keys(books);
    const tree = this.divisions.at(at);
    const places = new Map(tree.rows.map((row) => [row.code, row]));
    const placeOf = (code: string): ReportedPlace => ({
      code,
      name: places.get(code)?.name ?? '',
      level: levelOf(code),
    });
    const villages = this.#villages(this.known.villagesThere(division, at, scope), books, spans.month, at, (code) => ({
      ...placeOf(code),
      township: places.get(code)?.parent ?? '',
    }));
    const townships = new Set(villages.map(({ township }) => township));
    const question = { basis, from: monthsBefore(spans.month, HISTORY_MONTHS - 1), to: spans.month };
    const { name, demo } = this.#sql.ledger.get({ known: at.knownAt }) as { name: string; demo: number };
    return monthlyIncomeReport({
      ledger: { name, demo: demo === 1 },
      scope: placeOf(division),
      period,
      ...at,
      views: this.#versions(),
      basis,
      monthIsOver: at.asOf >= lastDay(period) && recordedOn > lastDay(period),
      townships: tree.rows.flatMap(({ code }) => (townships.has(code) ? [placeOf(code)] : [])),
      villages,
      accountNames: this.#accountNames(books, at),
      projectNames: this.#projectNames(keys, at, scope),
      income: this.#months.of(keys, books, question, at),
      changes: since === undefined ? null : this.#changesSince({ division, period, basis, since }, keys, at, scope),
    });
  }

  /** A page of the entries behind an amount of the report, and what all of them come to. */
  entries(
    { division, ...question }: EntriesQuestion & { division: string } & IncomeFilter,
    page: { after?: EntryPlace; limit: number },
    at: At,
    scope: Scope,
  ): { rows: IncomeEntryRow[]; next: EntryPlace | undefined; totalFen: number } {
    const books = this.known.books({ division }, at, scope);
    const keys = this.#months.keys(books).filter(selects(question));
    const found = this.#entries.page(books, keys, question, page, at);
    const column = { recognised: 2, collected: 3, nonRecurring: 4, corrected: 5, unallocated: 3 }[question.measure];
    const { months } = this.#months.of(keys, books, question, at);
    return { ...found, totalFen: months.reduce((sum, row) => exact(sum + (row[column] ?? 0)), 0) };
  }

  /** What people call the places, accounts and projects of entries, at the same times. */
  entryNames(division: string, rows: readonly IncomeEntryRow[], at: At, scope: Scope) {
    const { demo } = this.#sql.ledger.get({ known: at.knownAt }) as { demo: number };
    return {
      demo: demo === 1,
      places: new Map(this.divisions.at(at).rows.map(({ code, name }) => [code, name])),
      accounts: this.#accountNames(this.known.books({ division }, at, scope), at),
      // Of those that no entry names the reader may not know.
      projects: this.#projectNames(rows, at, scope),
    };
  }

  #villages(
    codes: readonly string[],
    books: readonly BookRow[],
    month: number,
    { knownAt }: At,
    placeOf: (code: string) => Pick<PartVillage, 'code' | 'name' | 'township'>,
  ): PartVillage[] {
    const begun = books.filter(({ startMonth }) => startMonth <= month);
    const asked = { books: bookNumbers(begun), from: monthsBefore(month, 11), to: month, known: knownAt };
    const closes = this.#sql.closed.all(asked) as BookMonth[];
    const rows = [...(this.#sql.posted.all(asked) as BookMonth[]), ...closes];
    const reported = booksOf(rows, month);
    const closed = booksOf(closes, month);
    const villageOf = new Map(begun.map(({ number, village }) => [number, village]));
    const months = Map.groupBy(rows, ({ book }) => villageOf.get(book) ?? '');
    const byVillage = Map.groupBy(begun, ({ village }) => village);
    return codes.map((code) => {
      const own = byVillage.get(code) ?? [];
      const origins = own.flatMap(({ origin }) => (origin === null ? [] : [origin]));
      const { name, township } = placeOf(code);
      return {
        code,
        name,
        township,
        withoutData: lacking(own, reported),
        booksFrom: own.length === 0 ? null : Math.min(...own.map(({ startMonth }) => startMonth)),
        monthsWithData: new Set(months.get(code)?.map(({ period }) => period)),
        closed: own.every(({ number }) => closed.has(number)),
        origins: [...new Set(origins)].toSorted(),
      };
    });
  }

  /** With the report's own, the lasting name of what is made of these views. */
  #versions(): Record<string, number> {
    const of = REPORT_VIEWS.map((view): [string, number] => [view, this.known.views[view] ?? 0]);
    return Object.fromEntries([...of, ['monthly_income', MONTHLY_INCOME_VERSION] as const].toSorted(byName));
  }

  /** The names of the books’ own accounts; where books call one differently, all of its names. */
  #accountNames(books: readonly BookRow[], { knownAt }: At): Map<string, string> {
    const names = new Map<string, string>();
    for (const row of this.#sql.accounts.all({ books: bookNumbers(books), known: knownAt })) {
      const { account, name } = row as { account: string; name: string };
      const known = names.get(account);
      names.set(account, known === undefined ? name : `${known}、${name}`);
    }
    return names;
  }

  /** An entry may name any project; what one is called that the reader does not see, he is not told. */
  #projectNames(keys: readonly Pick<BookedKey, 'project'>[], at: At, scope: Scope): Map<string, string> {
    const ids = new Set(keys.flatMap(({ project: id }) => (id === null ? [] : [id])));
    return new Map(projectsInSight(this.known, [...ids], at, scope).map(({ key, state }) => [key, state.name]));
  }

  #changesSince(
    { division, period, basis, since }: Omit<ReportQuestion, 'recordedOn'> & { since: number },
    keys: readonly BookedKey[],
    at: At,
    scope: Scope,
  ): ChangesSince {
    const spans = new ReportSpans(period);
    const then = { asOf: at.asOf, knownAt: since };
    // A place that was recoded since is the same place under its code of then.
    const treeThen = this.divisions.at(then);
    const codes = codesOf(this.divisions.tree(at.knownAt), division);
    const divisionThen = treeThen.rows.find(({ code }) => codes.includes(code))?.code ?? division;
    const booksThen = this.known.books({ division: divisionThen }, then, scope);
    const keysThen = this.#months.keys(booksThen);
    const question = { basis, from: spans.first, to: spans.month };
    const before = thenSums(this.#months.of(keysThen, booksThen, question, then), spans);
    const ranges = spans.ranges.filter((_, span) => span % 2 === 1);
    const books = this.known.books({ division }, at, scope);
    const posted = this.#changes.of(books, keys, { basis, since, ranges }, at);
    const divided = this.#changes.divisions(division, [treeThen, this.divisions.at(at)], since, at);
    const facts = [...divided, ...posted.facts].toSorted((a, b) => a.position - b.position);
    return { since, before, count: posted.count + divided.length, facts };
  }
}

interface BookMonth {
  readonly book: number;
  readonly period: number;
}

function booksOf(rows: readonly BookMonth[], month: number): ReadonlySet<number> {
  return new Set(rows.flatMap(({ book, period }) => (period === month ? [book] : [])));
}

function lacking(own: readonly BookRow[], reported: ReadonlySet<unknown>): WithoutData | null {
  if (own.length === 0) return 'NO_BOOK';
  return own.some(({ number }) => reported.has(number)) ? null : 'NO_ENTRIES';
}

function selects({ measure, role, accounts, project: wanted }: EntriesQuestion & IncomeFilter) {
  const keyRole = measure === 'unallocated' ? 'receipt' : 'income';
  return (key: BookedKey): boolean =>
    key.role === keyRole &&
    (role === undefined || isOperatingIncome(key.account) === (role === 'operating')) &&
    (accounts === undefined || accounts.some((account) => isMeant(account, key.account))) &&
    (wanted === undefined || key.project === wanted);
}

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}

function isMeant(wanted: string, account: string): boolean {
  return wanted.endsWith('*') ? account.startsWith(wanted.slice(0, -1)) : account === wanted;
}

function monthsBefore(month: number, months: number): number {
  let from = month;
  for (let back = 0; back < months; back++) from = monthBefore(from);
  return from;
}
