import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Role, RevokeRole } from '@ledger/domain';
import { type LedgerOfPeople, ledgerOfPeople } from '../../support/ledger-of-people.js';

const TOWNSHIP = '330603008';
const KEEPER = 'accountant-1';

let ledger: LedgerOfPeople;

beforeAll(async () => {
  ledger = await ledgerOfPeople();
}, 60_000);

afterAll(async () => ledger.close());

const granted = async (account: string, role: Role, division: string): Promise<string> => {
  const grant = await ledger.villages.grant({ account, role, division });
  await ledger.project();
  return grant;
};

async function asked(by: string, path: string, body: object) {
  const { status, text } = await ledger.ask(by, 'POST', path, body);
  return { status, ...(JSON.parse(text) as { code?: string; facts?: object; draft?: { id: string; status: string } }) };
}

it('needs the role that submits it, there where it stands', async () => {
  const { book, village } = ledger.villages.place('own');
  await granted('reviewer-1', 'TOWN_REVIEWER', TOWNSHIP);
  const office = await granted(KEEPER, 'TOWN_ACCOUNTANT', TOWNSHIP);
  const body = { period: '2024-03', account: '511', preparedBy: KEEPER, reviewedBy: 'reviewer-1' };
  const { draft } = await asked(KEEPER, `/books/${book}/depreciation`, body);
  const returned = await asked('reviewer-1', `/drafts/${draft?.id}/return`, { reason: '科目有误' });
  expect(returned).toMatchObject({ status: 200, draft: { status: 'RETURNED' } });
  const again = async () => asked(KEEPER, `/drafts/${draft?.id}/resubmit`, { body: { ...body, summary: '折旧' } });

  // A clerk of the village sees the draft and may submit others; an accountant of the next township has no business here.
  await granted(KEEPER, 'VILLAGE_CLERK', village);
  await granted(KEEPER, 'TOWN_ACCOUNTANT', '330603009');
  await ledger.villages.ask(RevokeRole, { grant: office, reason: '岗位调整' });
  await ledger.project();
  expect(await again()).toMatchObject({
    status: 403,
    code: 'ROLE_NOT_ALLOWED',
    facts: { operation: 'runDepreciation', roles: ['TOWN_ACCOUNTANT'], held: ['VILLAGE_CLERK'] },
  });

  await granted(KEEPER, 'TOWN_ACCOUNTANT', TOWNSHIP);
  expect(await again()).toMatchObject({ status: 200, draft: { status: 'SUBMITTED' } });
});
