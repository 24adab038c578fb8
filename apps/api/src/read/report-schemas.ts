import type { Schema } from '../openapi/schema.js';
import { count, day, fen, list, month, object, ofBooks, orNull, text } from './schemas.js';

/** The shape of the monthly income report and of the entries behind its amounts, as JSON schemas. */

const strings = (...values: string[]): Schema => ({ type: 'string', enum: values });
const either = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });

export const basis = strings('booked', 'restated');

const href = { ...text, description: '列出凭证的查询 · the read that lists what it is made of' };
const cell = object({ fen, href: orNull(href) });
const amounts = object({
  recognised: { ...cell, description: '权责发生制 · as earned' },
  collected: { ...cell, description: '收付实现制 · as received' },
  nonRecurring: { ...cell, description: '其中一次性 · the part that is not expected to recur' },
  corrected: { ...cell, description: '其中更正其他月份账的 · the part that stands in the books of another month' },
});
const change = object({
  fen,
  basisPoints: { type: ['integer', 'null'], description: '万分之一;去年无收入时为空 · null where last year has none' },
});

const spans = (of: Schema) => ({
  month: of,
  yearToDate: of,
  sameMonthLastYear: of,
  yearToDateLastYear: of,
});
const cells = object(spans(cell));
const figures = object({ ...spans(amounts), change: object({ month: change, yearToDate: change }) });

const place = { code: text, name: text, level: strings('district', 'township', 'village') };
const booksFrom = {
  ...orNull(month),
  description:
    '最早的账套自何月启用;之前没有数据,不是零 · the month of the first book: what lies before is unknown, not zero',
};
const lack = strings('NO_BOOK', 'NO_ENTRIES');
const sums = { total: figures, operating: figures };

const accountLine = object({
  account: { ...text, description: 'chart:code' },
  name: text,
  nameEn: orNull(text),
  section: strings('operating', 'other'),
  level: { type: 'integer', enum: [1, 2] },
  carriedFrom: { ...list(text), description: '并入本行的旧制度科目 · accounts of an earlier chart that stand in it' },
  figures,
});

const placeLine = object({
  ...place,
  township: orNull(text),
  villages: count,
  withoutData: { type: ['string', 'null'], enum: ['NO_BOOK', 'NO_ENTRIES', null] },
  origins: list(text),
  booksFrom,
  ...sums,
  unallocatedReceipts: cells,
});

const collectedAndNot = object({ recognised: cell, collected: cell });
const scheme = object({
  id: text,
  nameZh: text,
  nameEn: text,
  issuer: text,
  measure: text,
  bands: list(object({ id: text, nameZh: text, nameEn: text, fromFen: orNull(fen), belowFen: orNull(fen) })),
  validFrom: day,
  validTo: orNull(day),
});
const tiers = object({
  scheme,
  from: month,
  to: month,
  bands: list(object({ band: text, villages: count })),
  villages: list(object({ code: text, name: text, amount: cell, band: orNull(text), monthsWithoutData: list(month) })),
});

const interval = { fen, lowFen: orNull(fen), highFen: orNull(fen) };
const restOfYear = object({
  method: strings('seasonal-naive'),
  historyMonths: count,
  refused: { type: ['string', 'null'], enum: ['NOT_ENOUGH_HISTORY', 'MONTH_NOT_OVER', 'VILLAGES_WITHOUT_DATA', null] },
  coverageBasisPoints: count,
  months: list(object({ period: month, ...interval })),
  year: either(object(interval)),
});

const before = object(spans(object({ recognisedFen: fen, collectedFen: fen })));
const changingFact = object({
  position: count,
  type: text,
  why: strings('late', 'reversal', 'correction', 'recode'),
  division: text,
  book: orNull(text),
  voucher: either(object({ period: month, voucherNo: count })),
  effectiveOn: day,
  summary: orNull(text),
  recognisedFen: orNull(fen),
  collectedFen: orNull(fen),
  unallocatedFen: orNull(fen),
  href,
});

export const monthlyIncomeReport = object(
  {
    ledger: object({ name: text, demo: { type: 'boolean' } }),
    scope: object(place),
    period: month,
    basis,
    villages: object({
      counted: count,
      withData: count,
      withoutData: list(object({ code: text, name: text, reason: lack })),
      notClosed: {
        ...list(object({ code: text, name: text })),
        description: '当月尚未结账的村 · villages whose book of the month is not closed yet',
      },
    }),
    booksFrom,
    ...sums,
    other: figures,
    averagePerVillage: object({ totalFen: object(spans(fen)), operatingFen: object(spans(fen)) }),
    unallocatedReceipts: cells,
    lines: list(accountLine),
    projects: list(object({ project: orNull(text), name: orNull(text), ...sums })),
    byTownship: list(placeLine),
    byVillage: list(placeLine),
    months: list(object({ period: month, total: collectedAndNot, operating: collectedAndNot })),
    tiers: list(tiers),
    forecast: object({ total: restOfYear, operating: restOfYear }),
    changes: either(
      object({ since: count, before: object({ total: before, operating: before }), count, facts: list(changingFact) }),
    ),
    ...ofBooks,
  },
  ['onlyBooks'],
);

export const incomeEntryRow = object({
  village: text,
  book: text,
  account: text,
  project: orNull(text),
  period: month,
  bookedOn: day,
  effectiveOn: day,
  position: count,
  line: count,
  voucher: either(object({ period: month, voucherNo: count })),
  kind: strings('ordinary', 'reversal', 'closing', 'booking', 'opening'),
  summary: orNull(text),
  nonRecurring: { type: 'boolean' },
  corrects: { type: 'boolean', description: '是否以前期间更正 · whether it corrects a closed month' },
  amountFen: fen,
  href: { ...text, description: '凭证或事实 · the voucher, or the fact' },
});
