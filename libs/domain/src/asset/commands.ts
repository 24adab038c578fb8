import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
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
  IsReference,
  IsStaffId,
  IsText,
  MayBeLeftOut,
} from '../checks.js';
import { Command } from '../command.js';
import { Settlement } from '../ledger-year/commands.js';
import type { LocalDate, Period } from '../local-date.js';
import {
  areaUnits,
  type AreaUnit,
  assetCategories,
  type AssetCategory,
  type AssetClass,
  assetClasses,
  type AssetSource,
  assetSources,
  disposalKinds,
  type DisposalKind,
  statedUses,
} from './kinds.js';

/** A hundred years: nothing that a village owns is depreciated for longer. */
const MAX_LIFE_MONTHS = 1200;

export class Area {
  @IsInt() @Min(1) @Max(1_000_000_000_000) quantity!: number;
  @IsIn(Object.keys(areaUnits)) unit!: AreaUnit;
}

/** What lies around it (四至). */
export class Boundaries {
  @IsText() east!: string;
  @IsText() south!: string;
  @IsText() west!: string;
  @IsText() north!: string;
}

/** What the voucher of an asset's money says beside the lines, which follow from the card. */
export abstract class AssetVoucher extends Command {
  @IsStaffId() preparedBy!: string;
  @IsStaffId() reviewedBy!: string;
  @MayBeLeftOut() @IsInt() @Min(0) @Max(9999) attachmentCount?: number;
  @IsText() summary!: string;
  @MayBeLeftOut() @IsString() @MaxLength(64) @Matches(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u) sourceDocument?: string;
}

/** How the cost of a new asset is booked. */
export class Acquisition {
  @IsOneObject() @ValidateNested() @Type(() => Settlement) settlement!: Settlement;
  @IsStaffId() preparedBy!: string;
  @IsStaffId() reviewedBy!: string;
  @MayBeLeftOut() @IsInt() @Min(0) @Max(9999) attachmentCount?: number;
  @IsText() summary!: string;
  @MayBeLeftOut() @IsString() @MaxLength(64) @Matches(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u) sourceDocument?: string;
}

/** An asset that the book began with: its cost stands in the opening balances, so nothing is posted. */
export class AssetOpening {
  /** What had been depreciated before the book's first month. */
  @IsFen() accumulatedDepreciationFen!: number;
}

export class RegisterAsset extends Command {
  /** From the path. */
  book!: string;
  @IsText() name!: string;
  @IsIn(Object.keys(assetClasses)) class!: AssetClass;
  @IsIn(Object.keys(assetCategories)) category!: AssetCategory;
  @MayBeLeftOut() @IsText() specification?: string;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => Area) area?: Area;
  @MayBeLeftOut() @IsText() location?: string;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => Boundaries) boundaries?: Boundaries;
  /** The number of its right certificate (不动产权证号、林权证号). */
  @MayBeLeftOut() @IsText() certificate?: string;
  @IsIn(Object.keys(assetSources)) source!: AssetSource;
  @MayBeLeftOut() @IsStaffId() custodian?: string;
  @MayBeLeftOut() @IsIn(statedUses) useStatus?: (typeof statedUses)[number];
  /** `effectiveOn` when left out. */
  @MayBeLeftOut() @IsLocalDate() inServiceOn?: LocalDate;
  @MayBeLeftOut() @IsFen() costFen?: number;
  /** Zero when left out. */
  @MayBeLeftOut() @IsFen() residualFen?: number;
  /** The whole useful life; left out for what is not depreciated. */
  @MayBeLeftOut() @IsInt() @Min(1) @Max(MAX_LIFE_MONTHS) lifeMonths?: number;
  /** Where its depreciation is charged; a run names the account of those that say none. */
  @MayBeLeftOut() @IsAccountCode() depreciationAccount?: string;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => Acquisition) acquisition?: Acquisition;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => AssetOpening) opening?: AssetOpening;
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** Something becomes part of the asset and of its cost; repairs are an expense. */
export class ImproveAsset extends AssetVoucher {
  /** From the path. */
  asset!: string;
  @IsFen() amountFen!: number;
  /** The whole life, counted from its service, where the improvement changes it. */
  @MayBeLeftOut() @IsInt() @Min(1) @Max(MAX_LIFE_MONTHS) lifeMonths?: number;
  @IsOneObject() @ValidateNested() @Type(() => Settlement) settlement!: Settlement;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export class RevalueAsset extends AssetVoucher {
  /** From the path. */
  asset!: string;
  /** What its cost is from now on. */
  @IsFen() costFen!: number;
  @MayBeLeftOut() @IsFen() residualFen?: number;
  @MayBeLeftOut() @IsInt() @Min(1) @Max(MAX_LIFE_MONTHS) lifeMonths?: number;
  @IsText() reason!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export class ChangeAssetUse extends Command {
  /** From the path. */
  asset!: string;
  @IsIn(statedUses) useStatus!: (typeof statedUses)[number];
  @MayBeLeftOut() @IsStaffId() custodian?: string;
  @MayBeLeftOut() @IsText() reason?: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export class MarkAssetIdle extends Command {
  /** From the path. */
  asset!: string;
  /** Since when nobody uses it; `effectiveOn` is when that was found. */
  @IsLocalDate() since!: LocalDate;
  @IsText() reason!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** An idle asset is used again, for a project (闲置盘活). */
export class ActivateAsset extends Command {
  /** From the path. */
  asset!: string;
  @IsReference() project!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** Money that a disposal brings or takes. */
export class DisposalMoney {
  @IsFen() amountFen!: number;
  @IsOneObject() @ValidateNested() @Type(() => Settlement) settlement!: Settlement;
}

export class DisposeAsset extends AssetVoucher {
  /** From the path. */
  asset!: string;
  @IsIn(Object.keys(disposalKinds)) kind!: DisposalKind;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => DisposalMoney) proceeds?: DisposalMoney;
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => DisposalMoney) costs?: DisposalMoney;
  @IsText() reason!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

/** Another account where a refused posting names one that the book cannot take. */
export class OtherAccount {
  @IsAccountCode() insteadOf!: string;
  @IsAccountCode() account!: string;
  @MayBeLeftOut() @IsReference() party?: string;
}

/** Who prepares and reviews what a retry changes: those who signed before have not seen it. */
export class RetrySignatures {
  @IsStaffId() preparedBy!: string;
  @IsStaffId() reviewedBy!: string;
}

/** Asks once more for what the book refused to post. */
export class RetryAssetPosting extends Command {
  /** From the path. */
  asset!: string;
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique((other: OtherAccount | null | undefined) => other?.insteadOf)
  @IsOneObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OtherAccount)
  accounts?: OtherAccount[];
  /** What was set right meanwhile. */
  @MayBeLeftOut() @IsText() reason?: string;
  /** The names under which it is posted from now on; those of the refused posting when left out. */
  @MayBeLeftOut() @IsOneObject() @ValidateNested() @Type(() => RetrySignatures) signed?: RetrySignatures;
}

/** What became of a posting that a fact asked for; the ledger tells it by itself, no client can. */
export class RecordAssetPosted extends Command {
  asset!: string;
  /** The id of the fact that asked. */
  askedBy!: string;
  effectiveOn!: LocalDate;
  period!: Period;
  voucherNo!: number;
}

export class RecordAssetPostingRefused extends Command {
  asset!: string;
  askedBy!: string;
  effectiveOn!: LocalDate;
  code!: string;
}

export type PostingOutcome = RecordAssetPosted | RecordAssetPostingRefused;
export type CardCommand = ImproveAsset | RevalueAsset | ChangeAssetUse | MarkAssetIdle | ActivateAsset | DisposeAsset;
export type AssetCommand = RegisterAsset | CardCommand | RetryAssetPosting | PostingOutcome;
