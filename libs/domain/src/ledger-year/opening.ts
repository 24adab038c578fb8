import { isUnder, netFen, qualified, totals } from '@ledger/accounting';
import { postableAccount } from '../book-accounts.js';
import { firstDay, yearOf } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseAmount, refusePersonalData } from '../rules.js';
import { cashMovement } from './cash.js';
import type { OpeningLine, RecordOpeningBalances } from './commands.js';
import type { OpeningBalance, OpeningBalancesRecorded } from './facts.js';
import { refuseMissingDimension, refuseOverflow, signatures } from './posting.js';
import type { LedgerSetting } from './setting.js';
import { hasBegun, hasPostings, type LedgerYear, weightFen } from './year.js';

/** Lines to a fact, so that the largest opening stays well below the size of one fact. */
const LINES_PER_PART = 200;

/** The balances that a book starts with, once, before any voucher; in parts of one append when there are many. */
export function recordOpeningBalances(
  command: RecordOpeningBalances,
  year: LedgerYear,
  beside: LedgerSetting,
): OpeningBalancesRecorded[] {
  const { book } = beside;
  const later = beside.laterYears?.some(hasPostings) ?? false;
  if (hasBegun(year) || later)
    throw new Refusal('OPENING_AFTER_POSTING', { book: book.id, year: yearOf(book.startPeriod) });
  if (command.lines.length === 0) throw new Refusal('VOUCHER_EMPTY', { lines: 0 }, 'lines');
  const signed = signatures(command);
  const lines = command.lines.map((line, i) => openingLine(line, `lines.${i}`, beside));
  refuseOverflow(
    lines.map((line) => ({ amountFen: weightFen(line) })),
    year,
    beside,
  );
  refuseUnbalancedOpening(lines);
  const cashFen = cashMovement(lines);
  if (cashFen < 0) throw new Refusal('CASH_NEGATIVE', { on: firstDay(book.startPeriod), balanceFen: cashFen }, 'lines');
  const of = Math.ceil(lines.length / LINES_PER_PART);
  return Array.from({ length: of }, (_, index) => ({
    type: 'OpeningBalancesRecorded',
    version: 1,
    division: book.village,
    effectiveOn: firstDay(book.startPeriod),
    data: {
      book: book.id,
      period: book.startPeriod,
      part: index + 1,
      of,
      lines: lines.slice(index * LINES_PER_PART, (index + 1) * LINES_PER_PART),
      ...signed,
      ...originOf(command),
    },
  }));
}

function openingLine(line: OpeningLine, field: string, beside: LedgerSetting): OpeningBalance {
  const { chart, startPeriod } = beside.book;
  const { code } = postableAccount(line.account, beside.book, `${field}.account`);
  const { side, amountFen: balanceFen, party, grant, yearToDateDebitFen, yearToDateCreditFen } = line;
  for (const column of ['amountFen', 'yearToDateDebitFen', 'yearToDateCreditFen'] as const) {
    const amountFen = line[column];
    if (amountFen !== undefined && amountFen !== 0) refuseAmount(amountFen, `${field}.${column}`);
  }
  refusePersonalData({ [`${field}.party`]: line.party, [`${field}.grant`]: line.grant });
  refuseMissingDimension(code, line, field, beside);
  const turnoverFen = (yearToDateDebitFen ?? 0) - (yearToDateCreditFen ?? 0);
  const hasColumns = (yearToDateDebitFen ?? 0) !== 0 || (yearToDateCreditFen ?? 0) !== 0;
  // A zero balance is worth a line only for the turnover beside it.
  if (!hasColumns) refuseAmount(line.amountFen, `${field}.amountFen`);
  const ofTheYear = isUnder(code, chart.roles.income) || isUnder(code, chart.roles.expense);
  const wrong = startPeriod.endsWith('-01')
    ? hasColumns || (ofTheYear && line.amountFen !== 0)
    : ofTheYear && netFen(line) !== turnoverFen;
  if (wrong) throw new Refusal('OPENING_YEAR_TO_DATE', { account: code, startPeriod }, `${field}.account`);
  return {
    account: qualified(chart.id, code),
    side,
    amountFen: balanceFen,
    ...(party === undefined ? {} : { party }),
    ...(grant === undefined ? {} : { grant }),
    ...(hasColumns
      ? { yearToDateDebitFen: yearToDateDebitFen ?? 0, yearToDateCreditFen: yearToDateCreditFen ?? 0 }
      : {}),
  };
}

function refuseUnbalancedOpening(lines: readonly OpeningBalance[]): void {
  const balance = totals(lines);
  if (balance.debitFen !== balance.creditFen) {
    throw new Refusal('OPENING_UNBALANCED', { column: 'balance', ...balance }, 'lines');
  }
  const debitFen = lines.reduce((sum, line) => sum + (line.yearToDateDebitFen ?? 0), 0);
  const creditFen = lines.reduce((sum, line) => sum + (line.yearToDateCreditFen ?? 0), 0);
  if (debitFen !== creditFen) {
    throw new Refusal('OPENING_UNBALANCED', { column: 'yearToDate', debitFen, creditFen }, 'lines');
  }
}
