import { codesOfDay, type NaiveDivision } from './naive-divisions.js';

/** What a patient person with the vouchers, paper and a pencil would count as income. It knows nothing of the program. */
export interface NaiveIncomeFact {
  readonly position: number;
  readonly type: string;
  readonly effectiveOn: string;
  readonly data: NaiveDivision & {
    readonly book: string;
    readonly village: string;
    readonly period: string;
    readonly bookedOn: string;
    readonly voucherNo: number;
    readonly kind: string;
    readonly nonRecurring?: boolean;
    readonly reverses?: Ref;
    readonly lines: readonly Line[];
  };
}

interface Ref {
  readonly period: string;
  readonly voucherNo: number;
}

interface Line {
  readonly account: string;
  readonly side: string;
  readonly amountFen: number;
  readonly project?: string;
  readonly settles?: Ref;
}

/** One amount of income: what it is counted as, of what, and in which months. */
export interface NaiveAmount {
  readonly measure: 'recognised' | 'collected' | 'unallocated';
  readonly position: number;
  readonly book: string;
  readonly account: string;
  readonly project: string | null;
  /** The month of the books, and that of the business. */
  readonly booked: string;
  readonly belongs: string;
  readonly bookedOn: string;
  readonly effectiveOn: string;
  readonly nonRecurring: boolean;
  readonly fen: number;
}

interface Owed {
  readonly parts: readonly (readonly [account: string | null, project: string | null, fen: number])[];
  /** Paid with the voucher itself, and at most still to come. */
  readonly paid: number;
  readonly left: number;
  reversed: boolean;
  readonly receipts: {
    readonly on: string;
    readonly account: string;
    readonly fen: number;
    readonly parts: number[];
  }[];
}

const POSTINGS = ['IncomeRecorded', 'ExpenseRecorded', 'VoucherPosted', 'VoucherReversed'];
const INCOME = /^rural-collective-2024:50[1-4]|^village-2004:(501|511|52[12]|531|561)/;
const OPERATING = /^rural-collective-2024:50[12]|^village-2004:(501|511|561)/;
const MONEY = /:10[12]/;
const OWING = /:11[23]/;

export const isOperating = (account: string): boolean => OPERATING.test(account);

const isIncome = (account: string): boolean => INCOME.test(account);

/** Every amount that the facts up to a position give, in their order. */
export function naiveAmounts(facts: readonly NaiveIncomeFact[], knownAt: number): NaiveAmount[] {
  const amounts: NaiveAmount[] = [];
  const owing = new Map<string, Owed>();
  for (const { position, type, effectiveOn, data } of facts) {
    if (position > knownAt || !POSTINGS.includes(type) || data.kind === 'closing') continue;
    const name = (ref: Ref): string => `${data.book} ${ref.period} ${ref.voucherNo}`;
    const write = (
      measure: NaiveAmount['measure'],
      account: string,
      project: string | null,
      fen: number,
      on = effectiveOn,
    ): void => {
      if (fen === 0) return;
      const months = { booked: data.period, belongs: on.slice(0, 7), bookedOn: data.bookedOn, effectiveOn: on };
      const of = { position, book: data.book, account, project, nonRecurring: data.nonRecurring === true };
      amounts.push({ measure, ...of, ...months, fen });
    };
    const paid = paidInMoney(data.lines);
    data.lines.forEach((line, i) => {
      const { account, project = null } = line;
      if (isIncome(account)) {
        write('recognised', account, project, credit(line));
        write('collected', account, project, paid[i] ?? 0);
      }
      if (!OWING.test(account) || (line.settles === undefined && line.side === 'debit')) return;
      const settled = line.settles === undefined ? undefined : owing.get(name(line.settles));
      const fen = paid[i] ?? 0;
      if (settled === undefined || settled.reversed) {
        write('unallocated', account, project, fen);
        return;
      }
      // Of all that came in so far, less what each had of it before.
      const before = total(settled.receipts.map((receipt) => receipt.fen));
      const had = shares(settled, settled.paid + within(settled.left, before));
      const parts = shares(settled, settled.paid + within(settled.left, before + fen)).map(
        (part, n) => part - (had[n] ?? 0),
      );
      write('unallocated', account, project, fen - total(parts));
      settled.parts.forEach(([to, of], n) => {
        if (to !== null) write('collected', to, of, parts[n] ?? 0);
      });
      settled.receipts.push({ on: effectiveOn, account, fen, parts });
    });
    const taken = data.reverses === undefined ? undefined : owing.get(name(data.reverses));
    if (taken !== undefined && !taken.reversed) {
      for (const { on, account, parts } of taken.receipts) {
        taken.parts.forEach(([to, of], n) => {
          if (to !== null) write('collected', to, of, -(parts[n] ?? 0), on);
        });
        write('unallocated', account, null, total(parts), on);
      }
      taken.reversed = true;
    }
    if (data.kind === 'reversal' || !data.lines.some(({ account }) => isIncome(account))) continue;
    if (!data.lines.some(({ account, side }) => OWING.test(account) && side === 'debit')) continue;
    const isOwed = ({ account, side }: Line): boolean =>
      side === 'credit' && !OWING.test(account) && !MONEY.test(account);
    const owed = data.lines.filter(isOwed);
    if (owed.length === 0) continue;
    const left = data.lines.filter(({ account, side }) => OWING.test(account) && side === 'debit');
    owing.set(name(data), {
      parts: owed.map(({ account, project = null, amountFen }) =>
        isIncome(account) ? [account, project, amountFen] : [null, null, amountFen],
      ),
      paid: total(data.lines.map((line, i) => (isOwed(line) ? (paid[i] ?? 0) : 0))),
      left: total(left.map(({ amountFen }) => amountFen)),
      reversed: false,
      receipts: [],
    });
  }
  return amounts;
}

/** The village of each book on a day, as known. */
export function naiveVillages(facts: readonly NaiveIncomeFact[], asOf: string, knownAt: number): Map<string, string> {
  const known = facts.filter(({ position }) => position <= knownAt);
  const codes = codesOfDay(known, asOf);
  const books = known.filter(({ type }) => type === 'BookOpened');
  return new Map(books.map(({ data }) => [data.book, codes.get(data.village) ?? '']));
}

function credit({ side, amountFen }: Line): number {
  return side === 'credit' ? amountFen : -amountFen;
}

/** The money that came in is spread over the other credits, that which went out over the other debits. */
function paidInMoney(lines: readonly Line[]): number[] {
  const others = lines.map((line) => (MONEY.test(line.account) ? 0 : credit(line)));
  const money = lines.map((line) => (MONEY.test(line.account) ? -credit(line) : 0));
  const share = (sign: number): number[] => {
    const weights = others.map((fen) => Math.max(0, fen * sign));
    const whole = total(weights);
    const moved = Math.min(whole, total(money.map((fen) => Math.max(0, fen * sign))));
    return whole === 0 ? weights : largestRemainder(moved, weights).map((fen) => fen * sign);
  };
  const [received, spent] = [share(1), share(-1)];
  return lines.map((_, i) => (received[i] ?? 0) + (spent[i] ?? 0));
}

/** No more than there was to come, in either direction. */
function within(left: number, received: number): number {
  return left >= 0 ? Math.min(Math.max(received, 0), left) : Math.max(Math.min(received, 0), left);
}

function shares({ parts }: Owed, fen: number): number[] {
  const weights = parts.map(([, , weight]) => Math.abs(weight));
  return largestRemainder(Math.abs(fen), weights).map((part) => Math.sign(fen) * part);
}

function largestRemainder(amount: number, weights: readonly number[]): number[] {
  const whole = BigInt(total(weights));
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = exact.map((product) => Number(product / whole));
  const rests = exact.map((product) => product % whole);
  for (let left = amount - total(parts); left > 0; left--) {
    let largest = 0;
    rests.forEach((rest, i) => {
      if (rest > (rests[largest] ?? 0n)) largest = i;
    });
    parts[largest] = (parts[largest] ?? 0) + 1;
    rests[largest] = -1n;
  }
  return parts;
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, fen) => sum + fen, 0);
}
