import { DEFAULT_LIMIT_BYTES, mediaTypes } from '@ledger/attachments';
import { MAX_REVERSIBLE_BYTES, Refusal, type RefusalCode, type RefusalFacts, refusals } from '@ledger/domain';
import { BODY_LIMIT_BYTES } from '../boot/limits.js';
import type { Schema } from './schema.js';

/** One case of every code, so that the document can say what a clerk would read. The compiler keeps it complete. */
const CASES: { readonly [C in RefusalCode]: RefusalFacts<C> } = {
  DIVISION_CODE_INVALID: { code: '33060300829' },
  DIVISION_PARENT_MISMATCH: { code: '330603008299', parent: '330603008000', stated: '330603009000' },
  DIVISION_DUPLICATE: { code: '330603008299', name: '示例村' },
  DIVISION_UNKNOWN: { code: '330603008299' },
  VILLAGE_UNKNOWN: { village: '330603008299' },
  CREDIT_CODE_CHECKSUM: { creditCode: 'N2330603MF00000564' },
  CREDIT_CODE_DUPLICATE: { creditCode: 'N2330603MF00000563', name: '示例村股份经济合作社' },
  CREDIT_CODE_CATEGORY: { creditCode: 'N2330603MF00000563', kind: 'COMPANY', expected: '91', actual: 'N2' },
  ORGANIZATION_UNKNOWN: { creditCode: 'N2330603MF00000563' },
  BOOK_DUPLICATE: { organization: 'N2330603MF00000563', book: '0f8fad5b-d9cb-869f-a165-70867728950e' },
  BOOK_UNKNOWN: { book: '0f8fad5b-d9cb-869f-a165-70867728950e' },
  PERSONAL_DATA_IN_TEXT: { kind: 'mobile' },
  ORIGIN_ONLY_IN_DEMO: { origin: 'SYNTHETIC' },
  ACCOUNT_UNKNOWN: { account: '599', standard: 'rural-collective-2024' },
  ACCOUNT_KIND: { account: '50102', name: '出租收入', wanted: 'expense' },
  ACCOUNT_NOT_LEAF: { account: '501', name: '经营收入', children: ['50101', '50102'] },
  ACCOUNT_RETIRED: { account: '50107', name: '直播带货收入', retiredOn: '2024-06-30' },
  ACCOUNT_DUPLICATE: { account: '50107', name: '直播带货收入' },
  ACCOUNT_PARENT: { account: '5010201', parent: '50102' },
  ACCOUNT_LIMIT: { limit: 400 },
  OPENING_UNBALANCED: { column: 'balance', debitFen: 50_000_000, creditFen: 49_000_000 },
  OPENING_AFTER_POSTING: { book: '0f8fad5b-d9cb-869f-a165-70867728950e', year: 2024 },
  OPENING_YEAR_TO_DATE: { account: '50102', startPeriod: '2024-01' },
  VOUCHER_UNBALANCED: { debitFen: 20_000_000, creditFen: 2_000_000 },
  VOUCHER_EMPTY: { lines: 1 },
  VOUCHER_UNKNOWN: { period: '2024-01', voucherNo: 12 },
  AMOUNT_NOT_POSITIVE: { amountFen: -1_280_000 },
  AMOUNT_PRECISION: { amount: 12_800.5 },
  AMOUNT_TOO_LARGE: { amountFen: 20_000_000_000_000, limitFen: 10_000_000_000_000 },
  DIMENSION_REQUIRED: { account: '241', dimension: 'grant' },
  SOURCE_DOCUMENT_DUPLICATE: { sourceDocument: 'INV-2024-0012', period: '2024-01', voucherNo: 3 },
  STANDARD_NOT_IN_FORCE: {
    standard: 'village-2004',
    startPeriod: '2024-01',
    inForceFrom: '2005-01-01',
    inForceTo: '2023-12-31',
  },
  SAME_PERSON: { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] },
  CASH_NEGATIVE: { on: '2024-01-25', balanceFen: -86_000 },
  DATE_IN_FUTURE: { date: '2024-06-16', today: '2024-06-15' },
  PERIOD_NOT_OPEN: { period: '2023-12', startPeriod: '2024-01', oldestOpen: '2024-02' },
  PERIOD_CLOSED: { period: '2024-01', lastClosed: '2024-02', oldestOpen: '2024-03' },
  CORRECTION_NOT_NEEDED: { period: '2024-03' },
  PERIOD_SEQUENCE: { period: '2024-03', expected: '2024-01' },
  CLOSE_BY_YEAR: { period: '2024-12', year: 2024 },
  YEAR_CLOSED: { year: 2024 },
  CLOSE_BLOCKED: { account: '181', balanceFen: 50_000 },
  DISTRIBUTION_EXCEEDS_DISTRIBUTABLE: { distributableFen: 700_000, appropriatedFen: 1_000_000 },
  ALREADY_REVERSED: { period: '2024-01', voucherNo: 12, byPeriod: '2024-02', byVoucherNo: 3 },
  NOT_REVERSIBLE: { period: '2024-12', voucherNo: 41, kind: 'closing' },
  EVIDENCE_UNKNOWN: { sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae' },
  ATTACHMENT_UNKNOWN: { sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae' },
  ATTACHMENT_HASH_MISMATCH: {
    expected: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    actual: 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
    bytes: 184_320,
  },
  ATTACHMENT_TOO_LARGE: { limitBytes: DEFAULT_LIMIT_BYTES, bytes: 31_457_280 },
  ATTACHMENT_TYPE_UNKNOWN: { mediaType: 'image/gif', allowed: mediaTypes },
  HOUSEHOLD_UNKNOWN: { household: '6c1f3a52-9d0e-8b47-a3c5-2f8e7d1b4a90' },
  HOUSEHOLD_DISSOLVED: { household: '6c1f3a52-9d0e-8b47-a3c5-2f8e7d1b4a90', dissolvedOn: '2024-06-30' },
  MEASURE_UNKNOWN: { measure: 'happiness' },
  UNIT_MISMATCH: { measure: 'collectiveTotalIncome', unit: 'persons', expected: 'fen' },
  MEASURE_WITHOUT_PARTS: { measure: 'collectiveTotalIncome' },
  RATIO_INCONSISTENT: {
    measure: 'urbanRuralIncomeRatio',
    value: 15_600,
    qualifier: 'exact',
    numerator: 9_500_000,
    denominator: 5_870_000,
    ratioBasisPoints: 16_184,
  },
  DUPLICATE_READING: {
    measure: 'collectiveTotalIncome',
    asOf: '2024',
    document: '2024年统计公报',
    line: '12',
    reading: '5d0c7c2e-4f0b-8a6e-9b1d-7e3f2a1c8d40',
  },
  READING_UNKNOWN: { reading: '5d0c7c2e-4f0b-8a6e-9b1d-7e3f2a1c8d40' },
  READING_CORRECTED: {
    reading: '5d0c7c2e-4f0b-8a6e-9b1d-7e3f2a1c8d40',
    correctedBy: '9a4e1b73-2c58-8d0f-a6b2-0c7d5e8f1a36',
  },
  ASSET_UNKNOWN: { asset: '0f8fad5b-d9cb-869f-a165-70867728950e-7' },
  ASSET_CATEGORY: { category: 'ARABLE_LAND', class: 'OPERATING', categories: ['BUILDING', 'STRUCTURE'] },
  ASSET_ACQUISITION: { costFen: 12_000_000, said: 0 },
  ASSET_OPENING_DATE: { date: '2024-03-05', startPeriod: '2024-01' },
  ASSET_ALREADY_DISPOSED: {
    asset: '0f8fad5b-d9cb-869f-a165-70867728950e-7',
    name: '送货车',
    disposedOn: '2024-05-20',
    kind: 'SOLD',
  },
  ASSET_CHANGED_LATER: {
    asset: '0f8fad5b-d9cb-869f-a165-70867728950e-7',
    effectiveOn: '2024-05-20',
    changedOn: '2024-06-01',
  },
  ASSET_ALREADY_IDLE: { asset: '0f8fad5b-d9cb-869f-a165-70867728950e-7', since: '2024-02-01' },
  ASSET_NOT_IDLE: {
    asset: '0f8fad5b-d9cb-869f-a165-70867728950e-7',
    useStatus: 'LEASED',
    effectiveOn: '2024-05-20',
  },
  ASSET_IDLE_SINCE: { since: '2024-06-01', effectiveOn: '2024-05-20' },
  RESOURCE_HAS_NO_COST: { category: 'FOREST_LAND', amountFen: 12_000_000 },
  LAND_SALE_FORBIDDEN: {
    asset: '0f8fad5b-d9cb-869f-a165-70867728950e-9',
    name: '后山林地',
    category: 'FOREST_LAND',
  },
  DEPRECIATION_EXCEEDS_COST: { costFen: 10_000_000, residualFen: 600_000, accumulatedFen: 9_500_000 },
  ASSET_LIFE_OVER: { lifeMonths: 48, usedMonths: 50, remainingFen: 2_000_000 },
  ASSET_POSTING_NOT_REFUSED: { asset: '0f8fad5b-d9cb-869f-a165-70867728950e-7' },
  DEPRECIATION_DUPLICATE_PERIOD: { period: '2024-03', byPeriod: '2024-03', byVoucherNo: 9 },
  NOTHING_TO_DEPRECIATE: { period: '2024-01' },
  INPUT_INVALID: { problems: [{ field: 'memo', zh: '是未知字段,请去掉', en: 'is not a known field; leave it out' }] },
  TOKEN_REQUIRED: {},
  ROUTE_UNKNOWN: { method: 'GET', path: '/problems/NOT_A_CODE' },
  BODY_TOO_LARGE: { limitBytes: BODY_LIMIT_BYTES },
  MEDIA_TYPE_UNKNOWN: { mediaType: 'text/csv' },
  FACT_TOO_LARGE: { type: 'VoucherPosted', bytes: 70_211, limitBytes: MAX_REVERSIBLE_BYTES },
  IDEMPOTENCY_KEY_REUSED: { key: 'rent-2024-q1' },
  REVISION_STALE: { expected: 11, actual: 12 },
  CONCURRENT_CHANGE: { stream: 'ledger-0f8fad5b-d9cb-869f-a165-70867728950e-2024', attempts: 5 },
  OUTCOME_UNKNOWN: { commandId: '2c5ea4c0-4067-81e9-8b7d-6a1f4c0e9b11' },
  KNOWN_AT_IN_FUTURE: { knownAt: '999', head: 128 },
  BASIS_NOT_OFFERED: { basis: 'restated' },
  VIEW_BEHIND: { wanted: 128, reached: 120 },
};

export const refusalCodes = Object.keys(refusals).filter((code): code is RefusalCode => Object.hasOwn(CASES, code));

export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(refusals, text);
}

/** The problem that a code answers with, in its example case. */
export function exampleProblem(code: RefusalCode): Schema {
  const { status, messageZh, messageEn, facts } = new Refusal(code, CASES[code]);
  const type = `/problems/${code}`;
  return { type, title: code, status, code, detail: messageZh, messageZh, messageEn, facts };
}
