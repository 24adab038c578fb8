import { Refusal } from '../refusal.js';
import { originOf, refusePersonalData } from '../rules.js';
import { type AssetCard, useOn } from './assets.js';
import type { ActivateAsset, ChangeAssetUse, MarkAssetIdle } from './commands.js';
import type { AssetActivated, AssetMarkedIdle, AssetUseChanged } from './facts.js';
import type { AssetSetting } from './setting.js';

export function changeAssetUse(command: ChangeAssetUse, { book }: AssetSetting): AssetUseChanged {
  const { asset, useStatus, custodian, reason, effectiveOn } = command;
  refusePersonalData({ custodian, reason });
  const data = {
    book: book.id,
    asset,
    useStatus,
    ...(custodian === undefined ? {} : { custodian }),
    ...(reason === undefined ? {} : { reason }),
    ...originOf(command),
  };
  return { type: 'AssetUseChanged', version: 1, division: book.village, effectiveOn, data };
}

export function markAssetIdle(command: MarkAssetIdle, card: AssetCard, { book }: AssetSetting): AssetMarkedIdle {
  const { asset, since, reason, effectiveOn } = command;
  refusePersonalData({ reason });
  if (since > effectiveOn) throw new Refusal('ASSET_IDLE_SINCE', { since, effectiveOn }, 'since');
  const use = useOn(card, effectiveOn);
  if (use?.useStatus === 'IDLE') {
    throw new Refusal('ASSET_ALREADY_IDLE', { asset, since: use.since ?? use.effectiveOn }, 'asset');
  }
  const data = { book: book.id, asset, since, reason, ...originOf(command) };
  return { type: 'AssetMarkedIdle', version: 1, division: book.village, effectiveOn, data };
}

export function activateAsset(command: ActivateAsset, card: AssetCard, { book }: AssetSetting): AssetActivated {
  const { asset, project, effectiveOn } = command;
  refusePersonalData({ project });
  const { useStatus = 'IN_USE' } = useOn(card, effectiveOn) ?? {};
  if (useStatus !== 'IDLE') throw new Refusal('ASSET_NOT_IDLE', { asset, useStatus, effectiveOn }, 'asset');
  const data = { book: book.id, asset, project, ...originOf(command) };
  return { type: 'AssetActivated', version: 1, division: book.village, effectiveOn, data };
}
