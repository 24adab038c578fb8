import type { LocalDate } from '@ledger/domain';
import type { Basis } from '@ledger/views';
import { type Words, words } from './table.js';

/** The times and the versions of the views that a paper is made from. */
export interface MadeFrom {
  readonly ledger: { readonly name: string; readonly demo: boolean };
  readonly asOf: LocalDate;
  readonly knownAt: number;
  readonly views: Readonly<Record<string, number>>;
  readonly basis?: Basis;
}

export const DEMO = words(
  '演示数据，不是真实账目。注明“公开数字”的来自公开报道，其余是虚拟数。',
  'DEMO: not a real account. What is marked as published was reported by the press, all else is made up.',
);

/** The name under which the same paper can be had for ever. */
export function lastingName({ knownAt, asOf, basis, views }: Omit<MadeFrom, 'ledger'>): string {
  const versions = Object.entries(views).map(([view, version]) => `${view} ${version}`);
  const by = basis === undefined ? '' : ` basis=${basis}`;
  return `knownAt=${knownAt} asOf=${asOf}${by} views: ${versions.join(', ')}`;
}

/** From what ledger and times a paper is, at its foot. */
export function provenance(paper: MadeFrom): Words {
  const { ledger, knownAt, asOf } = paper;
  return words(
    `账本${ledger.name}，位置${knownAt}，业务日期${asOf}。以同样的时间再问，得到同样的字节：${lastingName(paper)}`,
    `Ledger ${ledger.name}, position ${knownAt}, as of ${asOf}: asked again for these times, it gives the same bytes.`,
  );
}
