import { codesOfDay, type NaiveDivision } from './naive-divisions.js';

/** What a patient person with the facts, paper and a pencil would answer. It knows nothing of the program it checks. */
export interface NaiveFact extends Record<'type' | 'effectiveOn' | 'commandId', string> {
  readonly position: number;
  readonly data: Texts & Ref & { readonly lines: readonly Line[]; readonly reverses?: Ref } & NaiveDivision;
}
type Texts = Record<'book' | 'bookedOn' | 'kind' | 'village' | 'organization', string>;
type Ref = { readonly period: string; readonly voucherNo: number };
type Line = { account: string; side: string; amountFen: number; project?: string } & Columns & Carried;
/** Of a change of standard: the line takes an amount from one account to another. */
type Carried = { readonly from: string; readonly to: string };
type Columns = { yearToDateDebitFen?: number; yearToDateCreditFen?: number };
export type Times = { readonly asOf: string; readonly knownAt: number };
export type Sums = Record<string, number[]>;

const POSTINGS = ['IncomeRecorded', 'ExpenseRecorded', 'VoucherPosted', 'VoucherReversed', 'DepreciationRecorded'];
const ROLES: Record<string, RegExp> = {
  income: /^(rural-collective-2024:50[1-4]|village-2004:(501|511|52[12]|531|561))/,
  expense: /^(rural-collective-2024:(51[1-5]|521)|village-2004:(502|541|551))/,
};

/** The lines of a fact; the opening's stand on the day before the book starts, with the turnover they bring along. */
function linesOf(fact: NaiveFact) {
  const { position, type, effectiveOn, data } = fact;
  if (type === 'StandardConverted') return carriedOver(fact);
  const opening = type === 'OpeningBalancesRecorded';
  if (!opening && !POSTINGS.includes(type)) return [];
  const day = opening ? new Date(Date.parse(data.period) - 86_400_000).toISOString().slice(0, 10) : data.bookedOn;
  const stands = { position, day, month: day.slice(0, 7), effectiveOn: opening ? day : effectiveOn };
  return data.lines.map((line) => {
    const [debit, credit] = line.side === 'debit' ? [line.amountFen, 0] : [0, line.amountFen];
    const { yearToDateDebitFen = 0, yearToDateCreditFen = 0 } = line;
    const turned = opening ? { debit: yearToDateDebitFen, credit: yearToDateCreditFen } : { debit, credit };
    return { book: data.book, kind: data.kind, ...line, ...stands, ...turned, net: debit - credit };
  });
}

/** What is carried over stands before January and after December, and no account has turnover from it. */
function carriedOver({ position, effectiveOn, data }: NaiveFact) {
  const stands = { position, day: effectiveOn, month: `${effectiveOn.slice(0, 4)}-00`, effectiveOn };
  return data.lines.flatMap((line) => {
    const net = line.side === 'debit' ? line.amountFen : -line.amountFen;
    const moved = { ...line, ...stands, book: data.book, kind: 'carried', debit: 0, credit: 0 };
    return [
      { ...moved, account: line.from, net: -net },
      { ...moved, account: line.to, net },
    ];
  });
}

function add(sums: Sums, key: string, amounts: number[]): void {
  sums[key] = amounts.map((amount, i) => amount + (sums[key]?.[i] ?? 0));
}

export class NaiveReplay {
  constructor(
    private readonly facts: readonly NaiveFact[],
    private readonly lines = facts.flatMap(linesOf),
  ) {}

  /** Facts of one command were recorded together, so a position among them means the one before them. */
  wholeAt(position: number): number {
    while (position > 0 && this.facts[position]?.commandId === this.facts[position - 1]?.commandId) position--;
    return position;
  }

  /** The books of the collectives below a division, of villages that existed by then, under the codes of then. */
  collectives(division: string, { asOf, knownAt }: Times): string[] {
    const [known, top] = [this.facts.slice(0, knownAt), division.replace(/(000)+$/, '')];
    const codes = codesOfDay(known, asOf);
    const below = ({ data }: NaiveFact): boolean => codes.get(data.village)?.startsWith(top) === true;
    const books = known.filter((fact) => fact.type === 'BookOpened' && below(fact));
    return books.filter(({ data }) => data.organization.startsWith('N2')).map(({ data }) => data.book);
  }

  private known(book: string, knownAt: number) {
    return this.lines.filter((line) => line.book === book && line.position <= knownAt);
  }

  /** By account: turnover of the month (debit, credit, and of closing vouchers alone), balance. */
  balances(book: string, { asOf, knownAt }: Times, sums: Sums = {}): Sums {
    for (const { account, month, day, kind, debit, credit, net } of this.known(book, knownAt)) {
      if (day > asOf) continue;
      const now = Number(month === asOf.slice(0, 7));
      const closing = Number(kind === 'closing') * now;
      add(sums, account, [debit * now, credit * now, debit * closing, credit * closing, net]);
    }
    return sums;
  }

  /** By book, account, project and month: the amount, and how much of it stands in the books of another month. */
  turnovers(book: string, role: string, restated: boolean, { asOf, knownAt }: Times, sums: Sums = {}): Sums {
    for (const { account, project, month, day, effectiveOn, kind, debit, credit } of this.known(book, knownAt)) {
      const on = restated ? effectiveOn : day;
      if (kind === 'closing' || on > asOf || ROLES[role]?.test(account) !== true) continue;
      const [of, amount] = [on.slice(0, 7), role === 'income' ? credit - debit : debit - credit];
      add(sums, `${book} ${account} ${project ?? '-'} ${of}`, [amount, of === month ? 0 : amount]);
    }
    return sums;
  }

  /** By account: opening balance, turnover of the month, turnover of the year to date, closing balance. */
  trialBalance(book: string, asked: string, knownAt: number, closing: 'before' | 'after', sums: Sums = {}): Sums {
    for (const { account, month, kind, debit, credit, net } of this.known(book, knownAt)) {
      if (month > asked || (closing === 'before' && kind === 'closing' && month === asked)) continue;
      const [now, year] = [Number(month === asked), Number(month.slice(0, 4) === asked.slice(0, 4))];
      add(sums, account, [net - net * now, debit * now, credit * now, debit * year, credit * year, net]);
    }
    return sums;
  }

  vouchers(book: string, month: string, { asOf, knownAt }: Times): NaiveFact[] {
    const known = this.facts.filter((fact) => fact.position <= knownAt && POSTINGS.includes(fact.type));
    return known.filter(({ data }) => data.book === book && data.period === month && data.bookedOn <= asOf);
  }
}
