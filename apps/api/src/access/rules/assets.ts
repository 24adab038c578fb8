import { assetReaders, bookReaders, submitters } from './groups.js';
import type { Rules } from './rule.js';

/** Assets (rows of cards and of disposal). */
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
  getVillagesAssets: assetReaders,
  getDivisionsAssets: assetReaders,
  getDivisionsAssetTotals: assetReaders,
  getBooksAssetComparison: bookReaders,
  getBooksAssetPostings: bookReaders,
} as const satisfies Rules;
