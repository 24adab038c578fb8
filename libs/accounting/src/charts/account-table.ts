import { type Account, type AccountClass, parentOf, type Side } from '../chart.js';

type FirstLevel = readonly [code: string, nameZh: string, nameEn: string, accountClass: AccountClass, normalSide: Side];
type Below = readonly [code: string, nameZh: string, nameEn: string];

/**
 * Accounts from the rows of a printed chart, in their order. An account below another takes class and side from it,
 * and an account with others below it is not postable: otherwise a parent would differ from the sum of its children.
 * Throws when a row stands before its parent or without one.
 */
export function accountTable(rows: readonly (FirstLevel | Below)[]): Account[] {
  const parents = new Set(rows.map(([code]) => parentOf(code)));
  const byCode = new Map<string, Account>();
  for (const row of rows) {
    const [code, nameZh, nameEn] = row;
    const names = { code, nameZh, nameEn };
    byCode.set(code, { ...names, ...nature(row, byCode), postable: !parents.has(code) });
  }
  return [...byCode.values()];
}

function nature(
  row: FirstLevel | Below,
  above: ReadonlyMap<string, Account>,
): { class: AccountClass; normalSide: Side } {
  if (row.length === 5) return { class: row[3], normalSide: row[4] };
  const parent = above.get(parentOf(row[0]) ?? '');
  if (parent === undefined) throw new Error(`account ${row[0]} has no account above it`);
  return { class: parent.class, normalSide: parent.normalSide };
}
