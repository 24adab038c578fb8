import { type Chart, type ChartId, chartIdOf, codeOf, type Conversion, parentOf, qualified } from './chart.js';
import { fromVillage2004 } from './conversions/from-village-2004.js';

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
