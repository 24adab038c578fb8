import type { Line, Side } from '@ledger/accounting';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  IsAccountCode,
  IsFen,
  IsLocalDate,
  IsOneObject,
  IsPeriod,
  IsReference,
  IsStaffId,
  IsText,
  MayBeLeftOut,
} from '../checks.js';
import { Command } from '../command.js';
import type { LocalDate, Period } from '../local-date.js';

/** Why something is booked in an open month that belongs to a closed one. */
export class Correction {
  @IsText() reason!: string;
}

export class Settlement {
  @IsAccountCode() account!: string;
  @MayBeLeftOut() @IsReference() party?: string;
}

export class SettledIncome {
  @IsPeriod() period!: Period;
  @IsInt() @Min(1) @Max(99_999) voucherNo!: number;
}

/** What every entry names, however it comes to be posted. */
export abstract class LedgerEntry extends Command {
  /** From the path. */
  book!: string;
  @IsStaffId() preparedBy!: string;
  @IsStaffId() reviewedBy!: string;
  /** How many paper sheets are attached to the voucher (附件张数). */
  @MayBeLeftOut() @IsInt() @Min(0) @Max(9999) attachmentCount?: number;
}

export abstract class DatedEntry extends LedgerEntry {
  @IsLocalDate() effectiveOn!: LocalDate;
  @IsText() summary!: string;
  @MayBeLeftOut() @IsString() @MaxLength(64) @Matches(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u) sourceDocument?: string;
  @MayBeLeftOut() @IsBoolean() nonRecurring?: boolean;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => Correction) correction?: Correction;
}

export class RecordIncome extends DatedEntry {
  @IsAccountCode() account!: string;
  /** Without tax. */
  @IsFen() amountFen!: number;
  @MayBeLeftOut() @IsFen() taxFen?: number;
  @IsOneObject() @ValidateNested() @Type(() => Settlement) settlement!: Settlement;
  @MayBeLeftOut() @IsReference() project?: string;
  @MayBeLeftOut() @IsReference() contract?: string;
  @MayBeLeftOut() @IsReference() asset?: string;
}

export class RecordExpense extends DatedEntry {
  @IsAccountCode() account!: string;
  @IsFen() amountFen!: number;
  @IsOneObject() @ValidateNested() @Type(() => Settlement) settlement!: Settlement;
  @MayBeLeftOut() @IsReference() project?: string;
  @MayBeLeftOut() @IsReference() contract?: string;
  @MayBeLeftOut() @IsReference() asset?: string;
}

export class VoucherLine {
  @IsAccountCode() account!: string;
  @IsIn(['debit', 'credit']) side!: Side;
  @IsFen() amountFen!: number;
  /** The voucher's summary where a line has none of its own. */
  @MayBeLeftOut() @IsText() summary?: string;
  @MayBeLeftOut() @IsReference() project?: string;
  @MayBeLeftOut() @IsReference() party?: string;
  @MayBeLeftOut() @IsReference() contract?: string;
  @MayBeLeftOut() @IsReference() grant?: string;
  @MayBeLeftOut() @IsReference() asset?: string;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => SettledIncome) settles?: SettledIncome;
}

export class PostVoucher extends DatedEntry {
  @IsArray()
  @ArrayMaxSize(1000)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => VoucherLine)
  lines!: VoucherLine[];
}

/** A line as another stream asks for it: the account without its chart, a negative amount for red letters. */
export interface BookingLine extends Omit<Line, 'summary'> {
  /** What the account must be in the book's own chart: a number means another account in another chart. */
  readonly wanted?: AccountKind;
}

export type AccountKind =
  'income' | 'expense' | 'incomeSettlement' | 'expenseSettlement' | 'assetSettlement' | 'depreciationCharge';

/**
 * What another stream has decided and a book is to hold, such as a village's share of a joint project. No client can send
 * it. Only the stream that asked takes it back, by asking for the difference, so it can't be reversed.
 */
export class BookPosting extends LedgerEntry {
  effectiveOn!: LocalDate;
  summary!: string;
  lines!: readonly BookingLine[];
  sourceDocument?: string;
}

/** A month's depreciation of all assets of the book that have none for it yet. */
export class RunDepreciation extends LedgerEntry {
  @IsPeriod() period!: Period;
  /** Where the depreciation of assets is charged whose card names no account. */
  @IsAccountCode() account!: string;
  @MayBeLeftOut() @IsText() summary?: string;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => Correction) correction?: Correction;
}

export class ReverseVoucher extends LedgerEntry {
  /** From the path. */
  period!: Period;
  voucherNo!: number;
  @IsText() reason!: string;
}

export class OpeningLine {
  @IsAccountCode() account!: string;
  @IsIn(['debit', 'credit']) side!: Side;
  /** Zero where an account has turnover in the year but no balance. */
  @IsFen() amountFen!: number;
  @MayBeLeftOut() @IsReference() party?: string;
  @MayBeLeftOut() @IsReference() grant?: string;
  @MayBeLeftOut() @IsFen() yearToDateDebitFen?: number;
  @MayBeLeftOut() @IsFen() yearToDateCreditFen?: number;
}

export class RecordOpeningBalances extends LedgerEntry {
  @IsArray()
  @ArrayMaxSize(5000)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OpeningLine)
  lines!: OpeningLine[];
}

export class ClosePeriod extends Command {
  /** From the path. */
  book!: string;
  period!: Period;
  @IsStaffId() closedBy!: string;
}

export class AppropriationLine {
  @IsAccountCode() account!: string;
  @IsFen() amountFen!: number;
  @IsText() summary!: string;
  @MayBeLeftOut() @IsReference() party?: string;
}

export class CloseYear extends LedgerEntry {
  /** From the path. */
  year!: number;
  @IsStaffId() closedBy!: string;
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(100)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AppropriationLine)
  appropriations?: AppropriationLine[];
}

/** Where what an account of the old standard holds goes on, or part of it. */
export class BalanceAllocation {
  @IsAccountCode() account!: string;
  /** Whose or which part of the balance, where the account is told apart by them. */
  @MayBeLeftOut() @IsReference() party?: string;
  @MayBeLeftOut() @IsReference() grant?: string;
  /** The account of the new standard. */
  @IsAccountCode() to!: string;
  /** On the side on which the balance stands. */
  @IsFen() amountFen!: number;
}

/** Moves the book to the standard that follows its own, once the last year under that is closed. */
export class ConvertStandard extends LedgerEntry {
  /** The first month under the new standard. */
  @IsPeriod() from!: Period;
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(5000)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BalanceAllocation)
  allocations?: BalanceAllocation[];
}

export type PostingCommand = RecordIncome | RecordExpense | PostVoucher;
export type LedgerCommand =
  | PostingCommand
  | BookPosting
  | RunDepreciation
  | ReverseVoucher
  | RecordOpeningBalances
  | ConvertStandard
  | ClosePeriod
  | CloseYear;
