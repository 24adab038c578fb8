import {
  codeOn,
  codesOf,
  divisionOf,
  divisionOn,
  type DivisionTree,
  emptyDivisionTree,
  type Period,
  refuseUnknownVillage,
  type VoucherRef,
} from '@ledger/domain';
import { type AssetComparison, compareAssets } from '@ledger/views';
import { type AssetRow, Assets, type AssetTotal } from './reads/assets.js';
import type { At } from './reads/at.js';
import { type BalanceRow, Balances } from './reads/balances.js';
import { byVillageAndName } from './reads/by-village.js';
import { type BookRow, Books, type KeptBookRow, visible } from './reads/books.js';
import { Divisions } from './reads/divisions.js';
import { EvidenceFacts } from './reads/evidence.js';
import { Handovers } from './reads/handovers.js';
import { Histories } from './reads/histories.js';
import { HouseholdCounts } from './reads/household-counts.js';
import { MonthlyIncomes } from './reads/monthly-income.js';
import { ProjectFigures } from './reads/project-figures.js';
import { Reached } from './reads/reached.js';
import { type ReadingQuestion, type ReadingRow, Readings } from './reads/readings.js';
import { type AccountRow, type OrganizationRow, Registers } from './reads/registers.js';
import type { DivisionRow } from './reads/tree-of-day.js';
import { type TrialBalanceRow, TrialBalances } from './reads/trial-balance.js';
import { type CorrectionRow, type TurnoverQuestion, type TurnoverRow, Turnovers } from './reads/turnovers.js';
import { type VoucherRow, Vouchers } from './reads/vouchers.js';
import { GrantedScopes } from './granted-scopes.js';
import type { Scope } from './scope.js';
import type { BookSelection, RolledUpBalance } from './question.js';
import { type Statements, versionsOf } from './statements.js';

const NEWEST_DAY = '9999-12-31';

/**
 * Questions to the views, answered exactly for any pair of times that the views have reached (else `ViewsBehind`). Rows
 * are only ever added, so an answer is the same however far the projector has gone on meanwhile. What the scope does
 * not include is left out; a named book outside of it reads as unknown.
 */
export class ReadModel {
  readonly #reached: Reached;
  readonly #balances: Balances;
  readonly #trialBalances: TrialBalances;
  readonly #turnovers: Turnovers;
  readonly #vouchers: Vouchers;
  readonly #divisions: Divisions;
  readonly #books: Books;
  readonly #registers: Registers;
  readonly #handovers: Handovers;
  readonly #households: HouseholdCounts;
  readonly #readings: Readings;
  readonly #assets: Assets;

  /** States of things over time. What a reader may see, the one who asks says by `find`. */
  readonly history: Histories;

  /** Counts and sums of projects, under the codes by which villages were recorded. */
  readonly projects: ProjectFigures;

  /** The monthly income report and what stands behind it. */
  readonly incomes: MonthlyIncomes;

  /** The facts that name an attachment. */
  readonly evidence: EvidenceFacts;

  /** What grants let somebody see. */
  readonly scopes: GrantedScopes;

  /** The versions of the views by name, for the lasting name of an answer. */
  readonly views: Readonly<Record<string, number>>;

  constructor(
    db: Statements,
    private readonly open: { readonly reached?: (() => number) | undefined; readonly close: () => void },
  ) {
    this.#reached = new Reached(db);
    const reached = this.#reached.upTo;
    this.#balances = new Balances(db);
    this.#trialBalances = new TrialBalances(db, this.#balances);
    this.#turnovers = new Turnovers(db);
    this.#vouchers = new Vouchers(db);
    this.#divisions = new Divisions(db, reached);
    this.#books = new Books(db);
    this.#registers = new Registers(db);
    this.#handovers = new Handovers(db);
    this.#households = new HouseholdCounts(db);
    this.#readings = new Readings(db);
    this.history = new Histories(db, reached);
    this.projects = new ProjectFigures(db, reached);
    this.#assets = new Assets(db, this.history);
    this.scopes = new GrantedScopes(this.#divisions, this.#books, open.reached ?? (() => this.checkpoint()));
    this.evidence = new EvidenceFacts(db);
    this.views = versionsOf(db);
    this.incomes = new MonthlyIncomes(db, this, this.#divisions);
  }

  /** The position up to which questions can be answered. */
  checkpoint(): number {
    return this.#reached.checkpoint();
  }

  balances(books: readonly string[], at: At, scope: Scope): BalanceRow[] {
    const rows = this.#balances.of(this.#selected({ ids: books, books: 'all' }, at, scope), at);
    return rows.toSorted((a, b) => byVillageAndName([a.book, a.account], [b.book, b.account]));
  }

  /** The sums by account over the books below a division. Throws when a sum leaves the exact integers. */
  balancesOfDivision(selection: BookSelection, at: At, scope: Scope): RolledUpBalance[] {
    return this.#balances.summed(this.#selected(selection, at, scope), at);
  }

  trialBalance(
    book: string,
    period: Period,
    { knownAt, closing, scope }: { knownAt: number; closing: 'before' | 'after'; scope: Scope },
  ): TrialBalanceRow[] | undefined {
    const found = this.book(book, knownAt, scope);
    return found && this.#trialBalances.of(found, period, knownAt, closing);
  }

  turnover(selection: BookSelection, question: TurnoverQuestion, at: At, scope: Scope): TurnoverRow[] {
    return this.#turnovers.of(this.#selected(selection, at, scope), question, at);
  }

  corrections(selection: BookSelection, months: { from: Period; to: Period }, at: At, scope: Scope): CorrectionRow[] {
    return this.#turnovers.corrections(this.#selected(selection, at, scope), months, at);
  }

  vouchers(book: string, period: Period, at: At, scope: Scope): VoucherRow[] | undefined {
    const found = this.book(book, at.knownAt, scope);
    return found && this.#vouchers.ofMonth(found, period, at);
  }

  voucher(book: string, ref: VoucherRef, knownAt: number, scope: Scope): VoucherRow | undefined {
    const found = this.book(book, knownAt, scope);
    return found && this.#vouchers.one(found, ref, knownAt);
  }

  divisions(at: At, scope: Scope): DivisionRow[] {
    return this.#divisions.at(at).rows.filter(({ code }) => scope.includesDivision(code));
  }

  /** Refuses a code that is not that of a division then, naming what to use instead. */
  refuseUnknownDivision(code: string, at: At, scope: Scope, field: string): void {
    divisionOn(this.#seenTree(code, at, scope), code, at.asOf, field);
  }

  /** Refuses a code that is not that of a village then, naming what to use instead. */
  refuseUnknownVillage(code: string, at: At, scope: Scope, field: string): void {
    refuseUnknownVillage(this.#seenTree(code, at, scope), code, at.asOf, field);
  }

  /**
   * The villages of a division, which may be one itself, in the tree of that time, by every code under which something of
   * them may be recorded: old and new ones, and those of villages that went into them. None when it did not exist; those
   * of all divisions without one.
   */
  villages(division: string | undefined, at: At, scope: Scope): string[] {
    const tree = this.#divisions.at(at);
    return tree.villagesIn(division).filter((code) => scope.includesDivision(tree.codeOf(code)));
  }

  /** The code under which something is shown then that was recorded under this one. */
  codeThen(code: string, at: At): string {
    return this.#divisions.at(at).codeOf(code);
  }

  /** Every code that a division was known to have: what is recorded of it stands under any of them. */
  codesOf(code: string, knownAt: number): string[] {
    return codesOf(this.#divisions.tree(knownAt), code);
  }

  organizations(at: At, scope: Scope): OrganizationRow[] {
    const tree = this.#divisions.at(at);
    return this.#registers
      .organizations(at)
      .map((row) => ({ ...row, village: tree.codeOf(row.village) }))
      .filter(({ village }) => scope.includesDivision(village))
      .toSorted((a, b) => byVillageAndName([a.village, a.creditCode], [b.village, b.creditCode]));
  }

  books(selection: BookSelection, at: At, scope: Scope): KeptBookRow[] {
    const books = this.#books.allKept(this.#selected(selection, at, scope), at);
    return books.toSorted((a, b) => byVillageAndName([a.village, a.id], [b.village, b.id]));
  }

  /** Who may see a book that is named does not change with the day that is asked about: the newest tree says it. */
  book(id: string, knownAt: number, scope: Scope): BookRow | undefined {
    return this.#named([id], knownAt, scope)[0];
  }

  /** A book as it is kept on the day. */
  keptBook(id: string, at: At, scope: Scope): KeptBookRow | undefined {
    const found = this.book(id, at.knownAt, scope);
    return found && { ...this.#books.kept(found, at), village: this.#divisions.at(at).codeOf(found.village) };
  }

  accounts(book: string, at: At, scope: Scope): AccountRow[] | undefined {
    const found = this.book(book, at.knownAt, scope);
    return found && this.#registers.accounts(this.#books.kept(found, at), at);
  }

  closes(book: string, at: At, scope: Scope): ReturnType<Registers['closes']> | undefined {
    const found = this.book(book, at.knownAt, scope);
    return found && this.#registers.closes(found, at);
  }

  handovers(book: string, at: At, scope: Scope): ReturnType<Handovers['of']> | undefined {
    const found = this.book(book, at.knownAt, scope);
    return found && this.#handovers.of(found, at);
  }

  /** The codes that things of a division's villages were recorded under, each with the code it has then. */
  recordedVillages(division: string | undefined, at: At, scope: Scope): ReadonlyMap<string, string> {
    const tree = this.#divisions.at(at);
    return new Map(this.villages(division, at, scope).map((code) => [code, tree.codeOf(code)]));
  }

  /** The codes of the villages that there are then in a division: those that went into others are not counted. */
  villagesThere(division: string, at: At, scope: Scope): string[] {
    const shown = new Set(this.recordedVillages(division, at, scope).values());
    return this.#divisions.at(at).rows.flatMap(({ code }) => (shown.has(code) ? [code] : []));
  }

  /** By the code under which they were registered, of villages that the reader may see. */
  householdCounts(villages: readonly string[], at: At): { village: string; households: number }[] {
    this.#reached.upTo(at.knownAt);
    return this.#households.of(villages, at);
  }

  /** `next` is where to go on, `null` at the end. */
  readings(question: ReadingQuestion, at: At, scope: Scope): { rows: ReadingRow[]; next: number | null } {
    this.#reached.upTo(at.knownAt);
    return this.#readings.page(question, at, (place) => scope.includesDivision(place));
  }

  asset(id: string, at: At, scope: Scope): AssetRow | undefined {
    const card = this.#assets.one(id, at);
    return card !== undefined && this.book(card.book, at.knownAt, scope) !== undefined ? card : undefined;
  }

  /** Cards by book, in the order in which these were opened, and number: those after a card, whose key is `assetKey` of its id. */
  assets(selection: BookSelection, page: { after?: string; limit: number }, at: At, scope: Scope): AssetRow[] {
    const books = this.#selected(selection, at, scope).toSorted((a, b) => a.position - b.position);
    return this.#assets.page(books, page.after, page.limit, at);
  }

  assetTotals(selection: BookSelection, at: At, scope: Scope): AssetTotal[] {
    return this.#assets.totals(this.#selected(selection, at, scope), at);
  }

  /** The cards of a book beside the lines on its accounts of assets. */
  assetComparison(book: string, at: At, scope: Scope): AssetComparison | undefined {
    const found = this.book(book, at.knownAt, scope);
    return found && compareAssets(this.#assets.cards(found, at), this.#assets.inBooks(found, at), at.asOf);
  }

  close(): void {
    this.open.close();
  }

  #selected({ division, ids, books = 'collective' }: BookSelection, at: At, scope: Scope): BookRow[] {
    this.#reached.upTo(at.knownAt);
    if (ids !== undefined) {
      return this.#named([...new Set(ids)], at.knownAt, scope);
    }
    const tree = this.#divisions.at(at);
    return this.#books
      .all(at.knownAt)
      .filter(
        (book) =>
          (division === undefined || tree.counts(book.village, division)) &&
          (books === 'all' || book.kind === 'COLLECTIVE'),
      )
      .map((book) => ({ ...book, village: tree.codeOf(book.village) }))
      .filter((book) => visible(book, scope));
  }

  #named(ids: readonly string[], knownAt: number, scope: Scope): BookRow[] {
    const newest = this.#divisions.at({ asOf: NEWEST_DAY, knownAt });
    const books = this.#books.named(ids, knownAt).map((book) => ({ ...book, village: newest.codeOf(book.village) }));
    return books.filter((book) => visible(book, scope));
  }

  /** The tree to look a code up in. A division that the reader may not see is not in it, whatever code names it. */
  #seenTree(code: string, { asOf, knownAt }: At, scope: Scope): DivisionTree {
    const tree = this.#divisions.tree(knownAt);
    const division = divisionOf(tree, code);
    return division === undefined || scope.includesDivision(codeOn(division, asOf)) ? tree : emptyDivisionTree();
  }
}
