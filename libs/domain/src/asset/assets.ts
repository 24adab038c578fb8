import { accumulatedFen, type AssetValue, changedValue, type ValueChange } from '@ledger/accounting';
import type { Fact, FactDraft } from '../fact.js';
import { type LocalDate, type Period, periodOf, previousPeriod } from '../local-date.js';
import { Refusal } from '../refusal.js';
import type { Origin } from '../command.js';
import type { AssetFact, AssetPosting } from './facts.js';
import type { AssetCategory, AssetClass, DisposalKind, UseStatus } from './kinds.js';

export interface DatedChange {
  readonly effectiveOn: LocalDate;
  readonly change: ValueChange;
}

interface DatedUse {
  readonly effectiveOn: LocalDate;
  readonly useStatus: UseStatus;
  readonly since?: LocalDate;
}

export interface AssetCard {
  readonly asset: string;
  readonly name: string;
  readonly class: AssetClass;
  readonly category: AssetCategory;
  readonly registeredOn: LocalDate;
  readonly depreciationAccount?: string;
  /** In the order of the business dates; none for a resource. `values[i]` is what `changes[i]` leaves. */
  changes: readonly DatedChange[];
  values: readonly AssetValue[];
  uses: readonly DatedUse[];
  /** The latest business date of anything said of it. */
  lastChangedOn: LocalDate;
  disposed?: { readonly on: LocalDate; readonly kind: DisposalKind };
}

/** A posting that a fact asks for and no voucher is known of yet. */
export interface OpenPosting {
  readonly asset: string;
  /** The type of the fact that asked: what its lines may stand on. */
  readonly type: AssetFact['type'];
  readonly effectiveOn: LocalDate;
  /** As it was asked for last: a retry may name other accounts. */
  posting: AssetPosting;
  readonly origin?: Origin;
  /** Why the book refused it, where it did. */
  refused?: string;
}

/** All assets of one book: their numbers have no gaps, and a depreciation run must know every one of them. */
export interface Assets {
  readonly cards: Map<string, AssetCard>;
  /** By the id of the fact that asked. */
  readonly openPostings: Map<string, OpenPosting>;
}

export const assetStream = (book: string): string => `assets-${book}`;

export function emptyAssets(): Assets {
  return { cards: new Map(), openPostings: new Map() };
}

export function nextAsset(book: string, assets: Assets): string {
  return `${book}-${assets.cards.size + 1}`;
}

/** The book that an asset's id names, or a refusal: an id without one is of no asset. */
export function bookOfAsset(asset: string): string {
  const [, book] = /^(.+)-[1-9]\d{0,5}$/.exec(asset) ?? [];
  if (book === undefined) throw new Refusal('ASSET_UNKNOWN', { asset }, 'asset');
  return book;
}

/** The number of an asset in its book. */
export function assetNumber(asset: string): number {
  return Number(asset.slice(asset.lastIndexOf('-') + 1));
}

export function registeredCard(asset: string, assets: Assets, field = 'asset'): AssetCard {
  const card = assets.cards.get(asset);
  if (card === undefined) throw new Refusal('ASSET_UNKNOWN', { asset }, field);
  return card;
}

/** What is depreciated by the end of a month by the card. */
export function accumulatedOf({ values, disposed }: AssetCard, month: Period): number {
  const until = disposed !== undefined && periodOf(disposed.on) < month ? periodOf(disposed.on) : month;
  const value = values.findLast(({ schedule }) => schedule.after <= until) ?? values[0];
  return value === undefined ? 0 : accumulatedFen(value.schedule, until);
}

/** A month's depreciation by the card. */
export function depreciationOf(card: AssetCard, month: Period): number {
  return accumulatedOf(card, month) - accumulatedOf(card, previousPeriod(month));
}

/** The value on a day; that of the registration before it. */
export function valueOn({ changes, values }: AssetCard, day: LocalDate): AssetValue | undefined {
  const at = changes.findLastIndex(({ effectiveOn }) => effectiveOn <= day);
  return values[Math.max(0, at)];
}

export function useOn({ uses }: AssetCard, day: LocalDate): DatedUse | undefined {
  return uses.findLast(({ effectiveOn }) => effectiveOn <= day) ?? uses[0];
}

/** The values after every change, one more in its place among the dates. */
export function valuesWith(changes: readonly DatedChange[], more: DatedChange): Pick<AssetCard, 'changes' | 'values'> {
  const all = inserted(changes, more);
  const values: AssetValue[] = [];
  for (const { change } of all) values.push(changedValue(values.at(-1), change));
  return { changes: all, values };
}

function inserted<T extends { effectiveOn: LocalDate }>(dated: readonly T[], more: T): T[] {
  const at = dated.findLastIndex(({ effectiveOn }) => effectiveOn <= more.effectiveOn) + 1;
  return dated.toSpliced(at, 0, more);
}

/** What a fact does to the value of an asset, or undefined. */
export function valueChangeOf({ effectiveOn, ...fact }: AssetFact): DatedChange | undefined {
  switch (fact.type) {
    case 'AssetRegistered': {
      const { inServiceOn, costFen = 0, residualFen = 0, lifeMonths, opening } = fact.data;
      if (inServiceOn === undefined) return undefined;
      const begun = opening && {
        opening: { accumulatedFen: opening.accumulatedDepreciationFen, startPeriod: opening.period },
      };
      const value = { costFen, residualFen, inService: periodOf(inServiceOn), lifeMonths };
      return { effectiveOn, change: { kind: 'registered', ...value, ...begun } };
    }
    case 'AssetImproved': {
      const { amountFen: differenceFen, lifeMonths } = fact.data;
      return { effectiveOn, change: { kind: 'restated', month: periodOf(effectiveOn), differenceFen, lifeMonths } };
    }
    case 'AssetRevalued': {
      const { differenceFen, residualFen, lifeMonths } = fact.data;
      const restated = { month: periodOf(effectiveOn), differenceFen, residualFen, lifeMonths };
      return { effectiveOn, change: { kind: 'restated', ...restated } };
    }
    default:
      return undefined;
  }
}

export function evolveAssets(assets: Assets, fact: Fact): Assets {
  const stated = fact as unknown as AssetFact;
  const { effectiveOn } = fact;
  applyPosting(assets, stated, fact);
  if (stated.type === 'AssetRegistered') {
    const { asset, name, class: assetClass, category, depreciationAccount, useStatus } = stated.data;
    assets.cards.set(asset, {
      asset,
      name,
      class: assetClass,
      category,
      registeredOn: effectiveOn,
      depreciationAccount,
      changes: [],
      values: [],
      uses: [{ effectiveOn, useStatus }],
      lastChangedOn: effectiveOn,
    });
  }
  const card = assets.cards.get((stated as FactDraft<string, { asset: string }>).data.asset);
  if (card === undefined) return assets;
  if (effectiveOn > card.lastChangedOn) card.lastChangedOn = effectiveOn;
  const change = valueChangeOf(stated);
  if (change !== undefined) Object.assign(card, valuesWith(card.changes, change));
  const use = useOf(stated);
  if (use !== undefined) card.uses = inserted(card.uses, { effectiveOn, ...use });
  if (stated.type === 'AssetDisposed') card.disposed = { on: effectiveOn, kind: stated.data.kind };
  return assets;
}

function applyPosting({ openPostings }: Assets, { type, data }: AssetFact, { id, effectiveOn }: Fact): void {
  if (type === 'AssetPosted') openPostings.delete(data.askedBy);
  else if (type === 'AssetPostingRefused' || type === 'AssetPostingRetried') {
    const open = openPostings.get(data.askedBy);
    if (open === undefined) return;
    open.refused = type === 'AssetPostingRefused' ? data.code : undefined;
    if (type === 'AssetPostingRetried') open.posting = data.posting;
  } else if ('posting' in data && data.posting !== undefined) {
    const { asset, posting, origin } = data;
    openPostings.set(id, { asset, type, effectiveOn, posting, origin });
  }
}

function useOf(fact: AssetFact): Omit<DatedUse, 'effectiveOn'> | undefined {
  if (fact.type === 'AssetUseChanged') return { useStatus: fact.data.useStatus };
  if (fact.type === 'AssetMarkedIdle') return { useStatus: 'IDLE', since: fact.data.since };
  if (fact.type === 'AssetActivated') return { useStatus: 'IN_USE' };
  return undefined;
}
