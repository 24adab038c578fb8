import { measures, type MeasureUnit, measureUnits } from '../indicator/measures.js';
import { type Qualifier, qualifiers } from '../indicator/qualifiers.js';
import { refusal } from './entry.js';

const nameOf = (measure: string): { zh: string; en: string } => {
  const { nameZh, nameEn } = measures.get(measure) ?? { nameZh: measure, nameEn: measure };
  return { zh: `${nameZh}(${measure})`, en: `${measure} (${nameEn})` };
};

const unitIn = (unit: MeasureUnit): { zh: string; en: string } => ({
  zh: `${unit}(${measureUnits[unit].zh})`,
  en: unit,
});

/** Ten-thousandths as people write a ratio: 15600 is 1.5600. */
const ratioOf = (basisPoints: number): string => (basisPoints / 10_000).toFixed(4);

export const indicatorRefusals = {
  MEASURE_UNKNOWN: refusal<{ measure: string }>(
    404,
    (f) => `没有指标“${f.measure}”。请用指标表(/indicators/measures)核对代码。`,
    (f) => `There is no measure "${f.measure}". Look its code up in the list at /indicators/measures.`,
  ),
  UNIT_MISMATCH: refusal<{ measure: string; unit: MeasureUnit; expected: MeasureUnit }>(
    422,
    (f) =>
      `指标${nameOf(f.measure).zh}的单位是${unitIn(f.expected).zh},不是${unitIn(f.unit).zh}。请换算为${unitIn(f.expected).zh}的整数后填报。`,
    (f) =>
      `The unit of ${nameOf(f.measure).en} is ${f.expected}, not ${f.unit}. Convert the value to whole ${measureUnits[f.expected].en} and send it again.`,
  ),
  MEASURE_WITHOUT_PARTS: refusal<{ measure: string }>(
    422,
    (f) => `指标${nameOf(f.measure).zh}不是比率,没有分子和分母。请去掉parts后填报。`,
    (f) => `${nameOf(f.measure).en} is no ratio and has no numerator and denominator. Leave out parts.`,
  ),
  RATIO_INCONSISTENT: refusal<{
    measure: string;
    value: number;
    qualifier: Qualifier;
    numerator: number;
    denominator: number;
    ratioBasisPoints: number;
  }>(
    422,
    (f) =>
      `${f.numerator}÷${f.denominator}=${ratioOf(f.ratioBasisPoints)},与公布的“${qualifiers[f.qualifier].nameZh}${ratioOf(f.value)}”不符。请核对${nameOf(f.measure).zh}及其分子、分母。`,
    (f) =>
      `${f.numerator} divided by ${f.denominator} is ${ratioOf(f.ratioBasisPoints)}, which is not "${qualifiers[f.qualifier].nameEn} ${ratioOf(f.value)}". Check ${nameOf(f.measure).en} and its parts.`,
  ),
  DUPLICATE_READING: refusal<{ measure: string; asOf: string; document: string; line: string; reading: string }>(
    422,
    (f) =>
      `《${f.document}》${f.line}处${f.asOf}的${nameOf(f.measure).zh}已填报(编号${f.reading})。如需更正,请用corrects指明该编号。`,
    (f) =>
      `${nameOf(f.measure).en} for ${f.asOf} was already reported from this line of the document, as reading ${f.reading}. To correct it, name that reading in corrects.`,
  ),
  READING_UNKNOWN: refusal<{ reading: string }>(
    404,
    (f) => `该指标没有编号为${f.reading}的填报。请用同一地区、同一指标的填报编号。`,
    (f) => `This indicator has no reading ${f.reading}. Use the id of a reading of the same scope and measure.`,
  ),
  READING_CORRECTED: refusal<{ reading: string; correctedBy: string }>(
    422,
    (f) => `填报${f.reading}已由${f.correctedBy}更正。请更正后一条。`,
    (f) => `Reading ${f.reading} was already corrected by ${f.correctedBy}. Correct that one instead.`,
  ),
} as const;
