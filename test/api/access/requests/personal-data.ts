import { consentBody, HouseholdPeople, ofConsent, ofStatute } from '../../../support/household-people.js';
import type { LedgerWithAccounts } from '../../../support/ledger-with-accounts.js';
import { madeUpPeople } from '../../../support/people.js';
import { accountOf, type Place } from '../places.js';
import { another, get, type OperationRequest, type OperationRequests } from './asked.js';

/** A household of which so much is known. */
async function household({ scene, books }: LedgerWithAccounts, { village }: Place): Promise<HouseholdPeople> {
  return new HouseholdPeople(scene, await books.household(village, '2024-02-01'));
}

const fresh: OperationRequest['fresh'] = async (set, place) => ({ household: (await household(set, place)).household });

const consenting: OperationRequest['fresh'] = async (set, place) => {
  const people = await household(set, place);
  await people.consent();
  await people.enter(ofConsent(madeUpPeople(another())));
  return { household: people.household };
};

const withPayee: OperationRequest['fresh'] = async (set, place) => {
  const people = await household(set, place);
  await people.enter(ofStatute(madeUpPeople(another())));
  return { household: people.household };
};

/** For what each office is shown people: the township pays, the clerk keeps the members, the officer answers for it. */
const purposes: Readonly<Record<string, string>> = {
  [accountOf('VILLAGE_CLERK', 'held')]: 'MEMBERSHIP',
  [accountOf('PII_OFFICER', 'held')]: 'LEGAL_DUTY',
};

/** What stands behind a pseudonym. */
export const personalDataRequests: OperationRequests = {
  getHouseholdsPersonalData: get(({ household: id }) => `/households/${id}/personal-data`),
  getHouseholdsConsent: get(({ household: id }) => `/households/${id}/consent`),
  enterPersonalData: {
    of: ({ household: id }) => ({
      path: `/households/${id}/personal-data`,
      body: ofStatute(madeUpPeople(another())),
    }),
    fresh,
  },
  correctPersonalData: {
    of: ({ household: id }) => ({
      method: 'PUT',
      path: `/households/${id}/personal-data`,
      body: Buffer.from(JSON.stringify(ofStatute(madeUpPeople(another())))),
      headers: { 'content-type': 'application/json', 'idempotency-key': `correct-${another()}` },
    }),
    fresh: withPayee,
  },
  revealPersonalData: {
    of: ({ household: id }, { account }) => ({
      path: `/households/${id}/personal-data/reveal`,
      body: { part: 'STATUTORY', purpose: purposes[account] ?? 'PAYMENT' },
    }),
    fresh: withPayee,
  },
  exportPersonalData: {
    of: ({ household: id }) => ({ path: `/households/${id}/personal-data/export`, body: { basis: 'request-1' } }),
    fresh: withPayee,
  },
  erasePersonalData: {
    of: ({ household: id }) => ({
      path: `/households/${id}/personal-data/erasure`,
      body: { part: 'CONSENT', basis: 'SUBJECT_REQUEST' },
    }),
    fresh: consenting,
  },
  giveConsent: {
    of: ({ household: id }) => ({ path: `/households/${id}/consent`, body: consentBody() }),
    fresh,
  },
  withdrawConsent: {
    of: ({ household: id }) => ({
      path: `/households/${id}/consent/withdrawal`,
      body: { purposes: ['BENEFIT_TRACKING'], effectiveOn: '2024-06-30' },
    }),
    fresh: consenting,
  },
};
