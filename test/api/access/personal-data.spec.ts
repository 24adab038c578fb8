import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consentBody, ofConsent, ofStatute } from '../../support/household-people.js';
import { type LedgerOfPeople, ledgerOfPeople } from '../../support/ledger-of-people.js';
import { madeUpPeople } from '../../support/people.js';

let people: LedgerOfPeople;
let own: string;
let next: string;

const OWN = 'clerk-of-own';
const NEXT = 'clerk-of-neighbour';

beforeAll(async () => {
  people = await ledgerOfPeople();
  const { villages } = people;
  own = villages.place('own').otherHousehold;
  next = villages.place('neighbour').otherHousehold;
  const township = { division: '330603008' };
  await villages.grant({ account: 'accountant-1', role: 'TOWN_ACCOUNTANT', ...township });
  await villages.grant({ account: 'officer-1', role: 'PII_OFFICER', division: '330603' });
  await villages.grant({ account: 'admin-1', role: 'SYS_ADMIN', division: '330603' });
  for (const [by, household] of [
    [OWN, own],
    [NEXT, next],
  ] as const) {
    expect((await ask(by, 'POST', household, 'consent', consentBody())).status).toBe(201);
  }
});

afterAll(() => people.close());

let asked = 0;

async function ask(by: string, method: string, household: string, what: string, body?: object) {
  const headers: Record<string, string> = method === 'GET' ? {} : { 'idempotency-key': `people-${++asked}` };
  const { status, text } = await people.ask(by, method, `/households/${household}/${what}`, body, headers);
  const { code } = JSON.parse(text) as { code?: string };
  return { status, text, code };
}

describe('the people of another village', () => {
  it('are hidden like people of no household, in every way to ask', async () => {
    await ask(NEXT, 'POST', next, 'personal-data', ofConsent(madeUpPeople(1)));
    const reveal = { part: 'CONSENT', purpose: 'BENEFIT_TRACKING' };
    const attempts: [string, string, object?][] = [
      ['GET', 'personal-data'],
      ['GET', 'consent'],
      ['POST', 'personal-data', ofConsent(madeUpPeople(2))],
      ['PUT', 'personal-data', ofConsent(madeUpPeople(2))],
      ['POST', 'personal-data/reveal', reveal],
      ['POST', 'consent', consentBody()],
      ['POST', 'consent/withdrawal', { purposes: ['BENEFIT_TRACKING'], effectiveOn: '2024-06-01' }],
    ];
    for (const [method, what, body] of attempts) {
      const hidden = await ask(OWN, method, next, what, body);
      const absent = await ask(OWN, method, 'no-such-household', what, body);
      expect([what, hidden.status, hidden.text.replaceAll(next, 'no-such-household')]).toEqual([
        what,
        404,
        absent.text,
      ]);
    }
    expect((await ask(NEXT, 'GET', next, 'personal-data')).text).toContain('测**');
  });

  it('are not told by a number that is entered twice, but to whoever sees both', async () => {
    const who = madeUpPeople(3);
    await ask(NEXT, 'PUT', next, 'personal-data', ofConsent(who));
    expect((await ask(OWN, 'POST', own, 'personal-data', ofConsent(who))).status).toBe(200);
    const corrected = await ask('officer-1', 'PUT', own, 'personal-data', ofConsent(who));
    expect([corrected.status, corrected.code]).toEqual([422, 'HOUSEHOLD_DUPLICATE']);
  });
});

describe('an office', () => {
  it('is shown what it is there for, and no more', async () => {
    await ask(OWN, 'POST', own, 'personal-data', ofStatute(madeUpPeople(4)));
    const shown = async (by: string, part: string, purpose: string) => {
      const { status, code } = await ask(by, 'POST', own, 'personal-data/reveal', { part, purpose, basis: 'doc-1' });
      return code ?? status;
    };
    expect(await shown('accountant-1', 'STATUTORY', 'PAYMENT')).toBe(200);
    expect(await shown('accountant-1', 'STATUTORY', 'LEGAL_DUTY')).toBe('PURPOSE_NOT_ALLOWED');
    expect(await shown('accountant-1', 'CONSENT', 'BENEFIT_TRACKING')).toBe('PURPOSE_NOT_ALLOWED');
    expect(await shown(OWN, 'CONSENT', 'BENEFIT_TRACKING')).toBe(200);
    expect(await shown(OWN, 'STATUTORY', 'PAYMENT')).toBe('PURPOSE_NOT_ALLOWED');
    expect(await shown('officer-1', 'STATUTORY', 'LEGAL_DUTY')).toBe(200);
    expect(await shown('admin-1', 'STATUTORY', 'LEGAL_DUTY')).toBe('ROLE_NOT_ALLOWED');
  });

  it('is shown for nothing what is elsewhere than the office', async () => {
    const { villages } = people;
    const mixed = { account: 'mixed-1' };
    await villages.grant({ ...mixed, role: 'VILLAGE_CLERK', division: villages.place('own').village });
    await villages.grant({ ...mixed, role: 'TOWN_ACCOUNTANT', division: '330603009' });
    const reveal = { part: 'STATUTORY', purpose: 'PAYMENT', basis: 'doc-1' };
    expect((await ask('mixed-1', 'POST', own, 'personal-data/reveal', reveal)).code).toBe('PURPOSE_NOT_ALLOWED');
    const asClerk = { ...reveal, purpose: 'MEMBERSHIP' };
    expect((await ask('mixed-1', 'POST', own, 'personal-data/reveal', asClerk)).status).toBe(200);
    await villages.grant({ ...mixed, role: 'TOWN_ACCOUNTANT', division: '330603008' });
    expect((await ask('mixed-1', 'POST', own, 'personal-data/reveal', reveal)).status).toBe(200);
  });

  it('has people erased and exported by its officer alone', async () => {
    for (const by of [OWN, 'accountant-1', 'admin-1']) {
      for (const what of ['erasure', 'export']) {
        const body = what === 'erasure' ? { part: 'CONSENT', basis: 'SUBJECT_REQUEST' } : {};
        expect((await ask(by, 'POST', own, `personal-data/${what}`, body)).code).toBe('ROLE_NOT_ALLOWED');
      }
    }
    const erased = await ask('officer-1', 'POST', own, 'personal-data/erasure', {
      part: 'CONSENT',
      basis: 'SUBJECT_REQUEST',
    });
    expect(erased.status).toBe(201);
    expect((await ask(OWN, 'GET', own, 'personal-data')).text).toContain('"consent":null');
  });
});
