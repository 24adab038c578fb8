import { apportion, type Line } from '@ledger/accounting';
import type { Fact, LocalDate, Posting, VoucherRef } from '@ledger/domain';
import { roleOf, settlementOf } from './account-roles.js';
import { monthNumber } from './calendar.js';
import { exact } from './exact.js';
import { ofPostings } from './facts.js';
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
  on: ofPostings(versions),
});

/**
 * What a voucher says was received of incomes that stood as receivables. A line that settles one counts for its accounts
 * and projects in their proportion, tax and the like among them. What settles nothing known counts as not allocated, and so
 * do what is more than was owed and, from then on, what was received for an income that is reversed.
 */
export function collectionsOf(fact: Fact<string, Posting>, receivables: Receivables): readonly Collection[] {
  return settled(fact, receivables).collections;
}

function versions(fact: Fact<string, Posting>, position: number, receivables: Receivables): Row[] {
  return [...settled(fact, receivables).changed.values()].map(({ ref, state }) => ({
    book: fact.data.book,
    period: monthNumber(ref.period),
    voucher_no: ref.voucherNo,
    position,
    state: JSON.stringify(state),
  }));
}

interface Settled {
  readonly collections: Collection[];
  readonly changed: Map<string, { readonly ref: VoucherRef; readonly state: Receivable }>;
}

/** Goes through the lines of a voucher, each of which finds what the one before it left. */
function settled({ data, effectiveOn }: Fact<string, Posting>, receivables: Receivables): Settled {
  const collections: Collection[] = [];
  const changed: Settled['changed'] = new Map();
  if (data.kind === 'closing') return { collections, changed };
  const now = (ref: VoucherRef): Receivable | undefined =>
    changed.get(nameOf(ref))?.state ?? receivables.of(data.book, ref);
  for (const { line, fen, index } of receiptLines(data.lines)) {
    const { account, project = '', settles } = line;
    const of = { line: index + 1, effectiveOn };
    const state = settles === undefined ? undefined : now(settles);
    if (settles === undefined || state === undefined || state.reversed) {
      collections.push({ ...of, role: 'receipt', account, project, fen });
      continue;
    }
    const parts = partsOf(state, fen);
    collections.push(...ofIncome(state, parts, of));
    const tooMuchFen = fen - sumOf(parts);
    if (tooMuchFen !== 0) collections.push({ ...of, role: 'receipt', account, project, fen: tooMuchFen });
    const receipts = withReceipt(state.receipts, { account, effectiveOn, fen, parts });
    changed.set(nameOf(settles), { ref: settles, state: { ...state, receipts } });
  }
  const reversed = data.reverses === undefined ? undefined : now(data.reverses);
  if (data.reverses !== undefined && reversed !== undefined && !reversed.reversed) {
    for (const { account, effectiveOn: received, parts } of reversed.receipts) {
      const of = { line: 1, effectiveOn: received };
      const [fen, back] = [sumOf(parts), parts.map((part) => -part)];
      collections.push(...ofIncome(reversed, back, of));
      if (fen !== 0) collections.push({ ...of, role: 'receipt', account, project: '', fen });
    }
    changed.set(nameOf(data.reverses), { ref: data.reverses, state: { ...reversed, reversed: true } });
  }
  const own = owedBy(data);
  if (own !== undefined) {
    const ref = { period: data.period, voucherNo: data.voucherNo };
    changed.set(nameOf(ref), { ref, state: own });
  }
  return { collections, changed };
}

/**
 * What of a receipt each line has that is owed. All that was paid so far is shared out anew and the difference taken, so
 * that many small receipts don't drift: an income that is wholly received is collected to the fen, and never more of it.
 */
function partsOf({ owed, paidFen, owedFen, receipts }: Receivable, fen: number): number[] {
  const weights = owed.map((each) => Math.abs(each.fen));
  const received = sumOf(receipts.map((receipt) => receipt.fen));
  const counted = (sum: number): number => Math.min(Math.max(sum, Math.min(0, owedFen)), Math.max(0, owedFen));
  const had = apportion(paidFen + counted(received), weights);
  return apportion(paidFen + counted(exact(received + fen)), weights).map((part, i) => part - (had[i] ?? 0));
}

function ofIncome(
  { owed }: Receivable,
  parts: readonly number[],
  of: Pick<Collection, 'line' | 'effectiveOn'>,
): Collection[] {
  return owed.flatMap(({ account, project }, i): Collection[] => {
    const fen = parts[i] ?? 0;
    return account === null || fen === 0 ? [] : [{ ...of, role: 'income', account, project: project ?? '', fen }];
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

/** The income of a voucher that left something to be received, or undefined. */
function owedBy({ kind, lines }: Posting): Receivable | undefined {
  if (kind === 'reversal' || !lines.some(({ account }) => roleOf(account) === 'income')) return undefined;
  const receivables = lines.filter(({ account, side }) => side === 'debit' && settlementOf(account) === 'receivable');
  if (receivables.length === 0) return undefined;
  const paid = paidInMoney(lines);
  let paidFen = 0;
  const owed = lines.flatMap(({ account, side, amountFen, project = null }, i) => {
    if (side === 'debit' || settlementOf(account) !== undefined) return [];
    paidFen = exact(paidFen + (paid[i] ?? 0));
    const income = roleOf(account) === 'income';
    return [{ account: income ? account : null, project: income ? project : null, fen: amountFen }];
  });
  if (owed.every(({ fen }) => fen === 0)) return undefined;
  const owedFen = sumOf(receivables.map(({ amountFen }) => amountFen));
  return { owed, paidFen, owedFen, reversed: false, receipts: [] };
}

/** One entry a day and account; what came to nothing is forgotten. */
function withReceipt(receipts: readonly Receipt[], added: Receipt): Receipt[] {
  const same = receipts.find(
    ({ effectiveOn, account }) => effectiveOn === added.effectiveOn && account === added.account,
  );
  if (same === undefined) return [...receipts, added];
  const fen = exact(same.fen + added.fen);
  const parts = same.parts.map((part, i) => part + (added.parts[i] ?? 0));
  const merged = { ...added, fen, parts };
  return receipts.flatMap((receipt) =>
    receipt !== same ? [receipt] : fen === 0 && parts.every((part) => part === 0) ? [] : [merged],
  );
}

function nameOf({ period, voucherNo }: VoucherRef): string {
  return `${period} ${voucherNo}`;
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, fen) => exact(sum + fen), 0);
}
