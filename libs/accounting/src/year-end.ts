import { type Chart, isUnder, qualified } from './chart.js';
import type { Line } from './line.js';
import type { Appropriation } from './posting-rules.js';

/**
 * The closing vouchers of a year (T25–T27): income to 321, 321 to expense, 321 to the undistributed surplus, the
 * appropriations, and their transfer, so that 321 and the appropriations stand at zero afterwards.
 * `balances` are the net balances (debit positive, in fen) of all accounts of the book before closing, by `chart:code`.
 * Vouchers without amounts are left out. An income account with a debit balance (an investment loss) closes from the
 * other side, so that amounts stay positive.
 */
export function closingVouchers(
  balances: ReadonlyMap<string, number>,
  appropriations: readonly Appropriation[],
  chart: Chart,
): Line[][] {
  const { roles } = chart;
  const surplus = qualified(chart.id, roles.surplusOfYear);
  const undistributed = qualified(chart.id, roles.undistributedSurplus);
  const appropriated = qualified(chart.id, roles.appropriations);

  const income = under(balances, roles.income, chart);
  const expense = under(balances, roles.expense, chart);
  const earnedFen = (balances.get(surplus) ?? 0) + sum(income) + sum(expense);
  const paid = appropriations.map((a): Line[] => [
    { account: appropriated, side: 'debit', amountFen: a.amountFen, summary: a.summary },
    {
      account: qualified(chart.id, a.account),
      side: 'credit',
      amountFen: a.amountFen,
      summary: a.summary,
      ...(a.party === undefined ? {} : { party: a.party }),
    },
  ]);
  const appropriatedFen =
    (balances.get(appropriated) ?? 0) + appropriations.reduce((total, a) => total + a.amountFen, 0);
  return [
    transfer(income, surplus, '结转本年收入'),
    transfer(expense, surplus, '结转本年支出'),
    transfer([[surplus, earnedFen]], undistributed, '结转本年收益'),
    ...paid,
    transfer([[appropriated, appropriatedFen]], undistributed, '结转各项分配'),
  ].filter((lines) => lines.some((line) => line.amountFen !== 0));
}

/**
 * What may be appropriated at a year's close, in fen: the credit balance of the surplus of the year, income, expense and
 * the surplus distribution before anything is appropriated. Nothing where a loss is left.
 */
export function distributableFen(balances: ReadonlyMap<string, number>, { id, roles }: Chart): number {
  const surplus = [roles.surplusOfYear, roles.appropriations, roles.undistributedSurplus];
  const accounts = [...roles.income, ...roles.expense, ...surplus].map((code) => qualified(id, code));
  const netFen = sum([...balances].filter(([account]) => isUnder(account, accounts)));
  return Math.max(0, -netFen);
}

/** Empties every given account into the target with one balanced voucher. */
function transfer(from: readonly (readonly [string, number])[], target: string, summary: string): Line[] {
  const moved = from.filter(([, netFen]) => netFen !== 0);
  const lines = moved.map(([account, netFen]): Line => ({
    account,
    side: netFen > 0 ? 'credit' : 'debit',
    amountFen: Math.abs(netFen),
    summary,
  }));
  const targetNetFen = sum(moved);
  if (targetNetFen !== 0) {
    lines.push({
      account: target,
      side: targetNetFen > 0 ? 'debit' : 'credit',
      amountFen: Math.abs(targetNetFen),
      summary,
    });
  }
  return lines.toSorted((a, b) => (a.side === b.side ? 0 : a.side === 'debit' ? -1 : 1));
}

/** Compares qualified accounts: a book that changed charts holds both, and 511 is income in one and expense in the other. */
function under(balances: ReadonlyMap<string, number>, codes: readonly string[], chart: Chart): [string, number][] {
  const accounts = codes.map((code) => qualified(chart.id, code));
  return [...balances].filter(([account]) => isUnder(account, accounts)).toSorted(byAccount);
}

function byAccount([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sum(balances: readonly (readonly [string, number])[]): number {
  return balances.reduce((total, [, netFen]) => total + netFen, 0);
}
