import { codeOf, isUnder, type Line, lineOf, qualified, succeeding } from '@ledger/accounting';
import type { AccountKind } from '../ledger-year/commands.js';
import { accountOfKind } from '../ledger-year/posting.js';
import { Refusal } from '../refusal.js';
import { refusePersonalData } from '../rules.js';
import type { OpenPosting } from './assets.js';
import type { OtherAccount } from './commands.js';
import type { AssetPosting } from './facts.js';
import type { AssetSetting } from './setting.js';

/** A refused posting with other accounts in place of some; sides and amounts stay those of the card. */
export function onOtherAccounts(
  open: OpenPosting,
  accounts: readonly OtherAccount[],
  beside: AssetSetting,
): AssetPosting {
  const lines = open.posting.lines.map((line): Line => {
    const at = accounts.findIndex(({ insteadOf }) => codeOf(insteadOf) === codeOf(line.account));
    const other = accounts[at];
    const wanted = wantedOf(open, line, beside);
    if (other === undefined || wanted === undefined) return line;
    const { account: named, party } = other;
    refusePersonalData({ [`accounts.${at}.party`]: party });
    const code = accountOfKind(wanted, named, beside, `accounts.${at}.account`);
    const { party: _, ...rest } = line;
    return lineOf({
      ...rest,
      account: qualified(beside.book.chart.id, code),
      ...(party === undefined ? {} : { party }),
    });
  });
  return { ...open.posting, lines };
}

/** Refuses an account that no refused posting names, or on which the asset itself stands. */
export function refuseUnnamed(
  asset: string,
  accounts: readonly OtherAccount[],
  refused: readonly OpenPosting[],
  beside: AssetSetting,
): void {
  const exchangeable = new Set(
    refused.flatMap((open) =>
      open.posting.lines.filter((line) => wantedOf(open, line, beside)).map(({ account }) => codeOf(account)),
    ),
  );
  const at = accounts.findIndex(({ insteadOf }) => !exchangeable.has(codeOf(insteadOf)));
  const other = accounts[at];
  if (other === undefined) return;
  const facts = { asset, account: other.insteadOf, exchangeable: [...exchangeable] };
  throw new Refusal('ASSET_POSTING_ACCOUNT', facts, `accounts.${at}.insteadOf`);
}

/**
 * What another account of a line must be; nothing where the card says the account. The cost, its depreciation and what a
 * revaluation finds are the card's, or cards and books would differ.
 */
function wantedOf(
  { type }: OpenPosting,
  { account, side, asset }: Line,
  { book }: AssetSetting,
): AccountKind | undefined {
  const { disposalGain, disposalLoss } = book.chart.roles;
  if (asset !== undefined) {
    // The book may have come to another standard since it was asked.
    const code = codeOf(succeeding(account, book.chart));
    if (isUnder(code, [disposalGain])) return 'income';
    return isUnder(code, [disposalLoss]) ? 'expense' : undefined;
  }
  if (type === 'AssetRevalued') return undefined;
  if (type !== 'AssetDisposed') return 'assetSettlement';
  return side === 'debit' ? 'incomeSettlement' : 'expenseSettlement';
}
