import type { Origin } from '../command.js';
import { divisionOf, type DivisionTree } from '../division-tree.js';
import type { Fact, FactDraft } from '../fact.js';
import { lastDay, type LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseForeignOrigin, refuseFuture, refusePersonalData, type Setting } from '../rules.js';
import type { PublishedSource, RatioParts, ReportIndicator } from './commands.js';
import { type Measure, measures, type MeasureUnit } from './measures.js';
import type { Qualifier } from './qualifiers.js';
import { isRatioOf, ratioBasisPoints } from './ratio.js';
import { isInDistrict, scopeCode } from './scope.js';

/** A published figure as data of its fact, which is in force on the day that the figure is about. */
export interface Reading {
  readonly scope: string;
  readonly measure: string;
  readonly value: number;
  readonly unit: MeasureUnit;
  readonly qualifier: Qualifier;
  /** `YYYY` or `YYYY-MM-DD`, as it was published. */
  readonly asOf: string;
  readonly source: Readonly<PublishedSource>;
  readonly parts?: Readonly<RatioParts>;
  /** The fact that it takes the place of. */
  readonly corrects?: string;
  readonly origin?: Origin;
}

export type IndicatorReported = FactDraft<'IndicatorReported', Reading>;

/** What was published about one measure of one scope. */
export interface Indicator {
  /** By the id of the fact. */
  readonly readings: Map<
    string,
    { readonly asOf: string; readonly source: Readonly<PublishedSource>; correctedBy?: string }
  >;
}

/** The tree of the district is looked at where the scope is in one. */
export interface IndicatorSetting extends Setting {
  readonly divisions?: DivisionTree;
}

export const indicatorStream = (scope: string, measure: string): string => `indicator-${scope}-${measure}`;

export function emptyIndicator(): Indicator {
  return { readings: new Map() };
}

/** The day in whose state a figure is read: a year's figure stands on its last day. */
export function dayOfFigure(asOf: string): LocalDate {
  return asOf.length === 4 ? lastDay(`${asOf}-12`) : asOf;
}

export function validScope(text: string, field: string): string {
  const scope = scopeCode(text);
  if (scope === undefined) throw new Refusal('DIVISION_CODE_INVALID', { code: text }, field);
  return scope;
}

export function knownMeasure(code: string): Measure {
  const measure = measures.get(code);
  if (measure === undefined) throw new Refusal('MEASURE_UNKNOWN', { measure: code }, 'measure');
  return measure;
}

export function decideIndicator(
  command: ReportIndicator,
  indicator: Indicator,
  beside: IndicatorSetting,
): IndicatorReported[] {
  const scope = validScope(command.scope, 'scope');
  const measure = knownMeasure(command.measure);
  const { value, unit, qualifier, asOf, source, parts, corrects } = command;
  const effectiveOn = dayOfFigure(asOf);
  refuseFuture(effectiveOn, beside.today, 'asOf');
  refuseForeignOrigin(command.origin, beside.demo);
  const { document, line, quote } = source;
  refusePersonalData({ 'source.document': document, 'source.line': line, 'source.quote': quote });
  // A figure may be older than the village is in the ledger, so the day is not asked.
  if (isInDistrict(scope) && (beside.divisions && divisionOf(beside.divisions, scope)) === undefined) {
    throw new Refusal('DIVISION_UNKNOWN', { code: scope }, 'scope');
  }
  if (unit !== measure.unit) {
    throw new Refusal('UNIT_MISMATCH', { measure: measure.code, unit, expected: measure.unit }, 'unit');
  }
  refuseInconsistent(command, measure);
  if (corrects !== undefined) refuseCorrected(indicator, corrects);
  refuseDuplicate(command, indicator);
  const data: Reading = {
    scope,
    measure: measure.code,
    value,
    unit,
    qualifier,
    asOf,
    source: { document, line, ...(quote === undefined ? {} : { quote }) },
    ...(parts === undefined ? {} : { parts: { numerator: parts.numerator, denominator: parts.denominator } }),
    ...(corrects === undefined ? {} : { corrects }),
    ...originOf(command),
  };
  return [{ type: 'IndicatorReported', version: 1, division: scope, effectiveOn, data }];
}

/** A ratio is believed without its parts, but not against them. */
function refuseInconsistent({ value, qualifier, parts }: ReportIndicator, measure: Measure): void {
  if (parts === undefined) return;
  const { code, ratio } = measure;
  if (ratio === undefined) throw new Refusal('MEASURE_WITHOUT_PARTS', { measure: code }, 'parts');
  if (isRatioOf(parts, { value, qualifier }, ratio)) return;
  const { numerator, denominator } = parts;
  const ratioOfParts = ratioBasisPoints(parts);
  const facts = { measure: code, value, qualifier, numerator, denominator, ratioBasisPoints: ratioOfParts };
  throw new Refusal('RATIO_INCONSISTENT', facts, 'value');
}

function refuseCorrected({ readings }: Indicator, corrects: string): void {
  const reading = readings.get(corrects);
  if (reading === undefined) throw new Refusal('READING_UNKNOWN', { reading: corrects }, 'corrects');
  const { correctedBy } = reading;
  if (correctedBy !== undefined) {
    throw new Refusal('READING_CORRECTED', { reading: corrects, correctedBy }, 'corrects');
  }
}

/** One place in a document states a figure once; what is corrected has stated nothing. */
function refuseDuplicate({ asOf, source, measure, corrects }: ReportIndicator, { readings }: Indicator): void {
  for (const [reading, known] of readings) {
    if (known.correctedBy !== undefined || reading === corrects) continue;
    const { document, line } = known.source;
    if (dayOfFigure(known.asOf) === dayOfFigure(asOf) && document === source.document && line === source.line) {
      throw new Refusal('DUPLICATE_READING', { measure, asOf: known.asOf, document, line, reading }, 'source');
    }
  }
}

export function evolveIndicator(indicator: Indicator, fact: Fact): Indicator {
  const stated = fact as unknown as IndicatorReported;
  if (stated.type !== 'IndicatorReported') return indicator;
  const { asOf, source, corrects } = stated.data;
  indicator.readings.set(fact.id, { asOf, source });
  const corrected = corrects === undefined ? undefined : indicator.readings.get(corrects);
  if (corrected !== undefined) corrected.correctedBy = fact.id;
  return indicator;
}
