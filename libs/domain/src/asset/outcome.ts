import { refuseLeaver } from '../handover.js';
import { signatures } from '../ledger-year/posting.js';
import { Refusal } from '../refusal.js';
import { refuseChangedTerms } from '../reviewed-terms.js';
import { originOf, refusePersonalData } from '../rules.js';
import { type Assets, registeredCard } from './assets.js';
import { type PostingOutcome, RecordAssetPosted, type RetryAssetPosting, type RetrySignatures } from './commands.js';
import type { AssetFact, AssetPosting, AssetPostingRetried } from './facts.js';
import { onOtherAccounts, refuseUnnamed } from './other-accounts.js';
import type { AssetSetting } from './setting.js';

/** What became of a posting. It may be told again, for each fact that asked for it again. */
export function recordOutcome(command: PostingOutcome, { book }: AssetSetting): AssetFact {
  const { asset, askedBy, effectiveOn } = command;
  const head = { version: 1, division: book.village, effectiveOn };
  const of = { book: book.id, asset, askedBy };
  if (command instanceof RecordAssetPosted) {
    const { period, voucherNo } = command;
    return { ...head, type: 'AssetPosted', data: { ...of, period, voucherNo, ...originOf(command) } };
  }
  return { ...head, type: 'AssetPostingRefused', data: { ...of, code: command.code, ...originOf(command) } };
}

/** Asks again for all that the book has refused of an asset, on other accounts where some are named. */
export function retryPosting(
  { asset, accounts = [], reason, signed }: RetryAssetPosting,
  assets: Assets,
  beside: AssetSetting,
): AssetPostingRetried[] {
  const { book } = beside;
  if (signed !== undefined) refuseLeaver(signed, book.id, beside.handovers ?? [], 'signed.');
  registeredCard(asset, assets);
  refusePersonalData({ reason });
  const refused = [...assets.openPostings].filter(([, open]) => open.asset === asset && open.refused !== undefined);
  if (refused.length === 0) throw new Refusal('ASSET_POSTING_NOT_REFUSED', { asset }, 'asset');
  refuseUnnamed(
    asset,
    accounts,
    refused.map(([, open]) => open),
    beside,
  );
  // Signed anew it may change what was signed: where there are accounts, these people do sign it before it is recorded.
  if (beside.sight !== undefined && signed === undefined) {
    refuseChangedTerms('posting', { accounts: accounts.length > 0 });
  }
  return refused.map(([askedBy, open]) => ({
    type: 'AssetPostingRetried',
    version: 1,
    division: book.village,
    effectiveOn: open.effectiveOn,
    data: {
      book: book.id,
      asset,
      askedBy,
      posting: signedAnew(onOtherAccounts(open, accounts, beside), signed),
      ...(reason === undefined ? {} : { reason }),
      ...originOf(open),
    },
  }));
}

function signedAnew(posting: AssetPosting, signed: RetrySignatures | undefined): AssetPosting {
  const { attachmentCount } = posting;
  return signed === undefined ? posting : { ...posting, ...signatures({ ...signed, attachmentCount }) };
}
