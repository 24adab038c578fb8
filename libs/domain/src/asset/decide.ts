import { Refusal } from '../refusal.js';
import { refuseForeignOrigin, refuseFuture } from '../rules.js';
import { type AssetCard, type Assets, registeredCard } from './assets.js';
import {
  ActivateAsset,
  type AssetCommand,
  type CardCommand,
  ChangeAssetUse,
  ImproveAsset,
  MarkAssetIdle,
  RecordAssetPosted,
  RecordAssetPostingRefused,
  RegisterAsset,
  RetryAssetPosting,
  RevalueAsset,
} from './commands.js';
import { disposeAsset } from './disposal.js';
import type { AssetFact } from './facts.js';
import { recordOutcome, retryPosting } from './outcome.js';
import { registerAsset } from './registration.js';
import { improveAsset, revalueAsset } from './restatement.js';
import type { AssetSetting } from './setting.js';
import { activateAsset, changeAssetUse, markAssetIdle } from './use.js';

/** Turns a request about an asset into its fact, with the posting that the books are to make of it, or refuses it. */
export function decideAssets(command: AssetCommand, assets: Assets, beside: AssetSetting): AssetFact[] {
  refuseForeignOrigin(command.origin, beside.demo);
  if (command instanceof RetryAssetPosting) return retryPosting(command, assets, beside);
  if (command instanceof RecordAssetPosted || command instanceof RecordAssetPostingRefused) {
    return [recordOutcome(command, beside)];
  }
  refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
  if (command instanceof RegisterAsset) return [registerAsset(command, assets, beside)];
  const card = cardOf(command, assets);
  if (command instanceof ImproveAsset) return [improveAsset(command, card, beside)];
  if (command instanceof RevalueAsset) return [revalueAsset(command, card, beside)];
  if (command instanceof ChangeAssetUse) return [changeAssetUse(command, beside)];
  if (command instanceof MarkAssetIdle) return [markAssetIdle(command, card, beside)];
  if (command instanceof ActivateAsset) return [activateAsset(command, card, beside)];
  return [disposeAsset(command, card, beside)];
}

/** The card as long as the asset is there: from its registration to its disposal. */
function cardOf({ asset, effectiveOn }: CardCommand, assets: Assets): AssetCard {
  const card = registeredCard(asset, assets);
  const { registeredOn, disposed, name } = card;
  if (disposed !== undefined) {
    const facts = { asset, name, disposedOn: disposed.on, kind: disposed.kind };
    throw new Refusal('ASSET_ALREADY_DISPOSED', facts, 'asset');
  }
  if (effectiveOn < registeredOn) {
    throw new Refusal('ASSET_UNKNOWN', { asset, registeredFrom: registeredOn }, 'effectiveOn');
  }
  return card;
}
