import { accountName, type ChartAccount } from '@ledger/views';
import { type Words, words } from '../table.js';

/** What an account is called, to stand beside its code; no words where nobody calls it anything. */
export function accountWords(account: string, own: ReadonlyMap<string, string>): Words {
  const { name, nameEn } = accountName(account, own);
  return words(account.endsWith(`:${name}`) ? '' : name, nameEn ?? '');
}

/** An account of another standard says whose it is. */
export function ofStandard({ zh, en }: Words, { otherStandard }: ChartAccount): Words {
  if (otherStandard === null) return words(zh, en);
  const { source, inForceFrom } = otherStandard;
  return words(`${zh}（${source}）`, `${en} (standard of ${inForceFrom.slice(0, 4)})`.trim());
}
