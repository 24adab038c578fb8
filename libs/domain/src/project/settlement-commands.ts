import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsString, MaxLength, ValidateNested } from 'class-validator';
import { IsAccountCode, IsFen, IsOneObject, IsStaffId, IsText, MayBeLeftOut } from '../checks.js';
import { Command } from '../command.js';
import { Settlement } from '../ledger-year/commands.js';
import type { Period } from '../local-date.js';
import { DatedProjectCommand } from './commands.js';

export class StatedShare {
  @IsString() @MaxLength(18) village!: string;
  @IsFen() amountFen!: number;
}

/** Shares out a month's income of a joint project; `effectiveOn` is the day on which it is recognised. */
export class SettleIncome extends DatedProjectCommand {
  @IsFen() amountFen!: number;
  /** The income account of the villages' books. */
  @IsAccountCode() account!: string;
  /** Where the villages' money is: in the bank, or still to be received. */
  @IsOneObject() @ValidateNested() @Type(() => Settlement) settlement!: Settlement;
  @IsText() summary!: string;
  @IsStaffId() preparedBy!: string;
  @IsStaffId() reviewedBy!: string;
  /** What the sender has worked out, to be checked against what the scheme gives. */
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique((share: StatedShare | null | undefined) => share?.village)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StatedShare)
  shares?: StatedShare[];
}

/** Another amount for a month that was settled; the villages book the differences. */
export class AdjustSettlement extends Command {
  /** From the path. */
  project!: string;
  period!: Period;
  @IsFen() amountFen!: number;
  @IsText() reason!: string;
  @IsStaffId() preparedBy!: string;
  @IsStaffId() reviewedBy!: string;
}

/** Books a refused share after all, now that its reason is gone. */
export class RetryShare extends Command {
  /** From the path. */
  project!: string;
  allocationNo!: number;
  village!: string;
  /** The credit code of the legal person in whose book it is to stand, where it was missing or wrong. */
  @MayBeLeftOut() @IsString() @MaxLength(32) organization?: string;
  /** Other accounts than those of the settlement, where the village's book can't take them. */
  @MayBeLeftOut() @IsAccountCode() account?: string;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => Settlement) settlement?: Settlement;
}

/** What became of a share. The ledger tells it to itself; no client can send it. */
export class TellShareBooked extends Command {
  project!: string;
  allocationNo!: number;
  village!: string;
  book!: string;
  period!: Period;
  voucherNo!: number;
}

export class TellShareRefused extends Command {
  project!: string;
  allocationNo!: number;
  village!: string;
  code!: string;
  messageZh!: string;
  messageEn!: string;
}

export type SettlementCommand = SettleIncome | AdjustSettlement | RetryShare | TellShareBooked | TellShareRefused;
