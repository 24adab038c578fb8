import type { ChartId, Line, Side } from '@ledger/accounting';
import type { Origin } from '../command.js';
import type { FactDraft } from '../fact.js';
import type { LocalDate, Period } from '../local-date.js';

/** Numbers run without gaps per month; there is one word, 记, so `记-12` of a period is its voucher 12. */
export interface VoucherRef {
  readonly period: Period;
  readonly voucherNo: number;
}

/** A `booking` was asked for by another stream, such as a joint project's. */
export type VoucherKind = 'ordinary' | 'reversal' | 'closing' | 'booking';

/** What every posting carries, whatever made it. */
export interface Posting {
  readonly book: string;
  readonly period: Period;
  readonly bookedOn: LocalDate;
  readonly voucherNo: number;
  readonly kind: VoucherKind;
  readonly summary: string;
  readonly lines: readonly Line[];
  readonly preparedBy: string;
  readonly reviewedBy: string;
  readonly attachmentCount: number;
  readonly sourceDocument?: string;
  readonly nonRecurring?: boolean;
  /** Set when the entry belongs to a closed month and stands in a later one. */
  readonly corrects?: { readonly period: Period; readonly reason: string };
  readonly reverses?: VoucherRef;
  /** Of a voucher too large for one fact: which part this is, and what each side of the whole comes to. */
  readonly part?: number;
  readonly of?: number;
  readonly totalFen?: number;
  readonly origin?: Origin;
}

export interface OpeningBalance {
  readonly account: string;
  readonly side: Side;
  readonly amountFen: number;
  readonly party?: string;
  readonly grant?: string;
  readonly yearToDateDebitFen?: number;
  readonly yearToDateCreditFen?: number;
}

export interface Balance {
  readonly account: string;
  readonly side: Side;
  readonly amountFen: number;
}

export interface OpeningBalances {
  readonly book: string;
  /** The book's start; the balances are those before its first day. */
  readonly period: Period;
  readonly part: number;
  readonly of: number;
  readonly lines: readonly OpeningBalance[];
  readonly preparedBy: string;
  readonly reviewedBy: string;
  readonly attachmentCount: number;
  readonly origin?: Origin;
}

/** What one account of the old standard hands on to one of the new, on the side on which it stands. */
export interface CarriedBalance {
  readonly from: string;
  readonly to: string;
  readonly side: Side;
  readonly amountFen: number;
  readonly party?: string;
  readonly grant?: string;
}

export interface StandardConversion {
  readonly book: string;
  /** The first month under the new standard; the balances are those before its first day. */
  readonly period: Period;
  readonly previousStandard: ChartId;
  readonly standard: ChartId;
  readonly part: number;
  readonly of: number;
  readonly lines: readonly CarriedBalance[];
  readonly preparedBy: string;
  readonly reviewedBy: string;
  readonly attachmentCount: number;
  readonly origin?: Origin;
}

export interface PeriodClose {
  readonly book: string;
  readonly period: Period;
  readonly closedBy: string;
  readonly vouchers: number;
  /** SHA-256 (hex) over the leaf hashes of the period's facts recorded before this close, in revision order. */
  readonly ledgerHash: string;
  readonly balances: readonly Balance[];
  readonly origin?: Origin;
}

export interface YearClose {
  readonly book: string;
  readonly year: number;
  readonly closedBy: string;
  /** What the next year begins with. */
  readonly balances: readonly Balance[];
  readonly origin?: Origin;
}

export type IncomeRecorded = FactDraft<'IncomeRecorded', Posting>;
export type ExpenseRecorded = FactDraft<'ExpenseRecorded', Posting>;
export type VoucherPosted = FactDraft<'VoucherPosted', Posting>;
export type VoucherReversed = FactDraft<'VoucherReversed', Posting>;
/** A month's depreciation, for the month of its `effectiveOn`; each line on the depreciation account names its asset. */
export type DepreciationRecorded = FactDraft<'DepreciationRecorded', Posting>;
export type PostingFact = IncomeRecorded | ExpenseRecorded | VoucherPosted | VoucherReversed | DepreciationRecorded;
export type OpeningBalancesRecorded = FactDraft<'OpeningBalancesRecorded', OpeningBalances>;
/** The first fact of its year, in parts when it is large. It is no posting: nothing is earned, spent or paid. */
export type StandardConverted = FactDraft<'StandardConverted', StandardConversion>;
export type PeriodClosed = FactDraft<'PeriodClosed', PeriodClose>;
export type YearClosed = FactDraft<'YearClosed', YearClose>;
export type LedgerFact = PostingFact | OpeningBalancesRecorded | StandardConverted | PeriodClosed | YearClosed;
