import type { DatabaseSync, StatementSync } from 'node:sqlite';
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
import { type At, rowsAsArrays } from './at.js';
import type { BookRow } from './books.js';
import { entriesSql } from './income-entries.js';
import type { BookedKey } from './income-months.js';
import type { TreeOfDay } from './tree-of-day.js';

/** How many facts are told one by one; the count says how many there are. */
const FACTS_TOLD = 200;

export interface ChangesQuestion {
  readonly basis: Basis;
  readonly since: number;
  /** The months that the report shows, yyyymm. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** What one fact adds, before it is known what it is. */
type Added = [position: number, period: number, recognised: number, collected: number, unallocated: number];

const MEASURES = ['recognised', 'collected', 'unallocated'] as const;

const addedSql = (basis: Basis): string => {
  const parts = MEASURES.map((measure, i) => {
    const columns = MEASURES.map((_, j) => (i === j ? 'amount' : '0')).join(', ');
    // What is received is of an income or of none, and its key says which.
    const sql = entriesSql(measure, basis).replaceAll(':keys', measure === 'unallocated' ? ':receipts' : ':incomes');
    return `SELECT position, period, ${columns} FROM (${sql})`;
  });
  return `WITH a(position, period, recognised, collected, unallocated) AS (${parts.join(' UNION ALL ')})
    SELECT position, min(period), sum(recognised), sum(collected), sum(unallocated) FROM a GROUP BY position`;
};

const VOUCHER = `SELECT type, kind, period, voucher_no, effective_on, booked_on, summary, corrects_period FROM voucher
  WHERE book = :book AND period = :period AND position <= :position ORDER BY position DESC LIMIT 1`;

const CHANGED_BY: Readonly<Record<string, string>> = {
  registered: 'DivisionRegistered',
  renamed: 'DivisionRenamed',
  recoded: 'DivisionRecoded',
  merged: 'VillagesMerged',
  abolished: 'DivisionAbolished',
};

interface StoredVoucher {
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
  readonly #added: Readonly<Record<Basis, StatementSync>>;
  readonly #voucher: StatementSync;
  readonly #divisions: StatementSync;

  constructor(db: DatabaseSync) {
    this.#added = { booked: rowsAsArrays(db, addedSql('booked')), restated: rowsAsArrays(db, addedSql('restated')) };
    this.#voucher = db.prepare(VOUCHER);
    this.#divisions = db.prepare(
      `SELECT position, code, valid_from, change FROM division WHERE position > ? AND position <= ? AND valid_from <= ?
       ORDER BY position, code`,
    );
  }

  of(
    books: readonly BookRow[],
    keys: readonly BookedKey[],
    asked: ChangesQuestion,
    at: At,
  ): Pick<ChangesSince, 'count' | 'facts'> {
    const found: { book: BookRow; added: Added }[] = [];
    const byBook = Map.groupBy(keys, ({ book }) => book);
    for (const book of books) {
      for (const added of this.#addedTo(book, byBook.get(book.number) ?? [], asked, at)) found.push({ book, added });
    }
    const first = found.toSorted((a, b) => a.added[0] - b.added[0]).slice(0, FACTS_TOLD);
    return { count: found.length, facts: first.map(({ book, added }) => this.#posting(book, added, at.knownAt)) };
  }

  /** What became of divisions of the place, in one of the two trees; a fact that changes several is told once. */
  divisions(division: string, trees: readonly TreeOfDay[], since: number, { asOf, knownAt }: At): ChangingFact[] {
    const told = new Set<number>();
    return this.#divisions.all(since, knownAt, dayNumber(asOf)).flatMap((row): ChangingFact[] => {
      const {
        position,
        code,
        valid_from: day,
        change,
      } = row as unknown as Record<'position' | 'valid_from', number> & Record<'code' | 'change', string>;
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

  #addedTo(book: BookRow, keys: readonly BookedKey[], { basis, since, ranges }: ChangesQuestion, at: At): Added[] {
    if (keys.length === 0) return [];
    const sums = new Map<number, Added>();
    for (const [from, to] of ranges) {
      const question = {
        book: book.number,
        incomes: idsOf(keys, 'income'),
        receipts: idsOf(keys, 'receipt'),
        from,
        to,
        day: dayNumber(at.asOf),
        known: at.knownAt,
        since,
      };
      for (const row of this.#added[basis].all(question) as unknown as Added[]) {
        const [position, period, ...amounts] = row;
        const before = sums.get(position) ?? [position, period, 0, 0, 0];
        sums.set(position, [position, period, before[2] + amounts[0], before[3] + amounts[1], before[4] + amounts[2]]);
      }
    }
    return [...sums.values()];
  }

  #posting(book: BookRow, [position, period, recognised, collected, unallocated]: Added, known: number): ChangingFact {
    const row = this.#voucher.get({ book: book.number, period, position });
    const amounts = { recognisedFen: recognised, collectedFen: collected, unallocatedFen: unallocated };
    const of = { position, division: book.village, book: book.id };
    // The opening of a book that starts inside a year is no voucher.
    if (row === undefined) {
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
    const voucher = row as unknown as StoredVoucher;
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
}

function idsOf(keys: readonly BookedKey[], wanted: BookedKey['role']): string {
  return JSON.stringify(keys.flatMap(({ key, role }) => (role === wanted ? [key] : [])));
}
