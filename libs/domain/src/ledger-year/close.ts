import { closingVouchers, codeOf, distributableFen, isUnder, type Line, netFen } from '@ledger/accounting';
import { postableAccount } from '../book-accounts.js';
import { december, lastDay, type Period, yearOf } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseAmount, refuseFuture, refusePersonalData } from '../rules.js';
import { cashOf, refuseNegativeCash } from './cash.js';
import type { AppropriationLine, ClosePeriod, CloseYear } from './commands.js';
import type { Balance, LedgerFact, PeriodClosed, Posting, VoucherPosted } from './facts.js';
import { oldestOpen } from './periods.js';
import { signatures } from './posting.js';
import { type LedgerSetting, monthsOf } from './setting.js';
import { asBalances, balancesAt, type LedgerYear, nextVoucherNo, OPENING_DAY } from './year.js';

/** A close is final. January to November close alone; December closes through its year. */
export function closePeriod(command: ClosePeriod, year: LedgerYear, beside: LedgerSetting): PeriodClosed {
  const { period, closedBy } = command;
  if (period === december(yearOf(period)))
    throw new Refusal('CLOSE_BY_YEAR', { period, year: yearOf(period) }, 'period');
  refuseOutOfOrder(period, beside);
  refuseSigner(closedBy, period, year);
  const balances = balancesAt(year, beside.carried, period);
  refuseUncleared(balances, beside);
  return periodClosed(command, period, nextVoucherNo(year, period) - 1, asBalances(balances), beside);
}

/** The closing vouchers of a year, the close of December and of the year, in one append. */
export function closeYear(command: CloseYear, year: LedgerYear, beside: LedgerSetting): LedgerFact[] {
  const { closedBy } = command;
  const period = december(command.year);
  if (year.closingBalances !== undefined) throw new Refusal('YEAR_CLOSED', { year: command.year }, 'year');
  refuseOutOfOrder(period, beside);
  const signed = signatures(command);
  refuseSigner(closedBy, period, year);
  if (closedBy === signed.preparedBy) throw signedBefore(closedBy, 'preparedBy');
  if (closedBy === signed.reviewedBy) throw signedBefore(closedBy, 'reviewedBy');
  const balances = balancesAt(year, beside.carried, period);
  refuseUncleared(balances, beside);
  refuseLaterCash(cashOf(balances), beside.laterYears ?? []);

  const vouchers = closingPostings(command, year, balances, beside);
  for (const line of vouchers.flatMap((voucher): readonly Line[] => voucher.data.lines)) {
    balances.set(line.account, (balances.get(line.account) ?? 0) + netFen(line));
  }
  const closing = asBalances(balances);
  const count = nextVoucherNo(year, period) - 1 + vouchers.length;
  const data = { book: beside.book.id, year: command.year, closedBy, balances: closing, ...originOf(command) };
  const effectiveOn = lastDay(period);
  return [
    ...vouchers,
    periodClosed(command, period, count, closing, beside),
    { type: 'YearClosed', version: 1, division: beside.book.village, effectiveOn, data },
  ];
}

/** Cash that a later year began with may have been spent by this one since. */
function refuseLaterCash(closingFen: number, laterYears: readonly LedgerYear[]): void {
  let carriedFen = closingFen;
  for (const later of laterYears) {
    refuseNegativeCash(later, carriedFen, OPENING_DAY, 0);
    for (const net of later.cashByDay.values()) carriedFen += net;
  }
}

function closingPostings(
  command: CloseYear,
  year: LedgerYear,
  balances: ReadonlyMap<string, number>,
  beside: LedgerSetting,
): VoucherPosted[] {
  const period = december(command.year);
  const signed = signatures(command);
  const effectiveOn = lastDay(period);
  const appropriations = (command.appropriations ?? []).map((line, i) => appropriation(line, i, beside));
  refuseOverDistribution(appropriations, distributableFen(balances, beside.book.chart));
  return closingVouchers(balances, appropriations, beside.book.chart).map((lines, i) => {
    const posting: Posting = {
      book: beside.book.id,
      period,
      bookedOn: effectiveOn,
      voucherNo: nextVoucherNo(year, period) + i,
      kind: 'closing',
      summary: lines[0]?.summary ?? '',
      lines,
      ...signed,
      ...originOf(command),
    };
    return { type: 'VoucherPosted', version: 1, division: beside.book.village, effectiveOn, data: posting };
  });
}

function periodClosed(
  command: ClosePeriod | CloseYear,
  period: Period,
  vouchers: number,
  balances: readonly Balance[],
  beside: LedgerSetting,
): PeriodClosed {
  if (beside.ledgerHash === undefined) throw new Error('a close needs the ledger hash of its period');
  const { closedBy } = command;
  const ledgerHash = beside.ledgerHash(period);
  const data = { book: beside.book.id, period, closedBy, vouchers, ledgerHash, balances, ...originOf(command) };
  const effectiveOn = lastDay(period);
  return { type: 'PeriodClosed', version: 1, division: beside.book.village, effectiveOn, data };
}

function appropriation(line: AppropriationLine, index: number, beside: LedgerSetting): AppropriationLine {
  const field = `appropriations.${index}`;
  const { roles } = beside.book.chart;
  const { code, name } = postableAccount(line.account, beside.book, `${field}.account`);
  // Nothing may stand on what this close empties, and money leaves by a voucher of its own day.
  const emptied = [...roles.income, ...roles.expense, ...roles.clearedBeforeClose, roles.surplusOfYear];
  const surplus = [roles.appropriations, roles.undistributedSurplus];
  if (isUnder(code, [...emptied, ...surplus, roles.cash, roles.bank, ...roles.needsGrant, ...roles.needsAsset])) {
    throw new Refusal('ACCOUNT_KIND', { account: code, name, wanted: 'appropriation' }, `${field}.account`);
  }
  if (isUnder(code, roles.needsParty) && line.party === undefined) {
    throw new Refusal('DIMENSION_REQUIRED', { account: code, dimension: 'party' }, `${field}.party`);
  }
  refuseAmount(line.amountFen, `${field}.amountFen`);
  refusePersonalData({ [`${field}.summary`]: line.summary, [`${field}.party`]: line.party });
  return { ...line, account: code };
}

/** A collective distributes what it has earned, this year and before, and no more. */
function refuseOverDistribution(appropriations: readonly AppropriationLine[], ownFen: number): void {
  const appropriatedFen = appropriations.reduce((total, { amountFen }) => total + amountFen, 0);
  if (appropriatedFen > ownFen) {
    const facts = { distributableFen: ownFen, appropriatedFen };
    throw new Refusal('DISTRIBUTION_EXCEEDS_DISTRIBUTABLE', facts, 'appropriations');
  }
}

/** Months close one after the other from the book's start; an empty one too. */
function refuseOutOfOrder(period: Period, beside: LedgerSetting): void {
  const months = monthsOf(beside);
  const expected = oldestOpen(months);
  if (period < months.startPeriod) {
    throw new Refusal('PERIOD_NOT_OPEN', { period, startPeriod: months.startPeriod, oldestOpen: expected }, 'period');
  }
  if (months.lastClosed !== undefined && period <= months.lastClosed) {
    throw new Refusal('PERIOD_CLOSED', { period, lastClosed: months.lastClosed, oldestOpen: expected }, 'period');
  }
  // A close is final, so a month that still runs could lose its last days.
  refuseFuture(lastDay(period), beside.today, 'period');
  if (period !== expected) throw new Refusal('PERIOD_SEQUENCE', { period, expected }, 'period');
}

/** Who closes a month answers for what others prepared and reviewed in it. */
function refuseSigner(closedBy: string, period: Period, year: LedgerYear): void {
  refusePersonalData({ closedBy });
  const month = year.months.get(period);
  if (month?.preparers.has(closedBy) === true) throw signedBefore(closedBy, 'preparedBy');
  if (month?.reviewers.has(closedBy) === true) throw signedBefore(closedBy, 'reviewedBy');
}

function signedBefore(person: string, as: 'preparedBy' | 'reviewedBy'): Refusal {
  return new Refusal('SAME_PERSON', { person, roles: [as, 'closedBy'] }, 'closedBy');
}

function refuseUncleared(balances: ReadonlyMap<string, number>, beside: LedgerSetting): void {
  for (const [account, balanceFen] of balances) {
    const code = codeOf(account);
    if (balanceFen !== 0 && isUnder(code, beside.book.chart.roles.clearedBeforeClose)) {
      throw new Refusal('CLOSE_BLOCKED', { account: code, balanceFen });
    }
  }
}
