import { apportion, type Line } from '@ledger/accounting';
import type { Fact, LocalDate, Posting, VoucherRef } from '@ledger/domain';
import { roleOf, settlementOf } from './account-roles.js';
import { monthNumber } from './calendar.js';
import { exact } from './exact.js';
import { paidInMoney } from './paid-in-money.js';
import type { Receipt, Receivable, Receivables } from './receivables.js';
import { register, type Row } from './register.js';

/** Income received: of an account and project, or not allocated to an income, with the receivable account instead. */
export interface Collection {
  /** The line of the voucher, from 1; of one that is reversed, its first. */
  readonly line: number;
  readonly role: 'income' | 'receipt';
  readonly account: string;
  readonly project: string;
  /** When the money came in. */
  readonly effectiveOn: LocalDate;
  readonly fen: number;
}

/** Every version of a receivable, for looking it up; no question reads it. */
export const receivable = register({
  name: 'receivable',
  version: 1,
  columns: { book: 'book', period: 'integer', voucher_no: 'integer', position: 'integer', state: 'text' },
  key: ['book', 'period', 'voucher_no', 'position'],
  on: {
    IncomeRecorded: versions,
    ExpenseRecorded: versions,
    VoucherPosted: versions,
    VoucherReversed: versions,
    DepreciationRecorded: versions,
  },
});

/**
 * What a voucher says was received of incomes that stood as receivables. A line that settles one counts for its accounts
 * and projects in their proportion, tax and the like among them; one that settles nothing known counts as not allocated,
 * and so does, from then on, what was received for an income that is reversed.
 */
export function collectionsOf({ data, effectiveOn }: Fact<string, Posting>, receivables: Receivables): Collection[] {
  if (data.kind === 'closing') return [];
  const found: Collection[] = [];
  for (const { line, fen, index } of receiptLines(data.lines)) {
    const settled = line.settles === undefined ? undefined : receivables.of(data.book, line.settles);
    const of = { line: index + 1, effectiveOn };
    if (settled !== undefined && !settled.reversed) {
      found.push(...shared(settled, fen, of));
    } else found.push({ ...of, role: 'receipt', account: line.account, project: line.project ?? '', fen });
  }
  const reversed = data.reverses === undefined ? undefined : receivables.of(data.book, data.reverses);
  if (reversed === undefined || reversed.reversed || (data.part ?? 1) > 1) return found;
  for (const receipt of reversed.receipts) {
    const { account, fen } = receipt;
    const of = { line: 1, effectiveOn: receipt.effectiveOn };
    found.push(...shared(reversed, -fen, of), { ...of, role: 'receipt', account, project: '', fen });
  }
  return found;
}

/** The part of an amount that each income has, in the proportion of the voucher that owed it. */
function shared({ owed }: Receivable, fen: number, of: Pick<Collection, 'line' | 'effectiveOn'>): Collection[] {
  const parts = apportion(
    fen,
    owed.map((each) => Math.abs(each.fen)),
  );
  return owed.flatMap(({ account, project }, i): Collection[] => {
    const part = parts[i] ?? 0;
    return account === null || part === 0
      ? []
      : [{ ...of, role: 'income', account, project: project ?? '', fen: part }];
  });
}

/** Lines on receivables: those that settle one, and credits that money came in for. */
function receiptLines(lines: readonly Line[]): { line: Line; index: number; fen: number }[] {
  const candidates = lines.flatMap((line, index) =>
    settlementOf(line.account) === 'receivable' && (line.settles !== undefined || line.side === 'credit')
      ? [{ line, index }]
      : [],
  );
  if (candidates.length === 0) return [];
  const paid = paidInMoney(lines);
  return candidates.flatMap(({ line, index }) => {
    const fen = paid[index] ?? 0;
    return fen === 0 ? [] : [{ line, index, fen }];
  });
}

function versions(fact: Fact<string, Posting>, position: number, receivables: Receivables): Row[] {
  const { data, effectiveOn } = fact;
  if (data.kind === 'closing') return [];
  const changed = new Map<string, { ref: VoucherRef; state: Receivable }>();
  const change = (ref: VoucherRef, state: Receivable): void => {
    changed.set(`${ref.period} ${ref.voucherNo}`, { ref, state });
  };
  const now = (ref: VoucherRef): Receivable | undefined =>
    changed.get(`${ref.period} ${ref.voucherNo}`)?.state ?? receivables.of(data.book, ref);
  for (const { line, fen } of receiptLines(data.lines)) {
    const state = line.settles === undefined ? undefined : now(line.settles);
    if (line.settles === undefined || state === undefined) continue;
    const receipts = [...state.receipts, { account: line.account, effectiveOn, fen }];
    change(line.settles, { ...state, receipts: merged(receipts) });
  }
  const reversed = data.reverses === undefined ? undefined : now(data.reverses);
  if (data.reverses !== undefined && reversed !== undefined) change(data.reverses, { ...reversed, reversed: true });
  const own = owedBy(data);
  if (own !== undefined) change({ period: data.period, voucherNo: data.voucherNo }, own);
  return [...changed.values()].map(({ ref, state }) => ({
    book: data.book,
    period: monthNumber(ref.period),
    voucher_no: ref.voucherNo,
    position,
    state: JSON.stringify(state),
  }));
}

/** The income of a voucher that left something to be received, or undefined. */
function owedBy({ kind, lines }: Posting): Receivable | undefined {
  if (kind === 'reversal' || !lines.some(({ account }) => roleOf(account) === 'income')) return undefined;
  if (!lines.some((line) => line.side === 'debit' && settlementOf(line.account) === 'receivable')) return undefined;
  const owed = lines.flatMap(({ account, side, amountFen, project = null }) => {
    if (side === 'debit' || settlementOf(account) !== undefined) return [];
    const income = roleOf(account) === 'income';
    return [{ account: income ? account : null, project: income ? project : null, fen: amountFen }];
  });
  return owed.some(({ fen }) => fen !== 0) ? { owed, reversed: false, receipts: [] } : undefined;
}

/** One entry a day and account; what came to nothing is forgotten. */
function merged(receipts: readonly Receipt[]): Receipt[] {
  const sums = new Map<string, Receipt>();
  for (const receipt of receipts) {
    const key = `${receipt.effectiveOn} ${receipt.account}`;
    sums.set(key, { ...receipt, fen: exact((sums.get(key)?.fen ?? 0) + receipt.fen) });
  }
  return [...sums.values()].filter(({ fen }) => fen !== 0);
}
