import type { Line } from '@ledger/accounting';
import type { Origin } from '../command.js';
import type { FactDraft } from '../fact.js';
import type { LocalDate, Period } from '../local-date.js';
import type { AreaUnit, AssetCategory, AssetClass, AssetSource, DisposalKind, UseStatus } from './kinds.js';

/** What the books are to say of it, fixed when it was decided. Money itself stands in the ledger year of the book. */
export interface AssetPosting {
  readonly summary: string;
  readonly lines: readonly Line[];
  readonly preparedBy: string;
  readonly reviewedBy: string;
  readonly attachmentCount: number;
  readonly sourceDocument?: string;
}

interface OfAsset {
  readonly book: string;
  readonly asset: string;
  readonly origin?: Origin;
}

export interface AssetCardData extends OfAsset {
  readonly name: string;
  readonly class: AssetClass;
  readonly category: AssetCategory;
  readonly specification?: string;
  readonly area?: { readonly quantity: number; readonly unit: AreaUnit };
  readonly location?: string;
  readonly boundaries?: {
    readonly east: string;
    readonly south: string;
    readonly west: string;
    readonly north: string;
  };
  readonly certificate?: string;
  readonly source: AssetSource;
  readonly custodian?: string;
  readonly useStatus: UseStatus;
  /** Absent for resources, as all that is about value. */
  readonly inServiceOn?: LocalDate;
  readonly costFen?: number;
  readonly residualFen?: number;
  readonly lifeMonths?: number;
  readonly method?: 'straight-line';
  /** `chart:code` */
  readonly depreciationAccount?: string;
  /** The book began with it: what was depreciated before `period`, the book's first month. */
  readonly opening?: { readonly period: Period; readonly accumulatedDepreciationFen: number };
  readonly posting?: AssetPosting;
}

export type AssetRegistered = FactDraft<'AssetRegistered', AssetCardData>;
export type AssetImproved = FactDraft<
  'AssetImproved',
  OfAsset & { readonly amountFen: number; readonly lifeMonths?: number; readonly posting: AssetPosting }
>;
export type AssetRevalued = FactDraft<
  'AssetRevalued',
  OfAsset & {
    /** The cost that was found; `differenceFen` is what that changes, negative where it is written down. */
    readonly costFen: number;
    readonly differenceFen: number;
    readonly residualFen?: number;
    readonly lifeMonths?: number;
    readonly reason: string;
    readonly posting?: AssetPosting;
  }
>;
export type AssetUseChanged = FactDraft<
  'AssetUseChanged',
  OfAsset & { readonly useStatus: UseStatus; readonly custodian?: string; readonly reason?: string }
>;
export type AssetMarkedIdle = FactDraft<
  'AssetMarkedIdle',
  OfAsset & { readonly since: LocalDate; readonly reason: string }
>;
export type AssetActivated = FactDraft<'AssetActivated', OfAsset & { readonly project: string }>;
export type AssetDisposed = FactDraft<
  'AssetDisposed',
  OfAsset & {
    readonly kind: DisposalKind;
    readonly reason: string;
    readonly costFen: number;
    /** By the card, the month of the disposal included, whether its run is booked yet or not. */
    readonly accumulatedDepreciationFen: number;
    readonly proceedsFen: number;
    readonly costsFen: number;
    /** Negative for a loss. */
    readonly gainFen: number;
    readonly posting?: AssetPosting;
  }
>;

/** The voucher that a book made of a posting; `askedBy` is the fact that had asked for it first. */
export type AssetPosted = FactDraft<
  'AssetPosted',
  OfAsset & { readonly askedBy: string; readonly period: Period; readonly voucherNo: number }
>;
/** Refused by the rules of the book; listed until somebody asks again. */
export type AssetPostingRefused = FactDraft<
  'AssetPostingRefused',
  OfAsset & { readonly askedBy: string; readonly code: string }
>;
export type AssetPostingRetried = FactDraft<
  'AssetPostingRetried',
  OfAsset & { readonly askedBy: string; readonly posting: AssetPosting; readonly reason?: string }
>;

export type AssetFact =
  | AssetRegistered
  | AssetImproved
  | AssetRevalued
  | AssetUseChanged
  | AssetMarkedIdle
  | AssetActivated
  | AssetDisposed
  | AssetPosted
  | AssetPostingRefused
  | AssetPostingRetried;
