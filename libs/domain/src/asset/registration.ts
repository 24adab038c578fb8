import { postAcquisition, qualified } from '@ledger/accounting';
import { accountOfKind } from '../ledger-year/posting.js';
import { firstDay } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseAmount, refuseFuture, refusePersonalData } from '../rules.js';
import { type Assets, nextAsset, valueChangeOf, valuesWith } from './assets.js';
import type { RegisterAsset } from './commands.js';
import type { AssetCardData, AssetPosting, AssetRegistered } from './facts.js';
import { assetCategories, type AssetClass, categoriesOf } from './kinds.js';
import { assetPosting, refuseBeforeBook } from './posting.js';
import { refuseImpossibleValues } from './restatement.js';
import type { AssetSetting } from './setting.js';

export function registerAsset(command: RegisterAsset, assets: Assets, beside: AssetSetting): AssetRegistered {
  const { name, class: assetClass, category, effectiveOn } = command;
  refuseTexts(command);
  const classes: readonly AssetClass[] = assetCategories[category].classes;
  if (!classes.includes(assetClass)) {
    const facts = { category, class: assetClass, categories: categoriesOf(assetClass) };
    throw new Refusal('ASSET_CATEGORY', facts, 'category');
  }
  const asset = nextAsset(beside.book.id, assets);
  const { specification, area, location, boundaries, certificate, source, custodian } = command;
  const data: AssetCardData = {
    book: beside.book.id,
    asset,
    name,
    class: assetClass,
    category,
    ...(specification === undefined ? {} : { specification }),
    ...(area === undefined ? {} : { area: { quantity: area.quantity, unit: area.unit } }),
    ...(location === undefined ? {} : { location }),
    ...(boundaries === undefined ? {} : { boundaries: { ...boundaries } }),
    ...(certificate === undefined ? {} : { certificate }),
    source,
    ...(custodian === undefined ? {} : { custodian }),
    useStatus: command.useStatus ?? 'IN_USE',
    ...(assetClass === 'RESOURCE' ? valueless(command) : valueOf(command, asset, beside)),
    ...originOf(command),
  };
  const fact: AssetRegistered = {
    type: 'AssetRegistered',
    version: 1,
    division: beside.book.village,
    effectiveOn,
    data,
  };
  const change = valueChangeOf(fact);
  if (change !== undefined) refuseImpossibleValues(valuesWith([], change).values);
  return fact;
}

/** Land and water are kept by area: nobody bought them, and no cost stands in the books. */
function valueless({ category, costFen, acquisition, opening, lifeMonths, residualFen }: RegisterAsset): object {
  const said = costFen ?? residualFen;
  if (said !== undefined || [acquisition, opening, lifeMonths].some((value) => value !== undefined)) {
    throw new Refusal('RESOURCE_HAS_NO_COST', { category, amountFen: said ?? 0 }, 'costFen');
  }
  return {};
}

function valueOf(command: RegisterAsset, asset: string, beside: AssetSetting): Partial<AssetCardData> {
  const { costFen, residualFen, lifeMonths, effectiveOn, depreciationAccount } = command;
  const inServiceOn = command.inServiceOn ?? effectiveOn;
  refuseFuture(inServiceOn, beside.today, 'inServiceOn');
  // Months before the book's first one can't be run, and its acquisition has no depreciation to begin with.
  if (command.acquisition !== undefined && inServiceOn !== effectiveOn)
    refuseBeforeBook(inServiceOn, beside, 'inServiceOn');
  if (costFen !== undefined) refuseAmount(costFen, 'costFen');
  if (residualFen !== undefined && residualFen !== 0) refuseAmount(residualFen, 'residualFen');
  const chart = beside.book.chart.id;
  return {
    inServiceOn,
    ...(costFen === undefined ? {} : { costFen, residualFen: residualFen ?? 0 }),
    ...(lifeMonths === undefined ? {} : { lifeMonths, method: 'straight-line' as const }),
    ...(depreciationAccount === undefined
      ? {}
      : {
          depreciationAccount: qualified(
            chart,
            accountOfKind('depreciationCharge', depreciationAccount, beside, 'depreciationAccount'),
          ),
        }),
    ...openingOf(command, inServiceOn, beside),
    ...acquisitionOf(command, asset, beside),
  };
}

/** A cost stands in the books either since the opening or by the voucher of its acquisition, never twice. */
function openingOf(
  command: RegisterAsset,
  inServiceOn: string,
  { book }: AssetSetting,
): Pick<AssetCardData, 'opening'> {
  const { costFen, acquisition, opening, effectiveOn } = command;
  const said = [acquisition, opening].filter((way) => way !== undefined).length;
  if (said !== (costFen === undefined ? 0 : 1)) {
    throw new Refusal('ASSET_ACQUISITION', { costFen: costFen ?? 0, said }, 'acquisition');
  }
  if (opening === undefined) return {};
  const { accumulatedDepreciationFen } = opening;
  if (accumulatedDepreciationFen !== 0) refuseAmount(accumulatedDepreciationFen, 'opening.accumulatedDepreciationFen');
  const latest = inServiceOn > effectiveOn ? inServiceOn : effectiveOn;
  if (latest >= firstDay(book.startPeriod)) {
    throw new Refusal('ASSET_OPENING_DATE', { date: latest, startPeriod: book.startPeriod }, 'opening');
  }
  return { opening: { period: book.startPeriod, accumulatedDepreciationFen } };
}

function acquisitionOf(
  { acquisition, costFen, effectiveOn }: RegisterAsset,
  asset: string,
  beside: AssetSetting,
): { posting?: AssetPosting } {
  if (acquisition === undefined || costFen === undefined) return {};
  refuseBeforeBook(effectiveOn, beside);
  const { settlement, summary } = acquisition;
  const field = 'acquisition.settlement.account';
  const account = accountOfKind('assetSettlement', settlement.account, beside, field);
  refusePersonalData({ 'acquisition.settlement.party': settlement.party });
  const said = { asset, amountFen: costFen, settlement: { ...settlement, account }, summary };
  return { posting: assetPosting(acquisition, postAcquisition(said, beside.book.chart), beside, 'acquisition.') };
}

function refuseTexts(command: RegisterAsset): void {
  const { name, specification, location, certificate, custodian, boundaries } = command;
  refusePersonalData({ name, specification, location, certificate, custodian });
  for (const [side, neighbour] of Object.entries(boundaries ?? {})) {
    refusePersonalData({ [`boundaries.${side}`]: neighbour as string });
  }
}
