import { type Conversion, netFen } from '@ledger/accounting';
import type { OpenedBook } from '../book-accounts.js';
import { december, firstDay, type Period, periodOf, yearOf } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseFuture } from '../rules.js';
import { carriedOver } from './carried-over.js';
import type { ConvertStandard } from './commands.js';
import type { CarriedBalance, StandardConverted } from './facts.js';
import { oldestOpen } from './periods.js';
import { signatures } from './posting.js';
import { type LedgerSetting, monthsOf } from './setting.js';
import { hasBegun, type LedgerYear } from './year.js';

/** Lines to a fact: each names two accounts, a party and a grant. */
const LINES_PER_PART = 150;

/**
 * Carries what a book holds at the end of its last year under one standard over to the accounts of the next, before
 * anything else of the new year: by the table where an account goes on as one, as the officer says where it splits.
 */
export function convertStandard(
  command: ConvertStandard,
  year: LedgerYear,
  beside: LedgerSetting,
): StandardConverted[] {
  const { book, unconverted, converting } = beside;
  if (unconverted === undefined || converting === undefined) {
    throw new Refusal('STANDARD_CURRENT', { standard: book.chart.id, since: sinceOf(book) }, 'from');
  }
  refuseOtherMonth(command.from, unconverted, converting.book);
  const effectiveOn = firstDay(unconverted.period);
  refuseFuture(effectiveOn, beside.today, 'from');
  refuseOpenYear(unconverted.period, beside);
  if (hasBegun(year)) throw new Refusal('OPENING_AFTER_POSTING', { book: book.id, year: yearOf(unconverted.period) });
  const signed = signatures(command);
  const lines = carriedOver(converting.balances, command.allocations ?? [], {
    conversion: unconverted,
    old: converting.book,
    book,
  });
  assertWhole(lines, beside.carried);
  const of = Math.max(1, Math.ceil(lines.length / LINES_PER_PART));
  return Array.from({ length: of }, (_, index) => ({
    type: 'StandardConverted',
    version: 1,
    division: book.village,
    effectiveOn,
    data: {
      book: book.id,
      period: unconverted.period,
      previousStandard: unconverted.from,
      standard: unconverted.to,
      part: index + 1,
      of,
      lines: lines.slice(index * LINES_PER_PART, (index + 1) * LINES_PER_PART),
      ...signed,
      ...originOf(command),
    },
  }));
}

/** Nothing is booked in a year whose standard the book has not come to: its accounts would be those of the old one. */
export function refuseUnconverted({ book, unconverted }: Pick<LedgerSetting, 'book' | 'unconverted'>): void {
  if (unconverted === undefined) return;
  const { from: standard, to: successor, period } = unconverted;
  const facts = { book: book.id, standard, successor, from: period, yearToClose: yearOf(period) - 1 };
  throw new Refusal('STANDARD_NOT_IN_FORCE', facts);
}

function refuseOtherMonth(from: Period, { from: standard, to: successor, period }: Conversion, old: OpenedBook): void {
  if (from === period) return;
  const { inForceFrom, inForceTo = '' } = old.chart;
  throw new Refusal(
    'STANDARD_NOT_IN_FORCE',
    { standard, inForceFrom, inForceTo, successor, period, asked: from },
    'from',
  );
}

function refuseOpenYear(period: Period, beside: LedgerSetting): void {
  const year = yearOf(period) - 1;
  const { lastClosed } = beside;
  if (lastClosed !== undefined && lastClosed >= december(year)) return;
  throw new Refusal('YEAR_NOT_CLOSED', { year, oldestOpen: oldestOpen(monthsOf(beside)) }, 'from');
}

/** Since when the book is kept under its standard. */
function sinceOf({ chart, startPeriod }: OpenedBook): Period {
  const inForce = periodOf(chart.inForceFrom);
  return startPeriod > inForce ? startPeriod : inForce;
}

/** The balances by party and grant are added up over all facts of the book, the others were stated by its close. */
function assertWhole(lines: readonly CarriedBalance[], closing: ReadonlyMap<string, number>): void {
  const left = new Map(closing);
  for (const line of lines) left.set(line.from, (left.get(line.from) ?? 0) - netFen(line));
  for (const [account, fen] of left) {
    if (fen !== 0) throw new Error(`${account} closed with ${fen} fen more than its parties and grants come to`);
  }
}
