import { assetReaders, bookCheckers, disclosureReaders, submitters, voucherReaders } from './groups.js';
import type { Rules } from './rule.js';

/** Assets (rows of cards and of disposal). Their lists are disclosed to the villagers, their cards are not. */
export const assetRules = {
  registerAsset: submitters,
  improveAsset: submitters,
  revalueAsset: submitters,
  disposeAsset: submitters,
  changeAssetUse: submitters,
  markAssetIdle: submitters,
  activateAsset: submitters,
  // What the book would not take is its bookkeeper's to mend.
  retryAssetPosting: ['TOWN_ACCOUNTANT'],
  getAssetsById: assetReaders,
  getBooksAssets: assetReaders,
  getVillagesAssets: [...assetReaders, 'VILLAGER'],
  getDivisionsAssets: [...assetReaders, 'VILLAGER'],
  getDivisionsAssetTotals: disclosureReaders,
  getBooksAssetComparison: bookCheckers,
  getBooksAssetPostings: voucherReaders,
} as const satisfies Rules;
