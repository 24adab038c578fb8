import { type ChartId, netFen } from '@ledger/accounting';
import type { Fact } from '../fact.js';
import { assetNumber } from '../asset/assets.js';
import { type LocalDate, type Period, periodOf } from '../local-date.js';
import { isCash } from './cash-account.js';
import type { Balance, LedgerFact, OpeningBalance, Posting, VoucherKind, VoucherRef } from './facts.js';

/** What a month of the book has recorded so far. */
export interface Month {
  /** `revisions[n - 1]` is where voucher n stands in the stream, or begins when it has parts. */
  readonly revisions: number[];
  /** Where the parts after the first stand. */
  readonly furtherParts: number[];
  /** The month that a voucher depreciates, by its number. */
  readonly depreciates: Map<number, Period>;
  readonly reversedBy: Map<number, VoucherRef>;
  /** The vouchers that cannot be reversed, and why. */
  readonly notReversible: Map<number, VoucherKind>;
  readonly preparers: Set<string>;
  readonly reviewers: Set<string>;
  /** Net of debits and credits by `chart:code`. */
  readonly movement: Map<string, number>;
}

/** The year of one book, as its stream tells it. Folding mutates it; deciding never does. */
export interface LedgerYear {
  /** Revisions of what the year was opened with: balances of a new book, or a change of standard. */
  readonly openingRevisions: number[];
  /** The month before which that stands. */
  openingPeriod?: Period;
  readonly opening: Map<string, number>;
  /** Set by a change of standard: the one that this year begins. */
  convertedTo?: ChartId;
  readonly months: Map<Period, Month>;
  lastClosed?: Period;
  /** Set by the year's close. */
  closingBalances?: Map<string, number>;
  readonly cashByDay: Map<LocalDate, number>;
  readonly sourceDocuments: Map<string, VoucherRef>;
  /** What is depreciated for a month, by the number of the asset, and the newest voucher that did. */
  readonly depreciation: Map<Period, { readonly byAsset: Map<number, number>; voucher?: VoucherRef }>;
  /** All amounts on both sides, the opening's too, so that no sum of the year can leave the exact integers. */
  turnoverFen: number;
}

export const ledgerStream = (book: string, year: number): string => `ledger-${book}-${year}`;

export function emptyLedgerYear(): LedgerYear {
  return {
    openingRevisions: [],
    opening: new Map(),
    months: new Map(),
    cashByDay: new Map(),
    sourceDocuments: new Map(),
    depreciation: new Map(),
    turnoverFen: 0,
  };
}

export function evolveLedgerYear(year: LedgerYear, fact: Fact): LedgerYear {
  const stated = fact as unknown as LedgerFact;
  switch (stated.type) {
    case 'IncomeRecorded':
    case 'ExpenseRecorded':
    case 'VoucherPosted':
    case 'VoucherReversed':
    case 'DepreciationRecorded':
      applyPosting(year, stated.data, fact.revision);
      applyDepreciation(year, stated, fact.effectiveOn);
      break;
    case 'OpeningBalancesRecorded':
      open(year, stated.data.period, fact.revision);
      for (const line of stated.data.lines) {
        add(year.opening, line.account, netFen(line));
        if (isCash(line.account)) add(year.cashByDay, OPENING_DAY, netFen(line));
        year.turnoverFen += weightFen(line);
      }
      break;
    case 'StandardConverted':
      open(year, stated.data.period, fact.revision);
      year.convertedTo = stated.data.standard;
      // Cash goes on as cash, so no day has more or less of it.
      for (const line of stated.data.lines) {
        add(year.opening, line.from, -netFen(line));
        add(year.opening, line.to, netFen(line));
      }
      break;
    case 'PeriodClosed':
      year.lastClosed = stated.data.period;
      break;
    case 'YearClosed':
      year.closingBalances = new Map(stated.data.balances.map((b) => [b.account, netFen(b)]));
      break;
  }
  return year;
}

function open(year: LedgerYear, period: Period, revision: number): void {
  year.openingPeriod = period;
  year.openingRevisions.push(revision);
}

/** All that a line of the opening adds to sums: its balance and its turnover columns. */
export function weightFen(line: OpeningBalance): number {
  return line.amountFen + (line.yearToDateDebitFen ?? 0) + (line.yearToDateCreditFen ?? 0);
}

/** Sorts before every real day: the opening cash is there when the first day begins. */
export const OPENING_DAY: LocalDate = '0000-00-00';

function applyPosting(year: LedgerYear, posting: Posting, revision: number): void {
  const month = monthOf(year, posting.period);
  if ((posting.part ?? 1) > 1) month.furtherParts.push(revision);
  else month.revisions.push(revision);
  month.preparers.add(posting.preparedBy);
  month.reviewers.add(posting.reviewedBy);
  if (posting.kind !== 'ordinary') month.notReversible.set(posting.voucherNo, posting.kind);
  for (const line of posting.lines) {
    const net = netFen(line);
    add(month.movement, line.account, net);
    if (isCash(line.account)) add(year.cashByDay, posting.bookedOn, net);
    year.turnoverFen += Math.abs(line.amountFen);
  }
  const ref = { period: posting.period, voucherNo: posting.voucherNo };
  if (posting.reverses !== undefined) {
    monthOf(year, posting.reverses.period).reversedBy.set(posting.reverses.voucherNo, ref);
    // The paper behind a reversed voucher may be entered again, rightly this time.
    if (posting.sourceDocument !== undefined) year.sourceDocuments.delete(posting.sourceDocument);
  } else if (posting.sourceDocument !== undefined) {
    year.sourceDocuments.set(posting.sourceDocument, ref);
  }
}

/** A run says what is depreciated for a month; its reversal takes that back, and the month may be run again. */
function applyDepreciation(
  year: LedgerYear,
  { type, data }: LedgerFact & { data: Posting },
  effectiveOn: LocalDate,
): void {
  const { reverses } = data;
  if (type === 'DepreciationRecorded')
    monthOf(year, data.period).depreciates.set(data.voucherNo, periodOf(effectiveOn));
  const month =
    type === 'DepreciationRecorded'
      ? periodOf(effectiveOn)
      : reverses && year.months.get(reverses.period)?.depreciates.get(reverses.voucherNo);
  if (month === undefined) return;
  const run = year.depreciation.get(month) ?? { byAsset: new Map<number, number>() };
  year.depreciation.set(month, run);
  for (const { asset, amountFen } of data.lines) {
    if (asset === undefined) continue;
    const fen = (run.byAsset.get(assetNumber(asset)) ?? 0) + amountFen;
    if (fen === 0) run.byAsset.delete(assetNumber(asset));
    else run.byAsset.set(assetNumber(asset), fen);
  }
  if (reverses === undefined) run.voucher = { period: data.period, voucherNo: data.voucherNo };
  else if (run.byAsset.size === 0) year.depreciation.delete(month);
}

function monthOf(year: LedgerYear, period: Period): Month {
  let month = year.months.get(period);
  if (month === undefined) {
    month = {
      revisions: [],
      furtherParts: [],
      depreciates: new Map(),
      reversedBy: new Map(),
      notReversible: new Map(),
      preparers: new Set(),
      reviewers: new Set(),
      movement: new Map(),
    };
    year.months.set(period, month);
  }
  return month;
}

function add<K>(sums: Map<K, number>, key: K, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

/** Net balances at the end of a period: what was carried in, the opening, and every month up to that one. */
export function balancesAt(
  year: LedgerYear,
  carried: ReadonlyMap<string, number>,
  period: Period,
): Map<string, number> {
  const balances = new Map(carried);
  for (const [account, net] of year.opening) add(balances, account, net);
  for (const [month, { movement }] of year.months) {
    if (month > period) continue;
    for (const [account, net] of movement) add(balances, account, net);
  }
  return balances;
}

export function asBalances(nets: ReadonlyMap<string, number>): Balance[] {
  return [...nets]
    .filter(([, net]) => net !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, net]) => ({ account, side: net > 0 ? 'debit' : 'credit', amountFen: Math.abs(net) }));
}

/** Whether anything stands in the year that an opening would have to come before. */
export function hasBegun(year: LedgerYear): boolean {
  return year.openingRevisions.length > 0 || hasPostings(year) || year.lastClosed !== undefined;
}

export function hasPostings(year: LedgerYear): boolean {
  return year.months.size > 0;
}

export function revisionOf(year: LedgerYear, ref: VoucherRef): number | undefined {
  return year.months.get(ref.period)?.revisions[ref.voucherNo - 1];
}

export function nextVoucherNo(year: LedgerYear, period: Period): number {
  return (year.months.get(period)?.revisions.length ?? 0) + 1;
}

/** Revisions of all facts of a period that a close covers, in stream order. */
export function revisionsOf(year: LedgerYear, period: Period): number[] {
  const opening = period === year.openingPeriod ? year.openingRevisions : [];
  const { revisions = [], furtherParts = [] } = year.months.get(period) ?? {};
  return [...opening, ...[...revisions, ...furtherParts].toSorted((a, b) => a - b)];
}
