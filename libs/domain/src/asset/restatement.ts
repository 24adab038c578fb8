import { type AssetValue, monthsBetween, postAcquisition, postRevaluation } from '@ledger/accounting';
import { accountOfKind } from '../ledger-year/posting.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseAmount, refusePersonalData } from '../rules.js';
import { type AssetCard, valueChangeOf, valueOn, valuesWith } from './assets.js';
import type { ImproveAsset, RevalueAsset } from './commands.js';
import type { AssetFact, AssetImproved, AssetRevalued } from './facts.js';
import { assetPosting, refuseBeforeBook } from './posting.js';
import type { AssetSetting } from './setting.js';

export function improveAsset(command: ImproveAsset, card: AssetCard, beside: AssetSetting): AssetImproved {
  const { asset, amountFen, lifeMonths, settlement, summary, effectiveOn } = command;
  refuseBeforeBook(effectiveOn, beside);
  refuseAmount(amountFen, 'amountFen');
  refuseResource(card, amountFen, 'amountFen');
  const account = accountOfKind('assetSettlement', settlement.account, beside, 'settlement.account');
  refusePersonalData({ 'settlement.party': settlement.party });
  const lines = postAcquisition(
    { asset, amountFen, settlement: { ...settlement, account }, summary },
    beside.book.chart,
  );
  const data = {
    book: beside.book.id,
    asset,
    amountFen,
    ...(lifeMonths === undefined ? {} : { lifeMonths }),
    posting: assetPosting(command, lines, beside),
    ...originOf(command),
  };
  return restating({ type: 'AssetImproved', version: 1, division: beside.book.village, effectiveOn, data }, card);
}

/** The books take the difference only, so that an improvement recorded late for an earlier day still counts. */
export function revalueAsset(command: RevalueAsset, card: AssetCard, beside: AssetSetting): AssetRevalued {
  const { asset, costFen, residualFen, lifeMonths, reason, summary, effectiveOn } = command;
  refuseBeforeBook(effectiveOn, beside);
  refuseAmount(costFen, 'costFen');
  if (residualFen !== undefined && residualFen !== 0) refuseAmount(residualFen, 'residualFen');
  refuseResource(card, costFen, 'costFen');
  refusePersonalData({ reason });
  const differenceFen = costFen - (valueOn(card, effectiveOn)?.costFen ?? 0);
  const lines = differenceFen === 0 ? [] : postRevaluation(asset, differenceFen, summary, beside.book.chart);
  const posting = assetPosting(command, lines, beside);
  const data = {
    book: beside.book.id,
    asset,
    costFen,
    differenceFen,
    ...(residualFen === undefined ? {} : { residualFen }),
    ...(lifeMonths === undefined ? {} : { lifeMonths }),
    reason,
    ...(lines.length === 0 ? {} : { posting }),
    ...originOf(command),
  };
  return restating({ type: 'AssetRevalued', version: 1, division: beside.book.village, effectiveOn, data }, card);
}

/** Refuses values of which less than nothing, or something without months to spread it over, would remain. */
export function refuseImpossibleValues(values: readonly AssetValue[]): void {
  for (const { costFen, residualFen, inService, lifeMonths, schedule } of values) {
    const { accumulatedFen, months, spreadFen, after } = schedule;
    refuseCost(costFen);
    if (costFen < residualFen + accumulatedFen) {
      throw new Refusal('DEPRECIATION_EXCEEDS_COST', { costFen, residualFen, accumulatedFen }, 'costFen');
    }
    if (lifeMonths !== undefined && months === 0 && spreadFen > 0) {
      const facts = { lifeMonths, usedMonths: monthsBetween(inService, after), remainingFen: spreadFen };
      throw new Refusal('ASSET_LIFE_OVER', facts, 'lifeMonths');
    }
  }
}

/** A cost that has grown too large is refused as an amount is. */
function refuseCost(costFen: number): void {
  if (costFen > 0) refuseAmount(costFen, 'costFen');
}

/** A change recorded late for an earlier day changes what follows it, so all values are looked at again. */
function restating<F extends AssetFact>(fact: F, card: AssetCard): F {
  const change = valueChangeOf(fact);
  if (change !== undefined) refuseImpossibleValues(valuesWith(card.changes, change).values);
  return fact;
}

function refuseResource({ class: assetClass, category }: AssetCard, amountFen: number, field: string): void {
  if (assetClass === 'RESOURCE') throw new Refusal('RESOURCE_HAS_NO_COST', { category, amountFen }, field);
}
