import { consentPurposes } from '@ledger/domain';
import { consentBody, HouseholdPeople, ofConsent, ofStatute } from '../../support/household-people.js';
import { madeUpPeople } from '../../support/people.js';
import type { RunningLedger } from '../../support/running-ledger.js';
import type { VillageBooks } from '../../support/village-books.js';
import { post, type Scene } from './scene.js';

const RETAINED = '2099-12-31';
let entered = 0;

const named = (ids: readonly string[], names: Readonly<Record<string, { zh: string; en: string }>>) =>
  ids.map((id) => ({ id, zh: names[id]?.zh, en: names[id]?.en }));

const household = async (books: VillageBooks): Promise<string> =>
  books.household((await books.book()).village, '2024-02-01');

/** Enters somebody who agrees, or whom the law wants kept; the key of the request is of nobody else. */
async function entering(ledger: RunningLedger, id: string, body: object): Promise<void> {
  const answer = await ledger.post(`/households/${id}/personal-data`, body);
  if (answer.status !== 200) throw new Error(answer.text);
}

async function agreed(books: VillageBooks): Promise<string> {
  const id = await household(books);
  await books.accepted(`/households/${id}/consent`, consentBody());
  return id;
}

async function restricted(books: VillageBooks, ledger: RunningLedger): Promise<string> {
  const id = await household(books);
  await entering(ledger, id, ofStatute(madeUpPeople(++entered), RETAINED));
  await books.accepted(`/households/${id}/personal-data/erasure`, { part: 'STATUTORY', basis: 'SUBJECT_REQUEST' });
  return id;
}

const of = (id: string, what: string, body: unknown, facts: object) =>
  post(`/households/${id}/${what}`, body, { facts: { household: id, ...facts }, shows: [id] });

export const personalDataScenes: Readonly<Record<string, Scene>> = {
  CONSENT_MISSING: {
    status: 422,
    facts: {},
    shows: ['BENEFIT_TRACKING', { zh: '项目增收跟踪', en: 'tracking of project benefits' }],
    field: 'household',
    request: async (books) => {
      const body = ofConsent(madeUpPeople(++entered));
      return of(await household(books), 'personal-data', body, { purpose: 'BENEFIT_TRACKING' });
    },
  },
  CONSENT_WITHDRAWN: {
    status: 422,
    facts: {},
    shows: ['2024-03-01'],
    field: 'effectiveOn',
    request: async (books) => {
      const id = await agreed(books);
      const withdrawal = { purposes: ['BENEFIT_TRACKING'], effectiveOn: '2024-03-01' };
      await books.accepted(`/households/${id}/consent/withdrawal`, withdrawal);
      return of(id, 'consent', consentBody(), { purpose: 'BENEFIT_TRACKING', withdrawnOn: '2024-03-01' });
    },
  },
  PURPOSE_NOT_ALLOWED: {
    status: 422,
    facts: {},
    shows: ['MARKETING', ...Object.keys(consentPurposes), { zh: '照片', en: 'photos' }],
    field: 'purposes.0',
    request: async (books) => {
      const allowed = named(Object.keys(consentPurposes), consentPurposes);
      const facts = { purpose: 'MARKETING', allowed };
      return post(`/households/${await household(books)}/consent`, consentBody('MARKETING'), { facts });
    },
  },
  ID_CHECKSUM: {
    status: 422,
    facts: { fault: 'checkDigit' },
    shows: [{ zh: '校验位', en: 'check digit' }],
    field: 'consent.people.0.residentId',
    request: async (books) => {
      const who = madeUpPeople(++entered);
      const residentId = who.residentId.replace(/.$/, (digit) => (digit === '1' ? '2' : '1'));
      return post(`/households/${await agreed(books)}/personal-data`, ofConsent({ ...who, residentId }));
    },
  },
  HOUSEHOLD_DUPLICATE: {
    status: 422,
    facts: {},
    shows: [],
    field: 'consent.people.0.residentId',
    request: async (books, ledger) => {
      const [first, second] = [await agreed(books), await agreed(books)];
      const body = ofConsent(madeUpPeople(++entered));
      await entering(ledger, first, body);
      return post(`/households/${second}/personal-data`, body, { facts: { household: first }, shows: [first] });
    },
  },
  PERSONAL_DATA_HELD: {
    status: 422,
    facts: {},
    shows: ['PUT'],
    field: 'part',
    request: async (books, ledger) => {
      const id = await agreed(books);
      const body = ofConsent(madeUpPeople(++entered));
      await entering(ledger, id, body);
      return of(id, 'personal-data', body, { part: 'CONSENT' });
    },
  },
  PERSONAL_DATA_UNKNOWN: {
    status: 404,
    facts: {},
    shows: [{ zh: '凭同意登记的信息', en: 'data held by consent' }],
    field: 'part',
    request: async (books) => {
      const body = { part: 'CONSENT', basis: 'SUBJECT_REQUEST' };
      return of(await household(books), 'personal-data/erasure', body, { part: 'CONSENT' });
    },
  },
  PERSONAL_DATA_CHANGED: {
    status: 409,
    facts: {},
    shows: ['Idempotency-Key', { zh: '依法保存的信息', en: 'data kept by law' }],
    field: 'Idempotency-Key',
    request: async (books, ledger) => {
      const id = await household(books);
      await entering(ledger, id, ofStatute(madeUpPeople(++entered)));
      const [body, headers] = [{ part: 'STATUTORY', purpose: 'PAYMENT' }, { 'idempotency-key': `shown-${id}` }];
      await ledger.post(`/households/${id}/personal-data/reveal`, body, headers);
      await new HouseholdPeople(ledger, id).correct(ofStatute(madeUpPeople(++entered)), `correct-${id}`);
      return { ...of(id, 'personal-data/reveal', body, { part: 'STATUTORY' }), headers };
    },
  },
  PERSONAL_DATA_RESTRICTED: {
    status: 422,
    facts: {},
    shows: [RETAINED, 'LEGAL_DUTY'],
    field: 'part',
    request: async (books, ledger) => {
      const body = { part: 'STATUTORY', purpose: 'PAYMENT' };
      return of(await restricted(books, ledger), 'personal-data/reveal', body, { retainUntil: RETAINED });
    },
  },
  RETENTION_NOT_OVER: {
    status: 422,
    facts: {},
    shows: [RETAINED],
    field: 'part',
    request: async (books, ledger) => {
      const body = { part: 'STATUTORY', basis: 'SUBJECT_REQUEST' };
      return of(await restricted(books, ledger), 'personal-data/erasure', body, { retainUntil: RETAINED });
    },
  },
};
