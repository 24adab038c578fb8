import type { Line } from '@ledger/accounting';
import { postableAccount } from '../book-accounts.js';
import { refuseLeaver } from '../handover.js';
import { refuseUnconverted } from '../ledger-year/conversion.js';
import { signatures } from '../ledger-year/posting.js';
import { firstDay, type LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { refusePersonalData } from '../rules.js';
import type { Acquisition, AssetVoucher } from './commands.js';
import type { AssetPosting } from './facts.js';
import type { AssetSetting } from './setting.js';

type Said = Pick<
  AssetVoucher | Acquisition,
  'preparedBy' | 'reviewedBy' | 'attachmentCount' | 'summary' | 'sourceDocument'
>;

/** The posting that a fact asks for. The accounts must take it now: the fact stands, even where its month is closed. */
export function assetPosting(said: Said, lines: readonly Line[], beside: AssetSetting, prefix = ''): AssetPosting {
  const { summary, sourceDocument } = said;
  refuseLeaver(said, beside.book.id, beside.handovers ?? [], prefix);
  if (lines.length > 0) refuseUnconverted(beside);
  refusePersonalData({ [`${prefix}summary`]: summary, [`${prefix}sourceDocument`]: sourceDocument });
  for (const { account } of lines) postableAccount(account, beside.book, `${prefix}settlement.account`);
  return {
    summary,
    lines,
    ...signatures(said),
    ...(sourceDocument === undefined ? {} : { sourceDocument }),
  };
}

/** What was before the book's first month is in its opening balances and cannot be posted. */
export function refuseBeforeBook(date: LocalDate, { book }: AssetSetting, field = 'effectiveOn'): void {
  const { startPeriod } = book;
  if (date < firstDay(startPeriod)) throw new Refusal('ASSET_OPENING_DATE', { date, startPeriod }, field);
}
