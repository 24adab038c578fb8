import { isUnder, type Line, lineOf, postExpense, postIncome, qualified, totals } from '@ledger/accounting';
import { registeredCard } from '../asset/assets.js';
import { postableAccount } from '../book-accounts.js';
import type { FactDraft } from '../fact.js';
import { MAX_REVERSIBLE_BYTES } from '../fact-size.js';
import { clampInto, type LocalDate, type Period, periodOf } from '../local-date.js';
import { MAX_SUM_FEN } from '../money.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseAmount, refuseFuture, refusePersonalData } from '../rules.js';
import { cashMovement, cashOf, refuseNegativeCash } from './cash.js';
import type {
  AccountKind,
  DatedEntry,
  LedgerEntry,
  PostVoucher,
  RecordExpense,
  RecordIncome,
  VoucherLine,
} from './commands.js';
import type { ExpenseRecorded, IncomeRecorded, Posting, VoucherPosted } from './facts.js';
import { periodFor } from './periods.js';
import { type LedgerSetting, monthsOf } from './setting.js';
import { type LedgerYear, nextVoucherNo } from './year.js';

/** A line has at most some 2,200 bytes: a summary of 500 characters and every reference. */
const LINES_ALWAYS_SMALL = 20;

export function recordIncome(command: RecordIncome, year: LedgerYear, beside: LedgerSetting): IncomeRecorded {
  const { roles } = beside.book.chart;
  const account = accountOfKind('income', command.account, beside, 'account');
  const settlement = accountOfKind('incomeSettlement', command.settlement.account, beside, 'settlement.account');
  refuseAmount(command.amountFen, 'amountFen');
  if (command.taxFen !== undefined && command.taxFen !== 0) {
    refuseAmount(command.taxFen, 'taxFen');
    // One line of the voucher holds both.
    refuseAmount(command.amountFen + command.taxFen, 'taxFen');
    if (roles.taxesPayable === undefined) {
      throw new Refusal('ACCOUNT_UNKNOWN', { account: '应交税费', standard: beside.book.chart.id }, 'taxFen');
    }
    postableAccount(roles.taxesPayable, beside.book, 'taxFen');
  }
  refusePersonalReferences(command);
  const income = { ...command, account, settlement: { ...command.settlement, account: settlement } };
  return dated('IncomeRecorded', command, postIncome(income, beside.book.chart), year, beside);
}

export function recordExpense(command: RecordExpense, year: LedgerYear, beside: LedgerSetting): ExpenseRecorded {
  const account = accountOfKind('expense', command.account, beside, 'account');
  const settlement = accountOfKind('expenseSettlement', command.settlement.account, beside, 'settlement.account');
  refuseAmount(command.amountFen, 'amountFen');
  refusePersonalReferences(command);
  const expense = { ...command, account, settlement: { ...command.settlement, account: settlement } };
  return dated('ExpenseRecorded', command, postExpense(expense, beside.book.chart), year, beside);
}

export function postVoucher(command: PostVoucher, year: LedgerYear, beside: LedgerSetting): VoucherPosted {
  if (command.lines.length < 2) throw new Refusal('VOUCHER_EMPTY', { lines: command.lines.length }, 'lines');
  const lines = command.lines.map((line, i) => voucherLine(line, `lines.${i}`, command.summary, beside));
  refuseUnbalanced(lines);
  return dated('VoucherPosted', command, lines, year, beside);
}

function voucherLine(line: VoucherLine, field: string, summary: string, beside: LedgerSetting): Line {
  const { code } = postableAccount(line.account, beside.book, `${field}.account`);
  refuseAmount(line.amountFen, `${field}.amountFen`);
  const { party, grant, project, contract, asset, settles } = line;
  refusePersonalData(prefixed(field, { summary: line.summary, party, grant, project, contract, asset }));
  refuseMissingDimension(code, line, field, beside);
  refuseMissingAsset(code, asset, `${field}.asset`, beside);
  if (settles !== undefined && !beside.knowsVoucher(settles.period, settles.voucherNo)) {
    throw new Refusal('VOUCHER_UNKNOWN', { ...settles }, `${field}.settles`);
  }
  return lineOf({ ...line, account: qualified(beside.book.chart.id, code), summary: line.summary ?? summary });
}

/** A grant's money and an investment are followed one by one, so their lines say which. */
export function refuseMissingDimension(
  code: string,
  line: { grant?: string; party?: string },
  field: string,
  { book: { chart } }: LedgerSetting,
): void {
  if (isUnder(code, chart.roles.needsGrant) && line.grant === undefined) {
    throw new Refusal('DIMENSION_REQUIRED', { account: code, dimension: 'grant' }, `${field}.grant`);
  }
  if (isUnder(code, chart.roles.needsParty) && line.party === undefined) {
    throw new Refusal('DIMENSION_REQUIRED', { account: code, dimension: 'party' }, `${field}.party`);
  }
}

/** So is a fixed asset. Opening balances stand by account alone; their cards say what they are made of. */
function refuseMissingAsset(code: string, asset: string | undefined, field: string, beside: LedgerSetting): void {
  if (!isUnder(code, beside.book.chart.roles.needsAsset)) return;
  if (asset === undefined) throw new Refusal('DIMENSION_REQUIRED', { account: code, dimension: 'asset' }, field);
  if (beside.assets !== undefined) registeredCard(asset, beside.assets, field);
}

/** Puts an entry with a business date of its own into the books of its period. */
export function dated<T extends 'IncomeRecorded' | 'ExpenseRecorded' | 'VoucherPosted'>(
  type: T,
  command: DatedEntry,
  lines: readonly Line[],
  year: LedgerYear,
  beside: LedgerSetting,
  kind: 'ordinary' | 'booking' = 'ordinary',
): FactDraft<T, Posting> {
  const { effectiveOn, summary, sourceDocument, correction, nonRecurring } = command;
  refuseFuture(effectiveOn, beside.today, 'effectiveOn');
  refusePersonalData({ summary, sourceDocument, 'correction.reason': correction?.reason });
  const { period, corrects } = periodFor(effectiveOn, correction, monthsOf(beside));
  refuseBookedDocument(sourceDocument, [year, ...(beside.correctedYears ?? [])], kind);
  const posting: Posting = {
    ...entryHead(command, period, effectiveOn, year, beside),
    kind,
    summary,
    lines,
    ...signatures(command),
    ...(sourceDocument === undefined ? {} : { sourceDocument }),
    ...(nonRecurring === true ? { nonRecurring: true } : {}),
    ...(corrects === undefined ? {} : { corrects }),
    ...originOf(command),
  };
  refuseCashAndOverflow(posting, year, beside);
  refuseIrreversibleSize(type, posting);
  return { type, version: 1, division: beside.book.village, effectiveOn, data: posting };
}

/**
 * A paper is booked once; a late one may have been booked in the year that it belongs to. One invoice may be for several
 * assets, whose cards ask for a voucher each.
 */
function refuseBookedDocument(
  sourceDocument: string | undefined,
  years: readonly LedgerYear[],
  kind: 'ordinary' | 'booking',
): void {
  if (sourceDocument === undefined) return;
  for (const { sourceDocuments, months } of years) {
    const booked = sourceDocuments.get(sourceDocument);
    if (booked === undefined) continue;
    const other = months.get(booked.period)?.notReversible.get(booked.voucherNo) ?? 'ordinary';
    if (kind === 'booking' && other === 'booking') continue;
    throw new Refusal('SOURCE_DOCUMENT_DUPLICATE', { sourceDocument, ...booked }, 'sourceDocument');
  }
}

/** What is too large to be reversed is too large to be posted. */
function refuseIrreversibleSize(type: string, posting: Posting): void {
  if (posting.lines.length <= LINES_ALWAYS_SMALL) return;
  const bytes = Buffer.byteLength(JSON.stringify(posting));
  if (bytes > MAX_REVERSIBLE_BYTES) {
    throw new Refusal('FACT_TOO_LARGE', { type, bytes, limitBytes: MAX_REVERSIBLE_BYTES }, 'lines');
  }
}

/** Book, period, number and the day inside the period by which booked reads filter. */
export function entryHead(
  command: { book: string },
  period: Period,
  effectiveOn: LocalDate,
  year: LedgerYear,
  beside: LedgerSetting,
): Pick<Posting, 'book' | 'period' | 'bookedOn' | 'voucherNo'> {
  const bookedOn = periodOf(effectiveOn) === period ? effectiveOn : clampInto(beside.today, period);
  return { book: command.book, period, bookedOn, voucherNo: nextVoucherNo(year, period) };
}

/** Who prepared and reviewed, never the same person. */
export function signatures(
  command: Pick<LedgerEntry, 'preparedBy' | 'reviewedBy' | 'attachmentCount'>,
): Pick<Posting, 'preparedBy' | 'reviewedBy' | 'attachmentCount'> {
  const { preparedBy, reviewedBy, attachmentCount } = command;
  refusePersonalData({ preparedBy, reviewedBy });
  if (preparedBy === reviewedBy) {
    throw new Refusal('SAME_PERSON', { person: preparedBy, roles: ['preparedBy', 'reviewedBy'] }, 'reviewedBy');
  }
  return { preparedBy, reviewedBy, attachmentCount: attachmentCount ?? 0 };
}

export function refuseCashAndOverflow(posting: Posting, year: LedgerYear, beside: LedgerSetting): void {
  const movementFen = cashMovement(posting.lines);
  if (movementFen < 0) refuseNegativeCash(year, cashOf(beside.carried), posting.bookedOn, movementFen);
  refuseOverflow(posting.lines, year, beside);
}

/**
 * What was carried in and all that moved since, in later years too, stay far below the integers that a sum can lose. The
 * later years count because a year may be posted before the one that it begins with is full.
 */
export function refuseOverflow(
  lines: readonly Pick<Line, 'amountFen'>[],
  year: LedgerYear,
  beside: LedgerSetting,
): void {
  let amountFen = year.turnoverFen;
  for (const later of beside.laterYears ?? []) amountFen += later.turnoverFen;
  for (const line of lines) amountFen += Math.abs(line.amountFen);
  for (const net of beside.carried.values()) amountFen += Math.abs(net);
  if (amountFen > MAX_SUM_FEN) throw new Refusal('AMOUNT_TOO_LARGE', { amountFen, limitFen: MAX_SUM_FEN }, 'amountFen');
}

export function refuseUnbalanced(lines: readonly Line[]): void {
  const { debitFen, creditFen } = totals(lines);
  if (debitFen !== creditFen) throw new Refusal('VOUCHER_UNBALANCED', { debitFen, creditFen }, 'lines');
}

export function accountOfKind(
  wanted: AccountKind,
  text: string,
  { book }: Pick<LedgerSetting, 'book'>,
  field: string,
): string {
  const { code, name } = postableAccount(text, book, field);
  if (!isUnder(code, book.chart.roles[wanted])) {
    throw new Refusal('ACCOUNT_KIND', { account: code, name, wanted }, field);
  }
  return code;
}

function refusePersonalReferences(command: RecordIncome | RecordExpense): void {
  const { project, contract, asset, settlement } = command;
  refusePersonalData({ project, contract, asset, 'settlement.party': settlement.party });
}

function prefixed(prefix: string, texts: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${prefix}.${name}`, text]));
}
