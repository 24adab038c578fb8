import type { ChartAccount } from '@ledger/views';
import { type Words, words } from '../table.js';

/** An account as its chart names it, or the books whose own it is; no words where nobody does. */
export function accountName(account: string, { name }: ChartAccount, own: ReadonlyMap<string, string>): Words {
  return name === null ? words(own.get(account) ?? '', '') : words(name.zh, name.en);
}

/** An account of another standard says whose it is. */
export function ofStandard({ zh, en }: Words, { otherStandard }: ChartAccount): Words {
  if (otherStandard === null) return words(zh, en);
  const { source, inForceFrom } = otherStandard;
  return words(`${zh}（${source}）`, `${en} (standard of ${inForceFrom.slice(0, 4)})`.trim());
}
