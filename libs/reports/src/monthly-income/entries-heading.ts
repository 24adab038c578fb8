import type { Period } from '@ledger/domain';
import { chartAccount, type IncomeFilter } from '@ledger/views';
import { type Words, words } from '../table.js';
import { accountWords, ofStandard } from './account-words.js';
import type { EntryNames, ListedEntries } from './listed-entries.js';
import { BASIS_NAMES } from './notes.js';

/** Whose entries they are, of what, in which months and at which times: what was clicked, in words. */
export function entriesHeading(
  { division, from, to, measure, asOf, knownAt, basis }: ListedEntries,
  filter: IncomeFilter,
  names: EntryNames,
): { title: Words; times: Words } {
  const place = names.places.get(division) ?? division;
  const counted = MEASURES[measure] ?? words(measure, '');
  const what = whatOf(filter, names, to);
  const of =
    what === undefined && measure === 'unallocated'
      ? counted
      : words(`${(what ?? ALL).zh}（${counted.zh}）`, `${(what ?? ALL).en}, ${counted.en}`);
  const months = from === to ? words(from, from) : words(`${from}至${to}`, `${from} to ${to}`);
  const by = BASIS_NAMES[basis];
  return {
    title: words(`${place}收入明细：${of.zh}`, `Entries of income: ${of.en}`),
    times: words(
      `区划代码${division} · ${months.zh} · 截至${asOf} · ${by.zh} · 账本位置${knownAt}`,
      `division ${division}, ${months.en}, as of ${asOf}, ${by.en}, known at position ${knownAt}`,
    ),
  };
}

const ALL = words('总收入', 'total income');

const ROLES = {
  operating: words('经营性收入', 'operating income'),
  other: words('补助和其他收入', 'grants and other income'),
};

const MEASURES: Readonly<Record<string, Words>> = {
  recognised: words('确认', 'recognised'),
  collected: words('收到', 'collected'),
  nonRecurring: words('非经常', 'one-off'),
  corrected: words('更正', 'corrected'),
  unallocated: words('未核销收款', 'unallocated receipts'),
};

/** Undefined where nothing was filtered. */
function whatOf({ role, accounts, project }: IncomeFilter, names: EntryNames, to: Period): Words | undefined {
  const said: Words[] = [];
  if (role !== undefined) said.push(ROLES[role]);
  if (accounts !== undefined) said.push(accountsOf(accounts, names, to));
  if (project === null) said.push(words('不属于项目', 'of no project'));
  else if (project !== undefined) {
    const called = names.projects.get(project) ?? project;
    said.push(words(`项目“${called}”`, `project “${called}”`));
  }
  if (said.length === 0) return undefined;
  return words(said.map(({ zh }) => zh).join('，'), said.map(({ en }) => en).join(', '));
}

/** The first of them is the line of the report, the others are what went into it. */
function accountsOf(accounts: readonly string[], { accounts: own }: EntryNames, to: Period): Words {
  const account = (accounts[0] ?? '').replace('*', '');
  const known = chartAccount(account, to);
  const { code } = known;
  const { zh, en } = ofStandard(accountWords(account, own), known);
  const others = accounts.length - 1;
  const more = others === 0 ? words('', '') : words(`等${accounts.length}个科目`, ` and ${others} more`);
  return words(`${`${code} ${zh}`.trim()}${more.zh}`, `${`${code} ${en}`.trim()}${more.en}`);
}
