import { type Chart, type ChartId, chartIdOf, codeOf, parentOf, qualified } from './chart.js';
import { fromVillage2004 } from './conversions/from-village-2004.js';

/** How the books of one standard go on under the next: a table, and whatever it leaves open an officer says. */
export interface Conversion {
  readonly from: ChartId;
  readonly to: ChartId;
  /** The first month under the new standard, always a January. */
  readonly period: string;
  /**
   * Where an account goes on, by code; a code stands for all below it that are not named themselves. Where an account
   * splits, all that it may go to, what most of it is first.
   */
  readonly successors: Readonly<Record<string, readonly string[]>>;
  /** Accounts that have no true successor, so that even the only one is for an officer to name. */
  readonly neverByItself: readonly string[];
  /** Where depreciation is charged from then on, by where it was charged before. */
  readonly depreciationCharge: Readonly<Record<string, string>>;
}

const conversions: Readonly<Partial<Record<ChartId, Conversion>>> = { 'village-2004': fromVillage2004 };

/** The conversion that ends a standard; undefined for the standard in force. */
export function conversionFrom(standard: ChartId): Conversion | undefined {
  return conversions[standard];
}

/** The codes under which an account of the old standard may go on; none where the table does not know it. */
export function successorsOf(code: string, { successors }: Conversion): readonly string[] {
  for (let above: string | undefined = code; above !== undefined; above = parentOf(above)) {
    const named = successors[above];
    if (named !== undefined) return named;
  }
  return [];
}

/**
 * An account that was named under the standard before, in the chart that its book has now: the main successor, as
 * `chart:code`. Every other account, also a bare code, is given back as it is.
 */
export function succeeding(account: string, chart: Chart): string {
  const conversion = conversionInto(account, chart);
  const [main] = conversion === undefined ? [] : successorsOf(codeOf(account), conversion);
  return main === undefined ? account : qualified(chart.id, main);
}

/** The same for an account to which depreciation is charged. */
export function succeedingCharge(account: string, chart: Chart): string {
  const code = conversionInto(account, chart)?.depreciationCharge[codeOf(account)];
  return code === undefined ? account : qualified(chart.id, code);
}

function conversionInto(account: string, chart: Chart): Conversion | undefined {
  const conversion = conversionFrom(chartIdOf(account) as ChartId);
  return conversion?.to === chart.id ? conversion : undefined;
}
