import { disposalGainFen, type DisposalToPost, postDisposal } from '@ledger/accounting';
import { accountOfKind } from '../ledger-year/posting.js';
import { periodOf } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseAmount, refusePersonalData } from '../rules.js';
import { accumulatedOf, type AssetCard, valueOn } from './assets.js';
import type { DisposalMoney, DisposeAsset } from './commands.js';
import type { AssetDisposed } from './facts.js';
import { isLand } from './kinds.js';
import { assetPosting, refuseBeforeBook } from './posting.js';
import type { AssetSetting } from './setting.js';

/**
 * An asset leaves the village with its gain or loss. What is depreciated is that of the card, the month of the disposal
 * included; the run of that month may be booked before or after, and both leave nothing on the asset's accounts.
 */
export function disposeAsset(command: DisposeAsset, card: AssetCard, beside: AssetSetting): AssetDisposed {
  const { asset, kind, reason, summary, effectiveOn } = command;
  const { name, category, lastChangedOn } = card;
  if (kind === 'SOLD' && isLand(category)) throw new Refusal('LAND_SALE_FORBIDDEN', { asset, name, category }, 'kind');
  if (lastChangedOn > effectiveOn) {
    throw new Refusal('ASSET_CHANGED_LATER', { asset, effectiveOn, changedOn: lastChangedOn }, 'effectiveOn');
  }
  refusePersonalData({ reason });
  const proceeds = moneyOf(command.proceeds, 'proceeds', card, beside);
  const costs = moneyOf(command.costs, 'costs', card, beside);
  const disposal: DisposalToPost = {
    asset,
    costFen: valueOn(card, effectiveOn)?.costFen ?? 0,
    accumulatedFen: accumulatedOf(card, periodOf(effectiveOn)),
    proceeds,
    costs,
    summary,
  };
  const lines = postDisposal(disposal, beside.book.chart);
  if (lines.length > 0) refuseBeforeBook(effectiveOn, beside);
  const posting = assetPosting(command, lines, beside);
  const data = {
    book: beside.book.id,
    asset,
    kind,
    reason,
    costFen: disposal.costFen,
    accumulatedDepreciationFen: disposal.accumulatedFen,
    proceedsFen: proceeds?.amountFen ?? 0,
    costsFen: costs?.amountFen ?? 0,
    gainFen: disposalGainFen(disposal),
    ...(lines.length === 0 ? {} : { posting }),
    ...originOf(command),
  };
  return { type: 'AssetDisposed', version: 1, division: beside.book.village, effectiveOn, data };
}

/** Compensation for land belongs to the reserve and the households, so it is no proceeds of a disposal. */
function moneyOf(
  money: DisposalMoney | undefined,
  field: 'proceeds' | 'costs',
  { class: assetClass, category }: AssetCard,
  beside: AssetSetting,
): DisposalToPost['proceeds'] {
  if (money === undefined) return undefined;
  const { amountFen, settlement } = money;
  refuseAmount(amountFen, `${field}.amountFen`);
  if (assetClass === 'RESOURCE') throw new Refusal('RESOURCE_HAS_NO_COST', { category, amountFen }, field);
  refusePersonalData({ [`${field}.settlement.party`]: settlement.party });
  const wanted = field === 'proceeds' ? 'incomeSettlement' : 'expenseSettlement';
  const account = accountOfKind(wanted, settlement.account, beside, `${field}.settlement.account`);
  return { amountFen, account, party: settlement.party };
}
