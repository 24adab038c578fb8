import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { charts, codeOf, isUnder, type Line, netFen } from '@ledger/accounting';
import { type Fact, lastDay, type OpeningBalances, type Posting, previousPeriod, readFact } from '@ledger/domain';
import { type At, everything, type ReadModel } from '@ledger/readmodel';
import * as fc from 'fast-check';
import { projected } from '../support/projected.js';
import { BOOKS, randomLedger } from './random-ledger.js';

/** What the rows must say, summed from the facts without any of the views' machinery. */
interface Known {
  readonly position: number;
  readonly fact: Fact<string, Posting & OpeningBalances>;
}

const POSTINGS = 400;
const roles = charts['rural-collective-2024'].roles;
let facts: Known[];
let read: ReadModel;
let remove: () => void;

beforeAll(async () => {
  const { log } = await randomLedger(7, POSTINGS);
  const recorded = await log.readAfter(0, 10_000);
  facts = recorded.map(({ position, fact }) => ({ position, fact: readFact(fact) as Known['fact'] }));
  ({ read, remove } = await projected(log, 37));
});
afterAll(() => remove());

const isPosting = ({ fact }: Known): boolean => fact.type === 'VoucherPosted';
const isOpening = ({ fact }: Known): boolean => fact.type === 'OpeningBalancesRecorded';

function expectedBalances(book: string, { asOf, knownAt }: At): Record<string, number[]> {
  const rows: Record<string, number[]> = {};
  const add = (account: string, debitFen: number, creditFen: number, balanceFen: number): void => {
    const [debit = 0, credit = 0, balance = 0] = rows[account] ?? [];
    rows[account] = [debit + debitFen, credit + creditFen, balance + balanceFen];
  };
  for (const known of facts.filter(({ position, fact }) => position <= knownAt && fact.data.book === book)) {
    const { data } = known.fact;
    if (isOpening(known)) {
      const before = previousPeriod(data.period);
      if (asOf < lastDay(before)) continue;
      const turnover = asOf === lastDay(before);
      for (const line of data.lines as OpeningBalances['lines']) {
        const { yearToDateDebitFen: debit = 0, yearToDateCreditFen: credit = 0 } = line;
        add(line.account, turnover ? debit : 0, turnover ? credit : 0, netFen(line));
      }
    }
    if (!isPosting(known) || data.bookedOn > asOf) continue;
    const inMonth = data.period === asOf.slice(0, 7);
    for (const line of data.lines as readonly Line[]) {
      const debit = line.side === 'debit' ? line.amountFen : 0;
      const credit = line.side === 'credit' ? line.amountFen : 0;
      add(line.account, inMonth ? debit : 0, inMonth ? credit : 0, netFen(line));
    }
  }
  return withoutZeros(rows);
}

function withoutZeros(rows: Record<string, number[]>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(rows).filter(([, amounts]) => amounts.some((fen) => fen !== 0)));
}

function expectedIncome(
  basis: 'booked' | 'restated',
  role: 'income' | 'expense',
  { asOf, knownAt }: At,
): Record<string, number[]> {
  const rows: Record<string, number[]> = {};
  const add = (name: string, amountFen: number, correctedFen: number): void => {
    const [amount = 0, corrected = 0] = rows[name] ?? [];
    rows[name] = [amount + amountFen, corrected + correctedFen];
  };
  for (const known of facts.filter(({ position }) => position <= knownAt)) {
    const { data, effectiveOn } = known.fact;
    if (isOpening(known) && asOf >= lastDay(previousPeriod(data.period)) && role === 'income') {
      for (const line of data.lines as OpeningBalances['lines']) {
        const amount = line.yearToDateCreditFen ?? 0;
        if (isUnder(codeOf(line.account), roles.income))
          add(`${data.book} ${line.account} null ${previousPeriod(data.period)}`, amount, 0);
      }
    }
    if (!isPosting(known) || data.kind === 'closing' || (basis === 'booked' ? data.bookedOn : effectiveOn) > asOf)
      continue;
    const month = basis === 'booked' ? data.period : effectiveOn.slice(0, 7);
    for (const line of data.lines as readonly Line[]) {
      if (!isUnder(codeOf(line.account), roles[role])) continue;
      const amount = role === 'income' ? -netFen(line) : netFen(line);
      const moved = basis === 'restated' && data.period !== month;
      add(`${data.book} ${line.account} ${line.project ?? null} ${month}`, amount, moved ? amount : 0);
    }
  }
  return withoutZeros(rows);
}

const times = fc.record({
  asOf: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 })).map(([month, day]) => {
    const last = lastDay(`2024-${String(month).padStart(2, '0')}`);
    const date = `${last.slice(0, 8)}${String(day).padStart(2, '0')}`;
    return date > last ? last : date;
  }),
  knownAt: fc.integer({ min: 1, max: POSTINGS + 10 }),
});

describe('every answer at any two times equals the sum over the facts', () => {
  it('for balances and turnovers of accounts', () =>
    fc.assert(
      fc.property(times, fc.constantFrom(...BOOKS), (at, book) => {
        const rows = read.balances([book], at, everything);
        const answer = rows.map((row) => [row.account, [row.debitFen, row.creditFen, row.balanceFen]]);
        expect(Object.fromEntries(answer)).toEqual(expectedBalances(book, at));
      }),
      { numRuns: 400 },
    ));

  it('for income and expense on both bases', () =>
    fc.assert(
      fc.property(
        times,
        fc.constantFrom('booked' as const, 'restated' as const),
        fc.constantFrom('income' as const, 'expense' as const),
        (at, basis, role) => {
          const question = { role, basis, from: '2024-01', to: '2024-12' };
          const rows = read.turnover({ ids: BOOKS }, question, at, everything);
          const named = rows.map((row) => [
            `${row.book} ${row.account} ${row.project} ${row.period}`,
            [row.amountFen, row.correctedFen],
          ]);
          expect(Object.fromEntries(named)).toEqual(expectedIncome(basis, role, at));
        },
      ),
      { numRuns: 400 },
    ));

  it('and the bases differ exactly by the corrections that are listed', () =>
    fc.assert(
      fc.property(times, (at) => {
        const total = (basis: 'booked' | 'restated') =>
          read
            .turnover(
              { ids: BOOKS },
              { role: 'income', basis, from: '2024-01', to: '2024-06' },
              { ...at, asOf: '2024-12-31' },
              everything,
            )
            .reduce((sum, row) => sum + row.amountFen, 0);
        const listed = read
          .corrections({ ids: BOOKS }, { from: '2024-01', to: '2024-12' }, { ...at, asOf: '2024-12-31' }, everything)
          .filter((row) => row.role === 'income')
          .reduce((sum, { period, bookedPeriod, amountFen }) => {
            const movedIn = period <= '2024-06' ? amountFen : 0;
            return sum + movedIn - (bookedPeriod <= '2024-06' ? amountFen : 0);
          }, 0);
        expect(total('restated') - total('booked')).toBe(listed);
      }),
      { numRuns: 100 },
    ));
});
