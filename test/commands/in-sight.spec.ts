import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  accessAggregate,
  bookAggregate,
  divisionAggregate,
  householdAggregate,
  ledgerAggregate,
  organizationAggregate,
  projectAggregate,
} from '@ledger/commands';
import {
  AddAccount,
  bookIdOf,
  DissolveHousehold,
  GrantRole,
  isWithin,
  MergeVillages,
  OpenBook,
  PostVoucher,
  ProposeProject,
  RecodeDivision,
  RecordIncome,
  RegisterDivision,
  RegisterHousehold,
  RegisterOrganization,
  RevokeRole,
  type Sight,
} from '@ledger/domain';
import { type Ask, ORGANIZATION, SIGNED, VILLAGE } from '../support/asking.js';
import {
  ABSENT_VILLAGE,
  absentId,
  DAY,
  DISTRICT,
  idOf,
  OTHER,
  PartlySeen,
  refuses,
  SAID_OF_OTHER,
  TOWNSHIP,
} from '../support/partly-seen.js';

const OTHER_COLLECTIVE = 'N2330603MF0000021G';
const ABSENT_COLLECTIVE = 'N2330603MF00000563';
const BOOK = bookIdOf(ORGANIZATION);
const ABSENT_BOOK = bookIdOf(ABSENT_COLLECTIVE);
const OPENING = { name: '账套', standard: 'rural-collective-2024', startPeriod: '2024-01' } as const;

let ledger: PartlySeen;
/** As the clerk of the second village. */
let other: Ask;

beforeEach(async () => {
  ledger = new PartlySeen();
  await ledger.begin();
  other = ledger.within(OTHER);
});

const add = (by: Ask, book: string, code = '50107') =>
  by(bookAggregate, AddAccount, { book, code, name: '店面', effectiveOn: '2024-06-01' });

const earn = (by: Ask, book: string) =>
  by(ledgerAggregate, RecordIncome, {
    book,
    effectiveOn: '2024-01-20',
    account: '50106',
    amountFen: 100,
    summary: '租金',
    settlement: { account: '102' },
    ...SIGNED,
  });

const open = (by: Ask, organization: string) => by(bookAggregate, OpenBook, { organization, ...OPENING });

const found = (by: Ask, creditCode: string, village: string) =>
  by(organizationAggregate, RegisterOrganization, {
    creditCode,
    name: '合作社',
    kind: 'COLLECTIVE',
    village,
    effectiveOn: DAY,
  });

const house = (by: Ask, village: string) => by(householdAggregate, RegisterHousehold, { village, effectiveOn: DAY });

const dissolve = (by: Ask, household: string) =>
  by(householdAggregate, DissolveHousehold, { household, reason: '迁出', effectiveOn: '2024-02-01' });

/** A project of the second village, with another. */
const propose = (by: Ask, village: string) =>
  by(projectAggregate, ProposeProject, {
    name: '笋干',
    kind: 'VEGETABLE_BRAND',
    leadVillage: OTHER,
    villages: [village],
    effectiveOn: DAY,
  });

const revoke = (by: Ask, id: string) => by(accessAggregate, RevokeRole, { grant: id, reason: '岗位调整' });

const grant = (by: Ask, division: string) =>
  by(accessAggregate, GrantRole, { account: 'auditor-1', role: 'AUDITOR', division, from: DAY });

const register = (by: Ask, code: string) =>
  by(divisionAggregate, RegisterDivision, { code, name: '新村', effectiveOn: DAY });

/** An accountant of the township to whom books are assigned. */
const assigned = (...books: readonly string[]): Sight => ({
  seesDivision: (code) => isWithin(code, TOWNSHIP),
  seesBook: (id) => books.includes(id),
  seesAttachment: () => false,
});

describe('what is out of sight', () => {
  it('is refused as a book that is not there', async () => {
    await refuses(ledger, 'BOOK_UNKNOWN', (book) => add(other, book), BOOK, ABSENT_BOOK);
    await refuses(ledger, 'BOOK_UNKNOWN', (book) => earn(other, book), BOOK, ABSENT_BOOK);
    await earn(ledger.within(VILLAGE), BOOK);
    await earn(ledger.within(TOWNSHIP), BOOK);
  });

  it('is refused as a village that is not there, whatever would be registered in it', async () => {
    const unknown = 'VILLAGE_UNKNOWN';
    await refuses(ledger, unknown, (village) => house(other, village), VILLAGE, ABSENT_VILLAGE);
    await refuses(ledger, unknown, (village) => propose(other, village), VILLAGE, ABSENT_VILLAGE);
    await refuses(ledger, unknown, (village) => found(other, OTHER_COLLECTIVE, village), VILLAGE, ABSENT_VILLAGE);
    await found(other, OTHER_COLLECTIVE, OTHER);
  });

  it('is refused under If-Match as a stream that has no facts', async () => {
    const sight = { seesDivision: () => false, seesBook: () => false, seesAttachment: () => false };
    for (const revision of [0, 7]) {
      await refuses(ledger, 'REVISION_STALE', (book) => add(ledger.seeing(sight, revision), book), BOOK, ABSENT_BOOK);
    }
  });

  it('is refused as an organisation that is not there; that its credit code is taken is all that is told', async () => {
    await refuses(ledger, 'ORGANIZATION_UNKNOWN', (code) => open(other, code), ORGANIZATION, ABSENT_COLLECTIVE);
    const taken = await ledger.refusal(found(other, ORGANIZATION, OTHER));
    expect(taken).toContain('CREDIT_CODE_DUPLICATE');
    expect(taken).toContain(`"facts":${JSON.stringify({ creditCode: ORGANIZATION })}`);
    expect(await ledger.refusal(found(ledger.within(TOWNSHIP), ORGANIZATION, OTHER))).toContain('合作社');
  });

  it('is refused as a household that is not there', async () => {
    const household = await idOf(house(ledger.all, VILLAGE));
    await refuses(ledger, 'HOUSEHOLD_UNKNOWN', (id) => dissolve(other, id), household, absentId(household));
  });

  it('is refused as a grant that is not there, and no grant is given beyond the own', async () => {
    await grant(ledger.all, VILLAGE);
    const [recorded] = await ledger.log.readAfter((await ledger.log.head()) - 1, 1);
    const { data } = JSON.parse(recorded?.fact ?? '') as { data: { grant: string } };
    await refuses(ledger, 'GRANT_UNKNOWN', (id) => revoke(other, id), data.grant, absentId(data.grant));
    expect(await ledger.refusal(grant(ledger.within(DISTRICT), '330604'))).toContain('GRANT_TOO_NARROW');
    await grant(ledger.within(DISTRICT), '330603');
  });

  it('is changed by nobody who sees a part of the district, and whether it is there is not told', async () => {
    const township = ledger.within(TOWNSHIP);
    await refuses(ledger, 'GRANT_TOO_NARROW', (code) => register(township, code), VILLAGE, ABSENT_VILLAGE);
    const merge = { from: [OTHER], to: VILLAGE, effectiveOn: DAY };
    const elsewhere = ledger.within('330604000000');
    expect(await ledger.refusal(elsewhere(divisionAggregate, MergeVillages, merge))).toContain('GRANT_TOO_NARROW');
    const district = ledger.within(DISTRICT);
    expect(await ledger.refusal(district(divisionAggregate, RegisterDivision, SAID_OF_OTHER))).toContain(
      'DIVISION_DUPLICATE',
    );
    await register(district, ABSENT_VILLAGE);
  });

  it('is a book of the township that is not among the assigned ones', async () => {
    const voucher = {
      effectiveOn: '2024-01-20',
      summary: '往来',
      ...SIGNED,
      lines: [
        { account: '102', side: 'debit', amountFen: 500 },
        { account: '241', side: 'credit', amountFen: 500, grant: 'road-2024' },
      ] as PostVoucher['lines'],
    };
    const others = ledger.seeing(assigned(ABSENT_BOOK));
    const post = async (book: string) => others(ledgerAggregate, PostVoucher, { book, ...voucher });
    await refuses(ledger, 'BOOK_UNKNOWN', post, BOOK, bookIdOf(OTHER_COLLECTIVE));
    await ledger.seeing(assigned(BOOK))(ledgerAggregate, PostVoucher, { book: BOOK, ...voucher });
    expect(await ledger.refusal(open(others, ORGANIZATION))).toContain('GRANT_TOO_NARROW');
  });

  it('is out of sight for whoever asks, not for the ledger itself', async () => {
    expect(await ledger.refusal(earn(other, BOOK))).toContain('BOOK_UNKNOWN');
    await earn(ledger.all, BOOK);
  });
});

describe('a village that has another code, or has ended', () => {
  it('is in the sight of the township that it came to, and of the old one no more', async () => {
    await register(ledger.all, '330603009');
    const newCode = '330603009201';
    await ledger.all(divisionAggregate, RecodeDivision, { code: VILLAGE, newCode, effectiveOn: '2024-03-01' });
    expect(await ledger.refusal(add(ledger.within(TOWNSHIP), BOOK))).toContain('BOOK_UNKNOWN');
    await add(ledger.within('330603009000'), BOOK);
    await add(ledger.within(newCode), BOOK, '50108');
  });

  it('is in the sight of the village that took it over', async () => {
    expect(await ledger.refusal(add(other, BOOK))).toContain('BOOK_UNKNOWN');
    await ledger.all(divisionAggregate, MergeVillages, { from: [VILLAGE], to: OTHER, effectiveOn: '2024-03-01' });
    await add(other, BOOK);
  });
});
