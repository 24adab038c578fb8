import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { IsFen, IsLocalDate, IsOneObject, IsReference, IsText, MayBeLeftOut } from '../checks.js';
import { Command } from '../command.js';
import type { LocalDate } from '../local-date.js';
import { DatedProjectCommand } from './commands.js';

/** Ten thousand tonnes at once, and counts of a hundred million, are typing errors; sums of less stay exact. */
const MAX_GRAMS = 10_000_000_000;
const MAX_COUNT = 100_000_000;

export class RecordSale extends DatedProjectCommand {
  @IsText() product!: string;
  /** Left out for what is not weighed. */
  @MayBeLeftOut() @IsInt() @Min(1) @Max(MAX_GRAMS) quantityGrams?: number;
  @IsFen() amountFen!: number;
  @IsString() @MaxLength(64) channel!: string;
}

export class CountVisitors extends Command {
  /** From the path. */
  project!: string;
  @IsLocalDate() from!: LocalDate;
  /** The last day that was counted; the count stands from then on. */
  @IsLocalDate() to!: LocalDate;
  @IsInt() @Min(0) @Max(MAX_COUNT) count!: number;
  @IsString() @MaxLength(64) source!: string;
}

export class EnrolHousehold extends DatedProjectCommand {
  @IsString() @MaxLength(64) household!: string;
  @IsString() @MaxLength(64) role!: string;
  @MayBeLeftOut() @IsReference() contract?: string;
}

export class WithdrawHousehold extends DatedProjectCommand {
  /** From the path. */
  household!: string;
  @IsText() reason!: string;
}

export class RecordJob extends DatedProjectCommand {
  /** A pseudonym. */
  @IsReference() worker!: string;
  @IsString() @MaxLength(64) kind!: string;
  @MayBeLeftOut() @IsString() @MaxLength(64) household?: string;
  /** Which village counts it; the household's, else the lead village, when left out. */
  @MayBeLeftOut() @IsString() @MaxLength(18) village?: string;
  /** The first day without it, where it is over already. */
  @MayBeLeftOut() @IsLocalDate() endedOn?: LocalDate;
}

export class EndJob extends DatedProjectCommand {
  /** From the path. */
  no!: number;
}

export class GainPopulation {
  @IsString() @MaxLength(64) of!: string;
  @IsInt() @Min(1) @Max(MAX_COUNT) count!: number;
}

export class RecordGain extends DatedProjectCommand {
  @IsInt() @Min(1950) @Max(9999) year!: number;
  /** Of the whole population together. */
  @IsFen() amountFen!: number;
  @IsString() @MaxLength(64) method!: string;
  @IsOneObject() @ValidateNested() @Type(() => GainPopulation) population!: GainPopulation;
  @MayBeLeftOut() @IsString() @MaxLength(64) household?: string;
  /** Whose population it is; that of the whole project when left out. */
  @MayBeLeftOut() @IsString() @MaxLength(18) village?: string;
}

/** Takes back what should not have been recorded, as if it had never been; what is right is recorded anew. */
export abstract class RecordWithdrawal extends Command {
  /** From the path. */
  project!: string;
  no!: number;
  @IsText() reason!: string;
}

export class WithdrawSale extends RecordWithdrawal {}
export class WithdrawVisitorCount extends RecordWithdrawal {}
export class WithdrawJob extends RecordWithdrawal {}
export class WithdrawGain extends RecordWithdrawal {}

export type RecordCommand =
  | RecordSale
  | CountVisitors
  | EnrolHousehold
  | WithdrawHousehold
  | RecordJob
  | EndJob
  | RecordGain
  | WithdrawSale
  | WithdrawVisitorCount
  | WithdrawJob
  | WithdrawGain;
