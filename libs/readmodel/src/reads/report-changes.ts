import type { LocalDate } from '@ledger/domain';
import {
  type Basis,
  type ChangesSince,
  type ChangingFact,
  dateOfDay,
  dayNumber,
  factHref,
  periodOfMonth,
  voucherHref,
} from '@ledger/views';
import type { At } from './at.js';
import { type BookRow, bookNumbers } from './books.js';
import { EACH, entriesSql, ONE } from './income-entries.js';
import type { BookedKey } from './income-months.js';
import type { TreeOfDay } from './tree-of-day.js';
import type { Sql, Statement, Statements } from '../statements.js';

/** How many facts are told one by one; the count says how many there are. */
const FACTS_TOLD = 200;

export interface ChangesQuestion {
  readonly basis: Basis;
  readonly since: number;
  /** The months that the report shows, yyyymm. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** What one fact adds in a book, before it is known what it is. */
type Added = [
  book: number,
  position: number,
  period: number,
  recognised: number,
  collected: number,
  unallocated: number,
];

const MEASURES = ['recognised', 'collected', 'unallocated'] as const;

const addedIn = (basis: Basis, book: string): string => {
  const parts = MEASURES.map((measure, i) => {
    const columns = MEASURES.map((name, j) => `${i === j ? 'amount' : '0'} AS ${name}`).join(', ');
    // What is received is of an income or of none, and its key says which.
    const sql = entriesSql(measure, basis, book).replaceAll(
      ':keys',
      measure === 'unallocated' ? ':receipts' : ':incomes',
    );
    return `SELECT position, period, ${columns} FROM (${sql}) AS u`;
  });
  return `SELECT ${book} AS book, position, min(period), sum(recognised), sum(collected), sum(unallocated)
    FROM (${parts.join(' UNION ALL ')}) AS a GROUP BY position`;
};
const added = (basis: Basis): Sql => ({
  sqlite: addedIn(basis, ONE),
  postgres: `SELECT a.* FROM numbers(:books) j CROSS JOIN LATERAL (${addedIn(basis, EACH)}) a`,
});

/** The voucher that stands at a position, or before it where that is a further part of one. */
const voucherAt = (book: string, period: string, position: string): string =>
  `SELECT ${position} AS asked, type, kind, period, voucher_no, effective_on, booked_on, summary, corrects_period FROM voucher
   WHERE book = ${book} AND period = ${period} AND position <= ${position} ORDER BY position DESC LIMIT 1`;
const VOUCHERS: Sql = {
  sqlite: voucherAt('only(:books)', 'only(:periods)', 'only(:positions)'),
  postgres: `SELECT v.* FROM unnest(:books::bigint[], :periods::bigint[], :positions::bigint[]) AS j(of_book, of_period, of_position)
    CROSS JOIN LATERAL (${voucherAt('j.of_book', 'j.of_period', 'j.of_position')}) v`,
};

const CHANGED_BY: Readonly<Record<string, string>> = {
  registered: 'DivisionRegistered',
  renamed: 'DivisionRenamed',
  recoded: 'DivisionRecoded',
  merged: 'VillagesMerged',
  abolished: 'DivisionAbolished',
};

interface StoredVoucher {
  readonly asked: number;
  readonly type: string;
  readonly kind: string;
  readonly period: number;
  readonly voucher_no: number;
  readonly effective_on: number;
  readonly booked_on: number;
  readonly summary: string;
  readonly corrects_period: number | null;
}

/** The facts that make a report differ from the same report as it was known earlier. */
export class ReportChanges {
  readonly #added: Readonly<Record<Basis, Statement>>;
  readonly #vouchers: Statement;
  readonly #divisions: Statement;

  constructor(private readonly db: Statements) {
    this.#added = { booked: db.arrays(added('booked')), restated: db.arrays(added('restated')) };
    this.#vouchers = db.prepare(VOUCHERS);
    this.#divisions = db.prepare(
      `SELECT position, code, valid_from, change FROM division WHERE position > :since AND position <= :known AND valid_from <= :day
       ORDER BY position, code`,
    );
  }

  of(
    books: readonly BookRow[],
    keys: readonly BookedKey[],
    asked: ChangesQuestion,
    at: At,
  ): Pick<ChangesSince, 'count' | 'facts'> {
    const byBook = Map.groupBy(keys, ({ book }) => book);
    const withKeys = books.filter(({ number }) => byBook.has(number));
    const found = this.db.runs(withKeys).flatMap((run) => {
      const own = run.flatMap(({ number }) => byBook.get(number) ?? []);
      return this.#addedTo(run, own, asked, at);
    });
    const first = found.toSorted((a, b) => a[1] - b[1]).slice(0, FACTS_TOLD);
    const vouchers = this.#vouchersOf(first);
    const byNumber = new Map(books.map((book) => [book.number, book]));
    const facts = first.map((each) =>
      posting(byNumber.get(each[0]) as BookRow, each, vouchers.get(each[1]), at.knownAt),
    );
    return { count: found.length, facts };
  }

  /** What became of divisions of the place, in one of the two trees; a fact that changes several is told once. */
  divisions(division: string, trees: readonly TreeOfDay[], since: number, { asOf, knownAt }: At): ChangingFact[] {
    const told = new Set<number>();
    return this.#divisions.all({ since, known: knownAt, day: dayNumber(asOf) }).flatMap((row): ChangingFact[] => {
      const {
        position,
        code,
        valid_from: day,
        change,
      } = row as Record<'position' | 'valid_from', number> & Record<'code' | 'change', string>;
      if (told.has(position) || !trees.some((tree) => tree.counts(code, division))) return [];
      told.add(position);
      return [
        {
          position,
          type: CHANGED_BY[change] ?? change,
          why: 'recode',
          division: code,
          book: null,
          voucher: null,
          effectiveOn: dateOfDay(day),
          summary: null,
          recognisedFen: null,
          collectedFen: null,
          unallocatedFen: null,
          href: factHref(position, knownAt),
        },
      ];
    });
  }

  #addedTo(
    books: readonly BookRow[],
    keys: readonly BookedKey[],
    { basis, since, ranges }: ChangesQuestion,
    at: At,
  ): Added[] {
    const sums = new Map<number, Added>();
    for (const [from, to] of ranges) {
      const question = {
        books: bookNumbers(books),
        incomes: idsOf(keys, 'income'),
        receipts: idsOf(keys, 'receipt'),
        from,
        to,
        day: dayNumber(at.asOf),
        known: at.knownAt,
        since,
      };
      for (const row of this.#added[basis].all(question) as Added[]) {
        const [book, position, period, ...amounts] = row;
        const [, , , ...before] = sums.get(position) ?? [book, position, period, 0, 0, 0];
        const after = before.map((fen, i) => fen + (amounts[i] ?? 0)) as [number, number, number];
        sums.set(position, [book, position, period, ...after]);
      }
    }
    return [...sums.values()];
  }

  /** By the position that was asked about; the opening of a book that starts inside a year is no voucher. */
  #vouchersOf(facts: readonly Added[]): ReadonlyMap<number, StoredVoucher> {
    const rows = this.db.runs(facts).flatMap((run) => {
      const column = (i: 0 | 1 | 2): string => JSON.stringify(run.map((each) => each[i]));
      return this.#vouchers.all({ books: column(0), positions: column(1), periods: column(2) }) as StoredVoucher[];
    });
    return new Map(rows.map((row) => [row.asked, row]));
  }
}

function posting(
  book: BookRow,
  [, position, , recognised, collected, unallocated]: Added,
  voucher: StoredVoucher | undefined,
  known: number,
): ChangingFact {
  const amounts = { recognisedFen: recognised, collectedFen: collected, unallocatedFen: unallocated };
  const of = { position, division: book.village, book: book.id };
  if (voucher === undefined) {
    const effectiveOn: LocalDate = `${book.startPeriod}-01`;
    const href = factHref(position, known);
    return {
      ...of,
      type: 'OpeningBalancesRecorded',
      why: 'late',
      voucher: null,
      effectiveOn,
      summary: null,
      ...amounts,
      href,
    };
  }
  const ref = { period: periodOfMonth(voucher.period), voucherNo: voucher.voucher_no };
  return {
    ...of,
    type: voucher.type,
    why: voucher.kind === 'reversal' ? 'reversal' : voucher.corrects_period === null ? 'late' : 'correction',
    voucher: ref,
    effectiveOn: dateOfDay(voucher.effective_on),
    summary: voucher.summary,
    ...amounts,
    href: voucherHref(book.id, ref, voucher.booked_on, known),
  };
}

function idsOf(keys: readonly BookedKey[], wanted: BookedKey['role']): string {
  return JSON.stringify(keys.flatMap(({ key, role }) => (role === wanted ? [key] : [])));
}
