import { measureUnits, qualifiers } from '@ledger/domain';
import type { Schema } from '../openapi/schema.js';

/** The shapes of answers, as JSON schemas. */

export const text: Schema = { type: 'string' };
export const fen: Schema = { type: 'integer', description: '金额,单位分 · amount in fen' };
export const count: Schema = { type: 'integer' };
const yes: Schema = { type: 'boolean' };
export const month: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}$', description: '期间 · bookkeeping month' };
export const day: Schema = { type: 'string', format: 'date' };
const account: Schema = { type: 'string', examples: ['rural-collective-2024:50102'], description: 'chart:code' };

export function object(properties: Record<string, Schema>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

/** Beside sums over places; there only for a reader who is granted some books alone. */
export const ofBooks = {
  onlyBooks: {
    ...list(text),
    description: '只限定账套的授权:合计只含这些账套 · the sums are made of these books alone, as the grant is',
  },
};

export const orNull = (schema: Schema): Schema => ({ ...schema, type: [schema['type'] as string, 'null'] });

const voucherRef = object({ period: month, voucherNo: count });
const nullableRef: Schema = { oneOf: [voucherRef, { type: 'null' }] };

export const divisionRow = object({
  id: { ...text, description: '首次登记时的代码,不随代码变更 · the code under which it was registered; it stays' },
  code: text,
  name: text,
  level: text,
  parent: orNull(text),
  validFrom: day,
  position: count,
  origin: orNull(text),
});

export const bookRow = object({
  id: text,
  name: text,
  village: text,
  organization: text,
  kind: orNull(text),
  standard: { ...text, description: '当日执行的会计制度 · the standard that it is kept under on that day' },
  standards: list(object({ standard: text, from: month, position: count })),
  startPeriod: month,
  position: count,
  origin: orNull(text),
});

export const organizationRow = object({
  creditCode: text,
  name: text,
  kind: text,
  village: text,
  validFrom: day,
  position: count,
  origin: orNull(text),
});

export const periodCloseRow = object({
  period: month,
  closedBy: text,
  vouchers: { ...count, description: '该月凭证数 · how many vouchers the month has' },
  ledgerHash: {
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    description: '该月全部事实的摘要 · SHA-256 over the leaves of all facts of the month',
  },
  position: count,
});

export const handoverRow = object({
  effectiveOn: day,
  from: { ...text, description: '移交人 · who handed the book over' },
  to: { ...text, description: '接管人 · who took it over' },
  witness: { ...text, description: '监交人 · who supervised it' },
  preparedBy: text,
  lastClosed: { ...orNull(month), description: '交接时已结至 · the last month closed when it was recorded' },
  openMonths: {
    ...list(object({ period: month, vouchers: count })),
    description: '交接时未结账的月份及凭证数 · the months not closed then, and how many vouchers they had',
  },
  openItems: { ...list(text), description: '未了事项 · what was unfinished' },
  position: count,
});

export const yearCloseRow = object({ year: count, closedBy: text, position: count });

export const accountRow = object({
  account,
  name: text,
  nameEn: orNull(text),
  class: text,
  normalSide: text,
  postable: yes,
  retiredOn: orNull(day),
});

const ofClosing = '其中年末结转凭证的发生额,单位分 · how much of it is of the closing vouchers of a year end, in fen';

export const balanceRow = object({
  account,
  debitFen: { ...fen, description: '本月借方发生额,至该日,单位分 · debits of the month up to that day, in fen' },
  creditFen: { ...fen, description: '本月贷方发生额,至该日,单位分 · credits of the month up to that day, in fen' },
  ofClosingVouchersDebitFen: { ...fen, description: ofClosing },
  ofClosingVouchersCreditFen: { ...fen, description: ofClosing },
  balanceFen: { ...fen, description: '余额,借方为正,单位分 · balance in fen, debit positive' },
});

export const trialBalanceRow = object({
  account,
  openingDebitFen: fen,
  openingCreditFen: fen,
  debitFen: fen,
  creditFen: fen,
  yearToDateDebitFen: fen,
  yearToDateCreditFen: fen,
  closingDebitFen: fen,
  closingCreditFen: fen,
});

const voucherHead = {
  book: text,
  period: month,
  voucherNo: count,
  position: count,
  type: text,
  kind: { type: 'string', enum: ['ordinary', 'reversal', 'closing', 'booking'] },
  effectiveOn: day,
  bookedOn: day,
  summary: text,
  totalFen: fen,
  preparedBy: text,
  reviewedBy: text,
  attachmentCount: count,
  sourceDocument: orNull(text),
  nonRecurring: yes,
  corrects: { oneOf: [object({ period: month, reason: text }), { type: 'null' }] },
  reverses: nullableRef,
  reversedBy: nullableRef,
  origin: orNull(text),
} satisfies Record<string, Schema>;

export const voucherRow = object(voucherHead);

const DIMENSIONS = ['project', 'party', 'contract', 'grant', 'asset', 'settles'];

const voucherLine = object(
  {
    account,
    side: { type: 'string', enum: ['debit', 'credit'] },
    amountFen: fen,
    summary: text,
    project: text,
    party: text,
    contract: text,
    grant: text,
    asset: text,
    settles: voucherRef,
  },
  DIMENSIONS,
);

const attachment: Schema = { $ref: '#/components/schemas/Attachment' };

export const voucherWithLines = object({ ...voucherHead, lines: list(voucherLine), evidence: list(attachment) });

export const incomeRow = object({
  account,
  project: orNull(text),
  period: month,
  amountFen: fen,
  correctedFen: { ...fen, description: '其中更正转入 · of which corrections of this month, booked in another' },
});

export const villageIncome = object({ village: text, totalFen: fen, operatingFen: fen });

export const correctionRow = object({
  book: text,
  account,
  project: orNull(text),
  period: month,
  effectiveOn: day,
  bookedPeriod: month,
  voucherNo: count,
  position: count,
  amountFen: fen,
});

/** The cursor of a list that ends. */
export const next: Schema = {
  type: ['string', 'null'],
  description: '下一页的游标,末页为null · null on the last page',
};

export const householdSchema = object({
  household: { ...text, description: '农户编号 · the pseudonym of the household' },
  village: text,
  registeredFrom: day,
  dissolvedOn: { ...orNull(day), description: '注销日期 · the first day on which it is no more' },
  reason: { ...orNull(text), description: '注销原因 · why it was dissolved' },
  position: count,
  origin: orNull(text),
});

export const householdCount: Schema = {
  ...orNull(count),
  description:
    '在册农户数;对公众1至4不公布 · households registered and not dissolved; null for 1 to 4 in public answers',
};

export const suppressed: Schema = {
  type: 'boolean',
  description: '只在对公众的回答中:有1至4的数未公布 · in public answers only: whether counts from 1 to 4 were left out',
};

export const villageHouseholds = object({ village: text, households: householdCount });

const unit: Schema = { type: 'string', enum: Object.keys(measureUnits) };
const qualifier: Schema = { type: 'string', enum: Object.keys(qualifiers) };
const basisPoints: Schema = { ...count, description: '公布数的万分之几 · in basis points of the published figure' };

export const measureSchema = object({
  code: text,
  nameZh: text,
  nameEn: text,
  unit,
  unitZh: text,
  ledger: {
    type: ['string', 'null'],
    description: '账本如何计算,不能计算为null · how the ledger computes it; null where it cannot',
  },
  ratio: {
    oneOf: [object({ numerator: text, denominator: text, stepBasisPoints: count }), { type: 'null' }],
    description: '比率的分子、分母指标和取整步长 · the measures that a ratio is of, and the step it is rounded to',
  },
});

export const qualifierSchema = object(
  {
    qualifier,
    nameZh: text,
    nameEn: text,
    fromBasisPoints: basisPoints,
    fromIncluded: yes,
    toBasisPoints: basisPoints,
    toIncluded: yes,
    ruleZh: text,
    ruleEn: text,
  },
  ['toBasisPoints', 'toIncluded'],
);

const parts: Schema = { oneOf: [object({ numerator: count, denominator: count }), { type: 'null' }] };

export const readingSchema = object({
  reading: { ...text, description: '填报编号,更正时用 · the id to name in corrects' },
  scope: text,
  measure: text,
  asOf: { ...text, description: '所属日期或年份 · the day or year that it is about' },
  day,
  value: count,
  unit,
  qualifier,
  source: object({ document: text, line: text, quote: orNull(text) }),
  parts,
  corrects: orNull(text),
  position: count,
  origin: orNull(text),
});

export const comparisonSchema = object({
  published: readingSchema,
  ledger: {
    oneOf: [object({ value: count, villages: count, villagesWithBook: count, parts }), { type: 'null' }],
    description: '账本数;账本无从得知时为null · null where the ledger has nothing to say',
  },
  difference: { type: ['integer', 'null'], description: '账本数减公布数 · the ledger’s figure less the published one' },
  holds: { type: ['boolean', 'null'], description: '限定词是否成立 · whether the qualifier holds' },
  rule: qualifierSchema,
});

export const eventRow = object({
  position: count,
  recordedAt: { type: 'string', format: 'date-time' },
  leaf: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  fact: { type: 'string', description: '事实的原始字节 · the exact stored bytes of the fact, as text' },
});
