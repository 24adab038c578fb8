import type { Side } from './chart.js';

/** One line of a voucher. A reversal carries negative amounts on the same side; every other amount is positive. */
export interface Line {
  /** `chart:code` */
  readonly account: string;
  readonly side: Side;
  readonly amountFen: number;
  readonly summary: string;
  readonly project?: string;
  readonly party?: string;
  readonly contract?: string;
  readonly grant?: string;
  readonly asset?: string;
  /** The income voucher whose receivable this line settles. */
  readonly settles?: { readonly period: string; readonly voucherNo: number };
}

/** A line with its keys in one order and no absent ones: the bytes of a fact depend on nothing else than what was said. */
export function lineOf(said: Line): Line {
  const { account, side, amountFen, summary, project, party, contract, grant, asset, settles } = said;
  return {
    account,
    side,
    amountFen,
    summary,
    ...(project === undefined ? {} : { project }),
    ...(party === undefined ? {} : { party }),
    ...(contract === undefined ? {} : { contract }),
    ...(grant === undefined ? {} : { grant }),
    ...(asset === undefined ? {} : { asset }),
    ...(settles === undefined ? {} : { settles: { period: settles.period, voucherNo: settles.voucherNo } }),
  };
}

/** What a line does to an account: debits count up, credits count down. */
export function netFen(line: Pick<Line, 'side' | 'amountFen'>): number {
  return line.side === 'debit' ? line.amountFen : -line.amountFen;
}

/** The sums of both sides; they are equal in every voucher. */
export function totals(lines: readonly Pick<Line, 'side' | 'amountFen'>[]): { debitFen: number; creditFen: number } {
  let debitFen = 0;
  let creditFen = 0;
  for (const line of lines) {
    if (line.side === 'debit') debitFen += line.amountFen;
    else creditFen += line.amountFen;
  }
  return { debitFen, creditFen };
}

/** A red-letter entry: the same sides with negative amounts, so that turnover columns don't inflate (红字冲销). */
export function redLetter(lines: readonly Line[]): Line[] {
  return lines.map((line) => ({ ...line, amountFen: -line.amountFen }));
}
