import { codeOf, type Conversion, qualified, successorsOf } from '@ledger/accounting';
import { existingAccount, type OpenedBook, postableAccount, postableUnder } from '../book-accounts.js';
import { Refusal } from '../refusal.js';
import { refuseAmount, refusePersonalData } from '../rules.js';
import type { BalanceAllocation } from './commands.js';
import { type DetailedBalance, detailKey } from './detailed-balances.js';
import type { CarriedBalance } from './facts.js';

/** Both sides of a change of standard. */
export interface Sides {
  readonly conversion: Conversion;
  readonly old: OpenedBook;
  readonly book: OpenedBook;
}

/**
 * The balances of the old accounts on the new ones, or a refusal that names every balance which an officer must still
 * allocate, and to which accounts it may go.
 */
export function carriedOver(
  balances: readonly DetailedBalance[],
  allocations: readonly BalanceAllocation[],
  sides: Sides,
): CarriedBalance[] {
  const said = saidOf(balances, allocations, sides);
  const open: DetailedBalance[] = [];
  const lines = balances.flatMap((balance): CarriedBalance[] => {
    const parts = said.get(detailKey(balance)) ?? byItself(balance, sides);
    if (parts.length === 0) open.push(balance);
    return parts.map(({ to, amountFen }) => carried(balance, to, amountFen, sides));
  });
  if (open.length > 0) {
    const accounts = open.map((balance) => ({ ...named(balance, sides), targets: targetsOf(balance.account, sides) }));
    throw new Refusal('CONVERSION_INCOMPLETE', { accounts }, 'allocations');
  }
  return lines;
}

interface Part {
  readonly to: string;
  readonly amountFen: number;
}

/** What the officer says of each balance, which it must come to. */
function saidOf(
  balances: readonly DetailedBalance[],
  allocations: readonly BalanceAllocation[],
  sides: Sides,
): Map<string, Part[]> {
  const standing = new Map(balances.map((balance) => [detailKey(balance), balance]));
  const said = new Map<string, Part[]>();
  for (const [i, allocation] of allocations.entries()) {
    const { account, part } = allocated(allocation, `allocations.${i}`, sides);
    const key = detailKey({ ...allocation, account });
    const balance = standing.get(key) ?? { ...allocation, account, netFen: 0 };
    standing.set(key, balance);
    said.set(key, [...(said.get(key) ?? []), part]);
  }
  for (const [key, parts] of said) {
    const balance = standing.get(key);
    const allocatedFen = parts.reduce((sum, { amountFen }) => sum + amountFen, 0);
    if (balance === undefined || allocatedFen === Math.abs(balance.netFen)) continue;
    throw new Refusal('CONVERSION_UNBALANCED', { ...named(balance, sides), allocatedFen }, 'allocations');
  }
  return said;
}

function allocated(allocation: BalanceAllocation, field: string, sides: Sides): { account: string; part: Part } {
  const { amountFen, party, grant } = allocation;
  const { code, name } = existingAccount(allocation.account, sides.old, `${field}.account`);
  const target = postableAccount(allocation.to, sides.book, `${field}.to`);
  refuseAmount(amountFen, `${field}.amountFen`);
  refusePersonalData({ [`${field}.party`]: party, [`${field}.grant`]: grant });
  const account = qualified(sides.old.chart.id, code);
  const targets = targetsOf(account, sides);
  if (!targets.includes(target.code)) {
    throw new Refusal('CONVERSION_TARGET', { account: code, name, to: target.code, targets }, `${field}.to`);
  }
  return { account, part: { to: target.code, amountFen } };
}

/** Where an account has one successor, nobody needs to say it. */
function byItself({ account, netFen }: DetailedBalance, sides: Sides): Part[] {
  const targets = targetsOf(account, sides);
  const [to] = targets;
  const asked = targets.length !== 1 || sides.conversion.neverByItself.includes(codeOf(account));
  return to === undefined || asked ? [] : [{ to, amountFen: Math.abs(netFen) }];
}

function targetsOf(account: string, { conversion, book }: Sides): string[] {
  return postableUnder(successorsOf(codeOf(account), conversion), book);
}

function carried(
  { account, party, grant, netFen }: DetailedBalance,
  to: string,
  amountFen: number,
  { book }: Sides,
): CarriedBalance {
  return {
    from: account,
    to: qualified(book.chart.id, to),
    side: netFen > 0 ? 'debit' : 'credit',
    amountFen,
    ...(party === undefined ? {} : { party }),
    ...(grant === undefined ? {} : { grant }),
  };
}

function named({ account, party, grant, netFen: balanceFen }: DetailedBalance, { old }: Sides) {
  const { code, name } = existingAccount(account, old, 'allocations');
  return {
    account: code,
    name,
    ...(party === undefined ? {} : { party }),
    ...(grant === undefined ? {} : { grant }),
    balanceFen,
  };
}
