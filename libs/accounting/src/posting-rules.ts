import { type Chart, qualified } from './chart.js';
import { type Line, lineOf } from './line.js';

export interface IncomeToPost {
  readonly account: string;
  /** Without tax; the settlement account receives `amountFen + taxFen`. */
  readonly amountFen: number;
  readonly taxFen?: number;
  readonly settlement: { readonly account: string; readonly party?: string };
  readonly summary: string;
  readonly project?: string;
  readonly contract?: string;
  readonly asset?: string;
}

export interface ExpenseToPost {
  readonly account: string;
  readonly amountFen: number;
  readonly settlement: { readonly account: string; readonly party?: string };
  readonly summary: string;
  readonly project?: string;
  readonly contract?: string;
  readonly asset?: string;
}

export interface Appropriation {
  /** Where the appropriated surplus goes: the reserve, members' current accounts, payables. */
  readonly account: string;
  readonly amountFen: number;
  readonly summary: string;
  readonly party?: string;
}

/**
 * Income earned (T1–T3, T6, T24 of the field's catalogue): debit cash, bank or a receivable, credit income, and credit
 * taxes payable with the tax that the customer owes on top. Codes are those of the chart, unqualified.
 */
export function postIncome(income: IncomeToPost, chart: Chart): Line[] {
  const { summary } = income;
  const taxFen = income.taxFen ?? 0;
  const { party } = income.settlement;
  const lines = [
    lineOf({
      account: qualified(chart.id, income.settlement.account),
      side: 'debit',
      amountFen: income.amountFen + taxFen,
      summary,
      party,
    }),
    lineOf({
      account: qualified(chart.id, income.account),
      side: 'credit',
      amountFen: income.amountFen,
      summary,
      project: income.project,
      contract: income.contract,
      asset: income.asset,
    }),
  ];
  if (taxFen !== 0) {
    if (chart.roles.taxesPayable === undefined) throw new Error(`${chart.id} has no account for taxes payable`);
    lines.push({ account: qualified(chart.id, chart.roles.taxesPayable), side: 'credit', amountFen: taxFen, summary });
  }
  return lines;
}

/** Expense incurred (T19 interest, T20, T21): debit expense, credit cash, bank, a current account or a payable. */
export function postExpense(expense: ExpenseToPost, chart: Chart): Line[] {
  const { amountFen, summary } = expense;
  const { party } = expense.settlement;
  return [
    lineOf({
      account: qualified(chart.id, expense.account),
      side: 'debit',
      amountFen,
      summary,
      project: expense.project,
      contract: expense.contract,
      asset: expense.asset,
    }),
    lineOf({
      account: qualified(chart.id, expense.settlement.account),
      side: 'credit',
      amountFen,
      summary,
      party,
    }),
  ];
}
