import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LedgerOfPeople, ledgerOfPeople } from '../../support/ledger-of-people.js';
import { clerkOf } from '../../support/villages-apart.js';

let ledger: LedgerOfPeople;
let book: string;

const TOWNSHIP = '330603008';

beforeAll(async () => {
  ledger = await ledgerOfPeople();
  const { villages } = ledger;
  for (const account of ['reviewer-1', 'reviewer-2'])
    await villages.grant({ account, role: 'TOWN_REVIEWER', division: TOWNSHIP });
  for (const account of ['accountant-1', 'accountant-8'])
    await villages.grant({ account, role: 'TOWN_ACCOUNTANT', division: TOWNSHIP });
  await ledger.project();
  ({ book } = villages.place('own'));
}, 60_000);

afterAll(async () => ledger.close());

/** What is answered, and how many facts are new. */
async function asked(by: string, path: string, body: object, headers?: Record<string, string>) {
  const head = await ledger.log.head();
  const { status, text } = await ledger.ask(by, 'POST', path, body, headers);
  const said = JSON.parse(text) as { code?: string; field?: string; facts?: object };
  return { status, code: said.code, field: said.field, facts: said.facts, recorded: (await ledger.log.head()) - head };
}

describe('a key', () => {
  it('that has recorded something is refused for a posting, before anything is said of who signs it', async () => {
    const clerk = clerkOf('own');
    const key = { 'idempotency-key': 'household-of-today' };
    const { village } = ledger.villages.place('own');
    const made = await asked(clerk, '/households', { village, effectiveOn: '2024-02-01' }, key);
    expect(made).toMatchObject({ status: 201, recorded: 1 });
    const again = await asked(clerk, `/books/${book}/income`, ledger.villages.income('own'), key);
    expect(again).toEqual({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
      field: 'Idempotency-Key',
      facts: { key: key['idempotency-key'] },
      recorded: 0,
    });
  });
});

const close = (by: string, closedBy: string) => asked(by, `/books/${book}/periods/2024-02/close`, { closedBy });

describe('the close of a month', () => {
  it('is signed by who asks for it', async () => {
    expect(await close('accountant-8', 'director-1')).toEqual({
      status: 422,
      code: 'SIGNATURE_NOT_YOURS',
      field: 'closedBy',
      facts: { field: 'closedBy', signed: 'director-1', account: 'accountant-8' },
      recorded: 0,
    });
  });

  it('is not for who prepared a voucher of it', async () => {
    const facts = { person: 'accountant-1', roles: ['preparedBy', 'closedBy'] };
    expect(await close('accountant-1', 'accountant-1')).toMatchObject({ status: 422, code: 'SAME_PERSON', facts });
  });

  it('is for somebody else of the township', async () => {
    expect(await close('accountant-8', 'accountant-8')).toMatchObject({ status: 201, recorded: 1 });
  });
});

describe('a reversal', () => {
  it('is reviewed by somebody else than who approved the voucher', async () => {
    const clerk = clerkOf('own');
    const { draft } = ledger.villages.place('own');
    const approved = await asked('reviewer-1', `/drafts/${draft}/approve`, {}, { 'if-match': '"1"' });
    expect(approved).toMatchObject({ status: 201, recorded: 1 });
    const reverse = async (reviewedBy: string) =>
      asked(clerk, `/books/${book}/vouchers/2024-03/1/reversal`, {
        reason: '金额录错',
        preparedBy: 'clerk-2',
        reviewedBy,
      });
    expect(await reverse('reviewer-1')).toMatchObject({ status: 422, code: 'SIGNATURE_NOT_YOURS', recorded: 0 });
    const own = async (reviewedBy: string) =>
      asked(clerk, `/books/${book}/vouchers/2024-03/1/reversal`, { reason: '金额录错', preparedBy: clerk, reviewedBy });
    // Who prepared the original prepares its reversal too; who judged it does not judge himself.
    expect(await own('reviewer-1')).toMatchObject({
      status: 422,
      code: 'SAME_PERSON',
      facts: { person: 'reviewer-1', roles: ['reviewedBy', 'originalPostedBy'] },
      recorded: 0,
    });
    expect(await own('reviewer-2')).toMatchObject({ status: 202, recorded: 0 });
  });
});
