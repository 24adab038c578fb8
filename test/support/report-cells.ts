import { everything, type EntryPlace, type ReadModel } from '@ledger/readmodel';
import { type Basis, type IncomeMeasure, type MonthlyIncomeReport, monthNumber, type ReportCell } from '@ledger/views';

/** Every amount of a report that has a place for a link, wherever it stands. */
export function allCells(report: MonthlyIncomeReport): ReportCell[] {
  const found: ReportCell[] = [];
  const search = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('fen' in value && 'href' in value) found.push(value as ReportCell);
    else for (const inside of Object.values(value)) search(inside);
  };
  search({ ...report, changes: null });
  return found;
}

/** What the link of an amount lists, asked for in small pages: the sum of its entries, and what it says they come to. */
export function entriesOf(read: ReadModel, href: string): { sumFen: number; totalFen: number } {
  const url = new URL(href, 'http://127.0.0.1');
  const said = Object.fromEntries(url.searchParams) as Record<string, string>;
  const [, , , , division = ''] = url.pathname.split('/');
  const { role, accounts, project, withoutProject } = said;
  const question = {
    division,
    measure: said['measure'] as IncomeMeasure,
    basis: said['basis'] as Basis,
    from: monthNumber(said['from'] ?? ''),
    to: monthNumber(said['to'] ?? ''),
    ...(role === undefined ? {} : { role: role as 'operating' | 'other' }),
    ...(accounts === undefined ? {} : { accounts: accounts.split(',') }),
    ...(project === undefined ? {} : { project }),
    ...(withoutProject === undefined ? {} : { project: null }),
  };
  const at = { asOf: said['asOf'] ?? '', knownAt: Number(said['knownAt']) };
  let sumFen = 0;
  let after: EntryPlace | undefined;
  for (;;) {
    const page = read.incomes.entries(
      question,
      { limit: 7, ...(after === undefined ? {} : { after }) },
      at,
      everything,
    );
    for (const { amountFen } of page.rows) sumFen += amountFen;
    if (page.next === undefined) return { sumFen, totalFen: page.totalFen };
    after = page.next;
  }
}
