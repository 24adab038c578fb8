import { type ChartId, codeOf } from '@ledger/accounting';
import { accountName } from '../account-name.js';
import { isOperatingIncome } from '../account-roles.js';
import { figuresOf, type Href, type ReportSpans, SpanSums } from './figures.js';
import type { IncomeFilter } from './links.js';
import type { AccountLine } from './report.js';
import { lineAccount } from './successors.js';

interface Group {
  readonly sums: SpanSums;
  readonly accounts: Map<string, SpanSums>;
}

/**
 * The accounts of a report under one chart: those of the first level, each followed by what it is made of. What stood
 * under another chart goes into the line of its successor, where it has one, and stays visible below it.
 */
export class AccountLines {
  readonly #groups = new Map<string, Group>();

  constructor(private readonly chart: ChartId) {}

  add(account: string, sums: SpanSums): void {
    const first = lineAccount(account, this.chart);
    let group = this.#groups.get(first);
    if (group === undefined) {
      group = { sums: new SpanSums(), accounts: new Map() };
      this.#groups.set(first, group);
    }
    group.sums.addAll(sums);
    const own = group.accounts.get(account) ?? new SpanSums();
    group.accounts.set(account, own);
    own.addAll(sums);
  }

  lines(spans: ReportSpans, names: ReadonlyMap<string, string>, hrefOf: (filter: IncomeFilter) => Href): AccountLine[] {
    const line = (account: string, level: 1 | 2, sums: SpanSums, accounts: readonly string[]): AccountLine => ({
      account,
      ...accountName(account, names),
      section: isOperatingIncome(account) ? 'operating' : 'other',
      level,
      carriedFrom: accounts.filter((each) => !each.startsWith(account)),
      figures: figuresOf(sums, spans, hrefOf({ accounts })),
    });
    return this.#sorted(this.#groups).flatMap(([first, { sums, accounts }]) => {
      const below = this.#sorted(accounts);
      const posted = below.map(([account]) => account);
      // Of its own chart a line has all that is below it; of another only what went into it.
      const own = first.startsWith(`${this.chart}:`) ? [`${first}*`] : [];
      const alone = posted.length === 1 && posted[0] === first;
      return [
        line(first, 1, sums, own.length === 0 ? posted : [...own, ...posted.filter((each) => !each.startsWith(first))]),
        ...(alone ? [] : below.map(([account, of]) => line(account, 2, of, [account]))),
      ];
    });
  }

  /** Operating income first; in each section by code, those of other charts last. */
  #sorted<T>(by: ReadonlyMap<string, T>): [string, T][] {
    const place = (account: string): string => {
      const section = isOperatingIncome(account) ? 0 : 1;
      return `${section}${account.startsWith(`${this.chart}:`) ? 0 : 1}${codeOf(account)} ${account}`;
    };
    return [...by].toSorted(([a], [b]) => (place(a) < place(b) ? -1 : 1));
  }
}
