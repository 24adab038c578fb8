import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shanghaiDate } from '@ledger/domain';
import { filesWith } from '../support/byte-search.js';
import { HouseholdPeople, ofConsent, ofStatute } from '../support/household-people.js';
import { madeUpPeople } from '../support/people.js';
import { type Answer, type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { gainBody, VillageBooks } from '../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
let village: string;

beforeAll(async () => {
  ledger = await startLedger(directory.path, { env: { LEDGER_LOG_LEVEL: 'trace' } });
  books = new VillageBooks(ledger);
  await books.district();
  ({ village } = await books.book());
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
  rmSync(`${directory.path}.destroyed-keys`, { force: true });
});

const somebody = async () => new HouseholdPeople(ledger, await books.household(village, '2024-02-01'));
const code = ({ status, body }: Answer) => [status, body['code']];
const types = ({ body }: Answer) => (body['facts'] as { type: string }[]).map(({ type }) => type);
const accepted = (answer: Answer, ...of: string[]) => {
  expect(answer.status === 200 || answer.status === 201 ? types(answer) : answer.text).toStrictEqual(of);
  return answer;
};
describe('the people of a household', () => {
  it('are entered by consent only, and shown masked', async () => {
    const [people, anna] = [await somebody(), madeUpPeople(1)];
    expect(code(await people.enter(ofConsent(anna)))).toEqual([422, 'CONSENT_MISSING']);
    accepted(await people.consent(), 'ConsentGiven');
    accepted(await people.enter(ofConsent(anna)), 'PersonalDataEntered');
    accepted(await people.enter(ofStatute(anna)), 'PersonalDataEntered');
    const { body } = await people.masked();
    expect(body).toEqual({
      household: people.household,
      consent: {
        people: [{ name: '测**', relation: 'HEAD', residentId: '9999************12', phone: '139****0001' }],
        address: '***',
      },
      statutory: {
        payee: { name: '测**', bankAccount: '************0001', bank: '示例银行' },
        retainUntil: '2099-12-31',
      },
      restrictedUntil: null,
    });
  });

  it('are shown whole for a purpose, which is on record first', async () => {
    const [people, who] = [await somebody(), madeUpPeople(2)];
    await people.enter(ofStatute(who));
    const shown = await people.reveal('STATUTORY', 'PAYMENT');
    expect(shown.body['data']).toEqual(ofStatute(who).statutory);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    const facts = (await people.export()).body['facts'] as { type: string; fact: string }[];
    const disclosed = facts.find(({ type }) => type === 'PersonalDataDisclosed')?.fact ?? '{}';
    expect((JSON.parse(disclosed) as { data?: object }).data).toEqual({
      household: people.household,
      part: 'STATUTORY',
      fields: ['payee.bank', 'payee.bankAccount', 'payee.name', 'retainUntil'],
      purpose: 'PAYMENT',
      to: 'OFFICER',
    });
    expect(code(await people.reveal('STATUTORY', 'BENEFIT_TRACKING'))).toEqual([422, 'PURPOSE_NOT_ALLOWED']);
    expect(code(await people.reveal('CONSENT', 'LEGAL_DUTY'))).toEqual([404, 'PERSONAL_DATA_UNKNOWN']);
  });

  it('are corrected whole, and a retry of what was there before changes nothing', async () => {
    const [people, who, after] = [await somebody(), madeUpPeople(3), madeUpPeople(4)];
    const first = { 'idempotency-key': 'enter-3' };
    await people.enter(ofStatute(who), first);
    expect(code(await people.enter(ofStatute(after)))).toEqual([422, 'PERSONAL_DATA_HELD']);
    accepted(await people.correct(ofStatute(after), 'correct-4'), 'PersonalDataCorrected');
    expect((await people.enter(ofStatute(who), first)).headers.get('idempotency-replayed')).toBe('true');
    expect(code(await people.enter(ofStatute(after), first))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect((await people.reveal('STATUTORY', 'PAYMENT')).body['data']).toEqual(ofStatute(after).statutory);
  });

  it('stand in one household', async () => {
    const [people, others, who] = [await somebody(), await somebody(), madeUpPeople(5)];
    for (const one of [people, others]) await one.consent();
    await people.enter(ofConsent(who));
    const refused = await others.enter(ofConsent(who));
    expect(code(refused)).toEqual([422, 'HOUSEHOLD_DUPLICATE']);
    expect(refused.body['facts']).toEqual({ household: people.household });
    expect(refused.text).not.toContain(who.residentId);
    await people.erase('CONSENT');
    accepted(await others.enter(ofConsent(who)), 'PersonalDataEntered');
  });

  it('are given all that is held of them, as JSON and as a page', async () => {
    const [people, who] = [await somebody(), madeUpPeople(6)];
    await people.consent();
    await people.enter(ofConsent(who));
    await people.enter(ofStatute(who));
    const project = await books.project({ leadVillage: village, effectiveOn: '2024-02-10' });
    const { household } = people;
    await books.accepted(`/projects/${project}/enrolments`, { household, role: 'HOST', effectiveOn: '2024-02-20' });
    await books.accepted(`/projects/${project}/gains`, gainBody('2024-12-01', { household }));
    const { body } = await people.export();
    expect(body).toMatchObject({
      household,
      village,
      registeredFrom: '2024-02-01',
      ...ofConsent(who),
      ...ofStatute(who),
      enrolments: [{ project, role: 'HOST' }],
      jobs: [],
      gains: [{ project, year: 2024 }],
    });
    expect((body['facts'] as { type: string }[]).map(({ type }) => type)).toEqual([
      'HouseholdRegistered',
      'ConsentGiven',
      'PersonalDataEntered',
      'PersonalDataEntered',
      'PersonalDataDisclosed',
      'PersonalDataDisclosed',
    ]);
    const page = await people.export({ accept: 'text/html' });
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    for (const text of Object.values(who)) expect(page.text).toContain(text);
  });
});

describe('what is shown once more for the same request', () => {
  it('is what its record names, or nothing', async () => {
    const [people, who] = [await somebody(), madeUpPeople(15)];
    await people.enter(ofStatute(who));
    const key = { 'idempotency-key': 'reveal-15' };
    const first = await people.reveal('STATUTORY', 'PAYMENT', {}, key);
    const again = await people.reveal('STATUTORY', 'PAYMENT', {}, key);
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
    const members = { members: [{ name: who.name, residentId: who.residentId, memberSince: '2020-01-01' }] };
    await people.correct({ statutory: { ...ofStatute(who).statutory, ...members } }, 'correct-15');
    const changed = await people.reveal('STATUTORY', 'PAYMENT', {}, key);
    expect(code(changed)).toEqual([409, 'PERSONAL_DATA_CHANGED']);
    for (const text of [who.name, who.residentId, who.bankAccount]) expect(changed.text).not.toContain(text);
    expect((await people.reveal('STATUTORY', 'PAYMENT')).body['data']).toMatchObject(members);
    expect(code(await people.reveal('STATUTORY', 'MEMBERSHIP', {}, key))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('is no export of what was entered or erased since', async () => {
    const [people, who] = [await somebody(), madeUpPeople(16)];
    await people.consent();
    await people.enter(ofConsent(who));
    const [early, late] = ['export-16', 'export-16-b'].map((key) => ({ 'idempotency-key': key }));
    const first = await people.export(early);
    expect((await people.export(early)).text).toBe(first.text);
    await people.enter(ofStatute(who));
    expect(code(await people.export(early))).toEqual([409, 'PERSONAL_DATA_CHANGED']);
    expect((await people.export(late)).body).toMatchObject(ofStatute(who));
    await people.erase('CONSENT');
    expect(code(await people.export(late))).toEqual([409, 'PERSONAL_DATA_CHANGED']);
  });
});

describe('an export', () => {
  it('has every fact, however many', async () => {
    const [people, who] = [await somebody(), madeUpPeople(14)];
    await people.enter(ofStatute(who));
    for (let i = 0; i < 1_000; i++) expect((await people.reveal('STATUTORY', 'PAYMENT')).status).toBe(200);
    const facts = (await people.export()).body['facts'] as { type: string; fact: string }[];
    expect(facts).toHaveLength(1_003);
    expect(facts.at(-1)?.fact).toContain('"request-1"');
  });
});

describe('what ends', () => {
  it('ends with the consent: the people are gone, and nothing new is tracked', async () => {
    const [people, who] = [await somebody(), madeUpPeople(7)];
    await people.consent('BENEFIT_TRACKING', 'PHOTOS');
    await people.enter(ofConsent(who));
    const project = await books.project({ leadVillage: village, effectiveOn: '2024-02-10' });
    const { household } = people;
    const enrolment = { household, role: 'HOST', effectiveOn: '2024-02-20' };
    await books.accepted(`/projects/${project}/enrolments`, enrolment);
    accepted(await people.withdraw('2024-03-01', 'PHOTOS'), 'ConsentWithdrawn');
    expect((await people.masked()).body['consent']).not.toBeNull();
    accepted(await people.withdraw('2024-03-01'), 'ConsentWithdrawn', 'SubjectKeyDestroyed');
    expect((await people.masked()).body['consent']).toBeNull();
    const gain = await ledger.post(`/projects/${project}/gains`, gainBody('2024-12-01', { household }));
    expect(code(gain)).toEqual([422, 'CONSENT_MISSING']);
    const another = await books.project({ leadVillage: village, effectiveOn: '2024-02-10' });
    expect(code(await ledger.post(`/projects/${another}/enrolments`, enrolment))).toEqual([422, 'CONSENT_MISSING']);
    expect(code(await people.consent())).toEqual([422, 'CONSENT_WITHDRAWN']);
  });

  it('is kept where the law wants it kept, for a duty by law only', async () => {
    const [people, who] = [await somebody(), madeUpPeople(8)];
    await people.enter(ofStatute(who));
    accepted(await people.erase('STATUTORY'), 'PersonalDataRestricted');
    expect((await people.masked()).body).toMatchObject({ statutory: null, restrictedUntil: '2099-12-31' });
    expect(code(await people.erase('STATUTORY'))).toEqual([422, 'RETENTION_NOT_OVER']);
    expect(code(await people.reveal('STATUTORY', 'PAYMENT'))).toEqual([422, 'PERSONAL_DATA_RESTRICTED']);
    const shown = await people.reveal('STATUTORY', 'LEGAL_DUTY', { basis: 'court-12' });
    expect(shown.body['data']).toEqual(ofStatute(who).statutory);
  });

  it('does not show again by an old key what has been restricted since', async () => {
    const [people, who] = [await somebody(), madeUpPeople(9)];
    await people.enter(ofStatute(who));
    const key = { 'idempotency-key': 'reveal-9' };
    expect((await people.reveal('STATUTORY', 'PAYMENT', {}, key)).status).toBe(200);
    await people.erase('STATUTORY');
    expect(code(await people.reveal('STATUTORY', 'PAYMENT', {}, key))).toEqual([422, 'PERSONAL_DATA_RESTRICTED']);
  });

  it('comes back by no retry', async () => {
    const [people, who] = [await somebody(), madeUpPeople(10)];
    await people.consent();
    const [entering, erasing] = ['enter-10', 'erase-10'].map((key) => ({ 'idempotency-key': key }));
    await people.enter(ofConsent(who), entering);
    const erased = await people.erase('CONSENT', erasing);
    expect((await people.erase('CONSENT', erasing)).text).toBe(erased.text);
    expect((await people.enter(ofConsent(who), entering)).headers.get('idempotency-replayed')).toBe('true');
    expect((await people.masked()).body['consent']).toBeNull();
    accepted(await people.consentToday(), 'ConsentGiven');
    accepted(await people.enter(ofConsent(who)), 'PersonalDataEntered');
    await people.enter(ofConsent(madeUpPeople(11)), entering);
    expect((await people.reveal('CONSENT', 'LEGAL_DUTY', { basis: 'x-1' })).body['data']).toEqual(
      ofConsent(who).consent,
    );
  });

  it('ends the consent where its people ask for it: nothing is entered again before they agree anew', async () => {
    const [people, who] = [await somebody(), madeUpPeople(0)];
    await people.consent('BENEFIT_TRACKING', 'PHOTOS');
    await people.enter(ofConsent(who));
    await people.erase('CONSENT');
    const { body } = await ledger.get<{ consents: object[] }>(`/households/${people.household}/consent`);
    expect(body.consents).toMatchObject([
      { purpose: 'BENEFIT_TRACKING', given: false, since: shanghaiDate(Date.now()) },
      { purpose: 'PHOTOS', given: true },
    ]);
    expect(code(await people.enter(ofConsent(who)))).toEqual([422, 'CONSENT_MISSING']);
    expect(code(await people.consent())).toEqual([422, 'CONSENT_WITHDRAWN']);
    accepted(await people.consentToday(), 'ConsentGiven');
    const { body: again } = await ledger.get<{ consents: object[] }>(`/households/${people.household}/consent`);
    expect(again.consents).toMatchObject([{ given: true }, { given: true }]);
    accepted(await people.enter(ofConsent(who)), 'PersonalDataEntered');
  });

  it('destroys nothing for a request that is refused', async () => {
    const [people, who] = [await somebody(), madeUpPeople(12)];
    await people.consent();
    await people.enter(ofConsent(who));
    expect(code(await people.erase('CONSENT', { 'if-match': '"99"' }))).toEqual([412, 'REVISION_STALE']);
    expect(code(await people.withdraw('2024-01-01'))).toEqual([404, 'HOUSEHOLD_UNKNOWN']);
    expect((await people.masked()).body['consent']).not.toBeNull();
  });
});

describe('what the ledger says of consent', () => {
  it('changes with both times', async () => {
    const [people, who] = [await somebody(), madeUpPeople(13)];
    await people.consent();
    const { body: entered } = await people.enter(ofConsent(who));
    const knownThen = Number(entered['position']);
    const { body: withdrawn } = await people.withdraw('2024-03-01');
    const known = Number(withdrawn['position']);
    const read = async (times: string) => (await ledger.get(`/households/${people.household}/consent?${times}`)).body;
    const given = { purpose: 'BENEFIT_TRACKING', noticeVersion: 'notice-2024-1' };
    const stands = { ...given, given: true, since: '2024-02-05' };
    const ended = { ...given, given: false, since: '2024-03-01' };
    const today = '2099-01-01';
    expect(await read(`asOf=2024-02-29&knownAt=${known}`)).toMatchObject({ consents: [stands], held: [] });
    expect(await read(`asOf=2024-03-01&knownAt=${knownThen}`)).toMatchObject({ consents: [stands] });
    expect(await read(`asOf=2024-03-01&knownAt=${known}`)).toMatchObject({ consents: [ended] });
    expect(await read(`asOf=${today}&knownAt=${knownThen}`)).toMatchObject({ held: [{ status: 'held' }] });
    expect(await read(`asOf=${today}&knownAt=${known}`)).toMatchObject({
      held: [{ part: 'CONSENT', status: 'erased', basis: 'CONSENT_WITHDRAWN' }],
    });
  });

  it('takes no times for what is held now, and knows no household that there is not', async () => {
    const people = await somebody();
    const path = `/households/${people.household}/personal-data`;
    expect(code(await ledger.get(`${path}?asOf=2024-01-01`))).toEqual([400, 'INPUT_INVALID']);
    for (const what of ['personal-data', 'consent']) {
      expect(code(await ledger.get(`/households/nobody/${what}`))).toEqual([404, 'HOUSEHOLD_UNKNOWN']);
    }
  });
});

describe('no word of people', () => {
  it('stands in an error, whatever is wrong with it', async () => {
    const [people, who] = [await somebody(), madeUpPeople(14)];
    await people.consent();
    const { name, residentId, phone, address, bankAccount } = who;
    const wrong = [
      { consent: { people: [{ name, relation: 'HEAD', residentId: `${residentId.slice(0, 17)}a` }] } },
      { consent: { people: [{ name, relation: phone }] } },
      { consent: { people: [{ name: phone, relation: 'HEAD' }] } },
      { consent: { people: [{ name, relation: 'HEAD', phone: `${phone}1` }], address } },
      { consent: { people: name } },
      { statutory: { payee: { name, bankAccount: `${bankAccount}x`, bank: address }, retainUntil: '2099-12-31' } },
      { statutory: { payee: { name, bankAccount, bank: address }, retainUntil: '2020-12-31' } },
      { ...ofConsent(who), ...ofStatute(who) },
      `{"consent": {"people": [{"name": "${name}", "phone": ${phone}`,
    ];
    for (const body of wrong) {
      const { status, text } = await people.enter(body as object);
      expect([400, 422]).toContain(status);
      for (const word of Object.values(who)) expect(text).not.toContain(word);
    }
  });

  it('stands in a log line, or in plain in a file', () => {
    const everybody = Object.fromEntries(
      Array.from({ length: 17 }, (_, serial) => Object.entries(madeUpPeople(serial)))
        .flat()
        .map(([field, text], i) => [`${field} ${i}`, text]),
    );
    for (const text of Object.values(everybody)) expect(ledger.output()).not.toContain(text);
    expect(ledger.output()).toContain('households/:id/personal-data');
    expect(filesWith([directory.path, `${directory.path}.destroyed-keys`], everybody)).toStrictEqual([]);
  });
});
