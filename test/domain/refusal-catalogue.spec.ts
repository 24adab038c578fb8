import { describe, expect, it } from '@jest/globals';
import { Refusal, type RefusalCode, type RefusalFacts, refusals } from '@ledger/domain';

/** One case of every code: what the ledger would say to a clerk, and to a program. */
const cases: { readonly [C in RefusalCode]: RefusalFacts<C> } = {
  DIVISION_CODE_INVALID: { code: '3306' },
  DIVISION_PARENT_MISMATCH: { code: '330603008201', parent: '330603008000', stated: '330603009000' },
  DIVISION_DUPLICATE: { code: '330603008201', name: 'Xiejiawu' },
  DIVISION_UNKNOWN: { code: '330603008201' },
  VILLAGE_ABOLISHED: { village: '330603008201', from: '2024-07-01', how: 'merged', standsIn: '330603008202' },
  DIVISION_ABOLISHED: { code: '330603110000', from: '2024-07-01', how: 'abolished', standsIn: '330603000000' },
  DIVISION_RECODED: { code: '330603103000', on: '2024-07-01', codeThen: '330603006000' },
  DIVISION_CODE_TAKEN: { code: '330603103000', name: 'Fuquan', codeNow: '330603006000' },
  DIVISION_LEVEL_MISMATCH: { code: '330603103000', other: '330603006201' },
  DIVISION_DISTRICT_MISMATCH: { code: '330681121000', district: '330603000000' },
  DISTRICT_FIXED: { code: '330603000000' },
  DIVISION_NOT_EMPTY: { code: '330603110000', on: '2024-07-01', villages: 3, first: '330603110201' },
  DIVISION_CHANGED_LATER: { code: '330603008201', on: '2024-06-01', laterOn: '2024-07-01' },
  VILLAGE_MERGED_INTO_ITSELF: { village: '330603008201' },
  VILLAGE_UNKNOWN: { village: '330603008201' },
  CREDIT_CODE_CHECKSUM: { creditCode: 'N2330603MF0000013A' },
  CREDIT_CODE_DUPLICATE: { creditCode: 'N2330603MF0000013M', name: 'Xiejiawu' },
  CREDIT_CODE_CATEGORY: { creditCode: 'N2330603MF0000013M', kind: 'COMPANY', expected: '91', actual: 'N2' },
  ORGANIZATION_UNKNOWN: { creditCode: 'N2330603MF0000013M' },
  BOOK_DUPLICATE: { organization: 'N2330603MF0000013M', book: '0f8fad5b-d9cb-869f-a165-70867728950e' },
  BOOK_UNKNOWN: { book: 'book-1' },
  PERSONAL_DATA_IN_TEXT: { kind: 'residentId' },
  ORIGIN_ONLY_IN_DEMO: { origin: 'SEED' },
  ACCOUNT_UNKNOWN: { account: '599', standard: 'rural-collective-2024' },
  ACCOUNT_KIND: { account: '50102', name: 'Rent', wanted: 'expense' },
  ACCOUNT_NOT_LEAF: { account: '501', name: 'Operating income', children: ['50101', '50102'] },
  ACCOUNT_RETIRED: { account: '504', name: 'Other income', retiredOn: '2024-05-01' },
  ACCOUNT_DUPLICATE: { account: '504', name: 'Other income' },
  ACCOUNT_PARENT: { account: '50401', parent: '504' },
  ACCOUNT_LIMIT: { limit: 400 },
  OPENING_UNBALANCED: { column: 'balance', debitFen: 100, creditFen: 1_234_567_89 },
  OPENING_AFTER_POSTING: { book: 'book-1', year: 2024 },
  OPENING_YEAR_TO_DATE: { account: '50102', startPeriod: '2024-01' },
  VOUCHER_UNBALANCED: { debitFen: 100, creditFen: 101 },
  VOUCHER_EMPTY: { lines: 1 },
  VOUCHER_UNKNOWN: { period: '2024-01', voucherNo: 7 },
  AMOUNT_NOT_POSITIVE: { amountFen: -5 },
  AMOUNT_PRECISION: { amount: 0.5 },
  AMOUNT_TOO_LARGE: { amountFen: 10_000_000_000_001, limitFen: 10_000_000_000_000 },
  DIMENSION_REQUIRED: { account: '241', dimension: 'grant' },
  SOURCE_DOCUMENT_DUPLICATE: { sourceDocument: 'INV-1', period: '2024-01', voucherNo: 3 },
  STANDARD_NOT_IN_FORCE: {
    standard: 'village-2004',
    startPeriod: '2024-01',
    inForceFrom: '2005-01-01',
    inForceTo: '2023-12-31',
  },
  STANDARD_CURRENT: { standard: 'rural-collective-2024', since: '2024-01' },
  YEAR_NOT_CLOSED: { year: 2023, oldestOpen: '2023-11' },
  CONVERSION_INCOMPLETE: {
    accounts: [{ account: '13202', name: 'Trees', party: 'grower-1', balanceFen: 1_500_000, targets: ['131', '134'] }],
  },
  CONVERSION_UNBALANCED: { account: '13202', name: 'Trees', balanceFen: 1_500_000, allocatedFen: 1_200_000 },
  CONVERSION_TARGET: { account: '13202', name: 'Trees', to: '132', targets: ['131', '134'] },
  SAME_PERSON: { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] },
  CASH_NEGATIVE: { on: '2024-01-05', balanceFen: -100 },
  DATE_IN_FUTURE: { date: '2024-06-16', today: '2024-06-15' },
  PERIOD_NOT_OPEN: { period: '2023-12', startPeriod: '2024-01', oldestOpen: '2024-02' },
  PERIOD_CLOSED: { period: '2024-01', lastClosed: '2024-02', oldestOpen: '2024-03' },
  CORRECTION_NOT_NEEDED: { period: '2024-03' },
  PERIOD_SEQUENCE: { period: '2024-03', expected: '2024-01' },
  CLOSE_BY_YEAR: { period: '2024-12', year: 2024 },
  YEAR_CLOSED: { year: 2024 },
  CLOSE_BLOCKED: { account: '181', balanceFen: 500 },
  DISTRIBUTION_EXCEEDS_DISTRIBUTABLE: { distributableFen: 700_000, appropriatedFen: 1_000_000 },
  ALREADY_REVERSED: { period: '2024-01', voucherNo: 1, byPeriod: '2024-02', byVoucherNo: 2 },
  NOT_REVERSIBLE: { period: '2024-01', voucherNo: 1, kind: 'closing' },
  EVIDENCE_UNKNOWN: { sha256: 'a'.repeat(64) },
  ATTACHMENT_UNKNOWN: { sha256: 'a'.repeat(64) },
  ATTACHMENT_HASH_MISMATCH: { expected: 'a'.repeat(64), actual: 'b'.repeat(64), bytes: 12 },
  ATTACHMENT_TOO_LARGE: { limitBytes: 1_000, bytes: 1_001 },
  ATTACHMENT_TYPE_UNKNOWN: { mediaType: 'image/gif', allowed: ['application/pdf', 'image/png'] },
  HOUSEHOLD_UNKNOWN: { household: 'household-1' },
  HOUSEHOLD_DISSOLVED: { household: 'household-1', dissolvedOn: '2024-06-30' },
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
    document: 'Yearbook',
    line: '12',
    reading: 'reading-1',
  },
  READING_UNKNOWN: { reading: 'reading-1' },
  READING_CORRECTED: { reading: 'reading-1', correctedBy: 'reading-2' },
  PROJECT_UNKNOWN: { project: 'project-1' },
  PROJECT_SEQUENCE: {
    project: 'project-1',
    step: 'suspend',
    on: '2024-03-01',
    from: ['active'],
    status: 'approved',
    since: '2024-02-01',
  },
  PROJECT_STEP_BEFORE_RECORD: { project: 'project-1', step: 'suspend', on: '2024-05-01', recordedOn: '2024-05-10' },
  PROJECT_NOT_ACTIVE: {
    project: 'project-1',
    on: '2024-05-10',
    needs: ['active'],
    status: 'suspended',
    since: '2024-05-01',
  },
  PROJECT_CLOSED: { project: 'project-1', on: '2024-12-31', closedOn: '2024-11-30' },
  PROJECT_TOO_MANY_OPEN: {
    project: '7c9e6679-7425-8de0-944b-e07fc1f90ae7',
    enrolments: 480,
    jobs: 35,
    limit: 499,
  },
  CATEGORY_UNKNOWN: {
    field: 'kind',
    category: 'SHOP',
    known: [{ id: 'BOOKSTORE', zh: 'bookstore', en: 'village bookstore' }],
  },
  VILLAGE_ALREADY_PARTICIPANT: {
    project: 'project-1',
    village: '330603008299',
    on: '2024-05-01',
    spans: [{ from: '2024-03-01' }],
  },
  VILLAGE_NOT_PARTICIPANT: {
    project: 'project-1',
    village: '330603008299',
    on: '2024-07-01',
    spans: [{ from: '2024-03-01', to: '2024-06-01' }],
  },
  VILLAGE_LEADS: { project: 'project-1', village: '330603008299' },
  VILLAGE_HAS_SHARE: { village: '330603008299', on: '2024-06-01', schemeOn: '2024-03-01', basisPoints: 4000 },
  HOUSEHOLD_ALREADY_ENROLLED: {
    project: 'project-1',
    household: 'household-1',
    on: '2024-06-01',
    spans: [{ from: '2024-04-01' }],
  },
  HOUSEHOLD_NOT_ENROLLED: {
    project: 'project-1',
    household: 'household-1',
    on: '2024-06-01',
    spans: [{ from: '2024-04-01', to: '2024-05-01' }],
  },
  ENROLMENT_BEFORE_START: { project: 'project-1', household: 'household-1', on: '2024-02-01', startedOn: '2024-03-01' },
  HOUSEHOLD_ELSEWHERE: { household: 'household-1', village: '330603008299', stated: '330603008298' },
  JOB_OVERLAP: { worker: 'worker-17', on: '2024-06-01', jobNo: 3, from: '2024-04-01', endedOn: '2024-07-01' },
  JOB_ENDED: { project: 'project-1', jobNo: 3, endedOn: '2024-07-01' },
  END_BEFORE_START: { from: '2024-06-01', to: '2024-05-31' },
  GAIN_DUPLICATE: { project: 'project-1', year: 2024, gainNo: 2 },
  RECORD_UNKNOWN: { project: 'project-1', record: 'sale', no: 41 },
  RECORD_WITHDRAWN: { project: 'project-1', record: 'sale', no: 12 },
  SHARES_NOT_100: { sumBasisPoints: 9_500 },
  INCOME_NEGATIVE: { amountFen: -1_000_00 },
  INCOME_PERIOD_CLOSED: {
    project: '7c9e6679-7425-8de0-944b-e07fc1f90ae7',
    period: '2024-05',
    settledOn: '2024-05-31',
    amountFen: 86_000_00,
  },
  ALLOCATION_SCHEME_MISSING: { project: '7c9e6679-7425-8de0-944b-e07fc1f90ae7', on: '2024-02-29' },
  ALLOCATION_SUM_MISMATCH: {
    amountFen: 10_000_00,
    statedFen: 10_000_00,
    village: '330603008299',
    shareFen: 4_000_00,
    statedShareFen: 5_000_00,
  },
  SETTLEMENT_UNKNOWN: { project: '7c9e6679-7425-8de0-944b-e07fc1f90ae7', period: '2024-05' },
  SETTLEMENT_UNCHANGED: { project: '7c9e6679-7425-8de0-944b-e07fc1f90ae7', period: '2024-05', amountFen: 86_000_00 },
  SHARE_UNKNOWN: { project: '7c9e6679-7425-8de0-944b-e07fc1f90ae7', allocationNo: 3, village: '330603008299' },
  SHARE_NOT_REFUSED: {
    project: '7c9e6679-7425-8de0-944b-e07fc1f90ae7',
    allocationNo: 3,
    village: '330603008299',
    outcome: 'booked',
  },
  SHARE_ELSEWHERE: {
    project: '7c9e6679-7425-8de0-944b-e07fc1f90ae7',
    allocationNo: 2,
    village: '330603008299',
    period: '2024-05',
    creditCode: 'N2330603MF0000021G',
    holder: 'N2330603MF0000013M',
  },
  ORGANIZATION_ELSEWHERE: { creditCode: 'N2330603MF0000013M', village: '330603008299', registeredIn: '330603008201' },
  ASSET_UNKNOWN: { asset: 'book-1-7' },
  ASSET_CATEGORY: { category: 'ARABLE_LAND', class: 'OPERATING', categories: ['BUILDING', 'STRUCTURE'] },
  ASSET_ACQUISITION: { costFen: 12_000_000, said: 0 },
  ASSET_OPENING_DATE: { date: '2024-03-05', startPeriod: '2024-01' },
  ASSET_ALREADY_DISPOSED: {
    asset: 'book-1-7',
    name: 'Van',
    disposedOn: '2024-05-20',
    kind: 'SOLD',
  },
  ASSET_CHANGED_LATER: {
    asset: 'book-1-7',
    effectiveOn: '2024-05-20',
    changedOn: '2024-06-01',
  },
  ASSET_ALREADY_IDLE: { asset: 'book-1-7', since: '2024-02-01' },
  ASSET_NOT_IDLE: {
    asset: 'book-1-7',
    useStatus: 'LEASED',
    effectiveOn: '2024-05-20',
  },
  ASSET_IDLE_SINCE: { since: '2024-06-01', effectiveOn: '2024-05-20' },
  RESOURCE_HAS_NO_COST: { category: 'FOREST_LAND', amountFen: 12_000_000 },
  LAND_SALE_FORBIDDEN: {
    asset: 'book-1-9',
    name: 'Hill',
    category: 'FOREST_LAND',
  },
  DEPRECIATION_EXCEEDS_COST: { costFen: 10_000_000, residualFen: 600_000, accumulatedFen: 9_500_000 },
  ASSET_LIFE_OVER: { lifeMonths: 48, usedMonths: 50, remainingFen: 2_000_000 },
  ASSET_POSTING_ACCOUNT: { asset: 'book-1-7', account: '151', exchangeable: ['102'] },
  ASSET_POSTING_NOT_REFUSED: { asset: 'book-1-7' },
  DEPRECIATION_DUPLICATE_PERIOD: { period: '2024-03', byPeriod: '2024-04', byVoucherNo: 9 },
  NOTHING_TO_DEPRECIATE: { period: '2024-01' },
  INPUT_INVALID: { problems: [{ field: 'amountFen', zh: '须为数字', en: 'must be a number' }] },
  TOKEN_REQUIRED: {},
  ROUTE_UNKNOWN: { method: 'GET', path: '/nowhere' },
  BODY_TOO_LARGE: { limitBytes: 1_000_000 },
  MEDIA_TYPE_UNKNOWN: { mediaType: 'text/csv' },
  FACT_TOO_LARGE: { type: 'VoucherPosted', bytes: 70_000, limitBytes: 65_000 },
  IDEMPOTENCY_KEY_REUSED: { key: 'key-1' },
  REVISION_STALE: { expected: 3, actual: 4 },
  CONCURRENT_CHANGE: { stream: 'book-1', attempts: 5 },
  OUTCOME_UNKNOWN: { commandId: 'command-1' },
  KNOWN_AT_IN_FUTURE: { knownAt: '99', head: 12 },
  BASIS_NOT_OFFERED: { basis: 'restated' },
  VIEW_BEHIND: { wanted: 12, reached: 11 },
};

// Entries are checked by their facts above; here they are only walked through.
const codes = Object.keys(refusals).filter((code): code is RefusalCode => Object.hasOwn(cases, code));
const CJK = /[\u2e80-\u9fff\uff00-\uffef]/;

it('has a case for every code', () =>
  expect(Object.keys(cases).toSorted()).toStrictEqual(Object.keys(refusals).toSorted()));

describe.each(codes)('%s', (code) => {
  const refused = new Refusal(code, cases[code]);

  it('says it in Chinese and in English', () => {
    expect(refused.messageZh).toMatch(CJK);
    expect(refused.messageZh.endsWith('。')).toBe(true);
    expect(refused.messageEn.replaceAll('记-', '')).not.toMatch(CJK);
    expect(refused.messageEn.endsWith('.')).toBe(true);
    for (const text of [refused.messageZh, refused.messageEn]) expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(refused.message).toBe(`${code}: ${refused.messageEn}`);
  });

  it('carries its facts and a status', () => {
    expect(refused.facts).toBe(cases[code]);
    expect(refused.status).toBe(refusals[code].status);
  });
});

describe('the sentences', () => {
  it('say amounts as people write them', () => {
    const { messageZh, messageEn } = new Refusal('OPENING_UNBALANCED', cases.OPENING_UNBALANCED);
    expect(messageZh).toBe('期初余额借方合计1.00元,贷方合计1,234,567.89元,相差-1,234,566.89元。请核对后重新录入。');
    expect(messageEn).toBe(
      'Opening balances: debits 1.00 yuan, credits 1,234,567.89 yuan, difference -1,234,566.89. Check the lines and send all of them again.',
    );
  });

  it('name every kind of personal data and every role', () => {
    for (const kind of ['residentId', 'mobile', 'bankCard'] as const) {
      expect(new Refusal('PERSONAL_DATA_IN_TEXT', { kind }).messageZh).not.toMatch(/undefined/);
    }
    for (const role of ['preparedBy', 'reviewedBy', 'closedBy', 'originalPreparedBy']) {
      const { messageZh } = new Refusal('SAME_PERSON', { person: 'p-1', roles: [role, role] });
      expect(messageZh).not.toMatch(/undefined/);
    }
  });

  it('leave out what the case does not have', () => {
    const standard = { standard: 'rural-collective-2024', startPeriod: '2023-12', inForceFrom: '2024-01-01' };
    expect(new Refusal('STANDARD_NOT_IN_FORCE', standard).messageEn).toMatch(/in force from 2024-01-01; a book/);
    expect(new Refusal('STANDARD_NOT_IN_FORCE', standard).messageZh).toMatch(/自2024-01-01起施行,不适用/);
    expect(new Refusal('ACCOUNT_PARENT', { account: '599' }).messageZh).toMatch(/^599是一级科目/);
    expect(new Refusal('ACCOUNT_PARENT', { account: '599' }).messageEn).toMatch(/of the first level/);
  });

  it('say how long an attachment is where that is known before it is read', () => {
    const said = new Refusal('ATTACHMENT_TOO_LARGE', { limitBytes: 1_000 });
    expect(said.messageEn).toBe(
      'The attachment has more than the 1000 bytes that one may have; nothing was kept. Make it smaller or split it.',
    );
    expect(said.messageZh).toBe('附件超过1000字节上限,未保存。请压缩或拆分后上传。');
  });

  it('say nothing of a parent that was not stated, and of none above a district', () => {
    const code = '330603008000';
    const unstated = new Refusal('DIVISION_PARENT_MISMATCH', { code, parent: '330603000000' });
    expect(unstated.messageZh).toContain('上级应为330603000000,且须');
    expect(unstated.messageEn).toContain('stands under 330603000000, which');
    const district = new Refusal('DIVISION_PARENT_MISMATCH', { code: '330603000000', stated: '330602000000' });
    expect(district.messageZh).toContain('没有上级(申报为330602000000)');
    expect(district.messageEn).toContain('stands under none (stated: 330602000000)');
  });

  it('say whether a division was merged or abolished', () => {
    for (const how of ['merged', 'abolished'] as const) {
      const facts = { from: '2024-07-01', how, standsIn: '330603008202' };
      for (const refused of [
        new Refusal('VILLAGE_ABOLISHED', { village: '330603008201', ...facts }),
        new Refusal('DIVISION_ABOLISHED', { code: '330603110000', ...facts }),
      ]) {
        expect(refused.messageZh).toContain(how === 'merged' ? '并入330603008202' : '撤销');
        expect(refused.messageEn).toContain(`was ${how}`);
      }
    }
  });

  it('say from when a division is registered where that is too late', () => {
    const registeredFrom = '2024-06-01';
    for (const refused of [
      new Refusal('VILLAGE_UNKNOWN', { village: '330603008201', registeredFrom }),
      new Refusal('DIVISION_UNKNOWN', { code: '330603008201', registeredFrom }),
      new Refusal('HOUSEHOLD_UNKNOWN', { household: 'household-1', registeredFrom }),
    ]) {
      expect(refused.messageZh).toContain('自2024-06-01起才登记');
      expect(refused.messageEn).toContain('is registered only from 2024-06-01');
    }
  });

  it('say which kind of account belongs there', () => {
    for (const wanted of [
      'income',
      'expense',
      'incomeSettlement',
      'expenseSettlement',
      'appropriation',
      'assetSettlement',
      'depreciationCharge',
    ] as const) {
      const { messageZh, messageEn } = new Refusal('ACCOUNT_KIND', { account: '50102', name: 'Rent', wanted });
      expect(`${messageZh} ${messageEn}`).not.toMatch(/undefined/);
    }
  });

  it('offer the way out where an account has no children yet', () => {
    const { messageEn } = new Refusal('ACCOUNT_NOT_LEAF', { account: '504', name: 'Other', children: [] });
    expect(messageEn).toContain('(add a sub-account first)');
  });
});
