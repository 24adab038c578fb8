import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Office, openOffice, reopenOffice } from '../../support/office.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
let office: Office;

beforeAll(async () => {
  office = await openOffice(directory.path);
});
afterAll(async () => {
  await office.ledger.stop();
  directory.remove();
});

interface Page {
  readonly rows: Record<string, unknown>[];
  readonly next: string | null;
}

const page = async (query = '') => (await office.admin.get<Page>(`/access-record${query}`)).body;

it('says who was denied what, from where, how often, once a stop or a second has passed', async () => {
  const clerk = await office.staff('clerk-1');
  for (let i = 0; i < 3; i++) await clerk.post('/accounts', { id: 'clerk-11' });
  await office.ledger.get('/me', { authorization: 'Bearer nobody-gave-this-out' });
  expect(await office.ledger.stop()).toBe(0);
  office = await reopenOffice(directory.path);
  const { rows } = await page();
  const denied = rows.filter(({ what }) => what === 'denied');
  expect(denied).toMatchObject([
    { account: null, address: '127.0.0.1', operation: 'getMe', code: 'TOKEN_REQUIRED', count: 1 },
    { account: 'clerk-1', address: '127.0.0.1', operation: 'createAccount', code: 'ROLE_NOT_ALLOWED', count: 3 },
  ]);
});

it('says what was asked for and not found, and what a duty forbids, whatever its status', async () => {
  const auditor = await office.staff('auditor-9');
  const given = { account: 'auditor-9', role: 'AUDITOR', division: '330603', from: '2024-01-01' };
  expect((await office.admin.post('/grants', given)).status).toBe(201);
  expect((await office.admin.post('/grants', { ...given, account: 'admin' })).status).toBe(422);
  expect((await office.admin.post('/grants', { ...given, account: 'nobody-there' })).status).toBe(404);
  expect((await auditor.get('/books/0f8fad5b-d9cb-869f-a165-70867728950e')).status).toBe(404);
  expect((await auditor.get('/nowhere')).status).toBe(404);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const { rows } = await page();
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        account: 'auditor-9',
        what: 'not-found',
        operation: 'getBooksById',
        code: 'BOOK_UNKNOWN',
      }),
      expect.objectContaining({ account: 'admin', what: 'denied', operation: 'grantRole', code: 'SELF_GRANT' }),
    ]),
  );
  expect(rows.filter(({ code }) => code === 'ROUTE_UNKNOWN')).toEqual([]);
});

it('says what a denied request named, where that has the form of an id, and is read by it', async () => {
  const book = '0f8fad5b-d9cb-869f-a165-70867728950e';
  const clerk = await office.staff('clerk-4');
  expect((await clerk.get(`/books/${book}`)).status).toBe(403);
  expect((await clerk.post('/accounts/clerk-1/disable')).status).toBe(403);
  // What looks like the number of a person is kept nowhere.
  expect((await clerk.get('/households/13812345678')).status).toBe(403);
  await office.ledger.get(`/books/${book}`, { authorization: 'Bearer nobody-gave-this-out' });
  const of = async (query: string) => (await page(query)).rows.map(({ account, operation }) => [account, operation]);
  expect(await of(`?about=${book}&account=clerk-4`)).toEqual([['clerk-4', 'getBooksById']]);
  expect((await page(`?about=${book}`)).rows.filter(({ account }) => account === null)).toEqual([]);
  expect(await of('?about=clerk-1&account=clerk-4')).toEqual([['clerk-4', 'disableAccount']]);
  expect((await page('?about=clerk-1')).rows.length).toBeGreaterThan(1);
  const { text } = await office.admin.get('/access-record?limit=1000');
  expect(text).not.toContain('13812345678');
  expect((await office.admin.get('/access-record?about=%2A')).status).toBe(400);
});

it('outlives a kill a second later', async () => {
  const clerk = await office.logIn('clerk-1');
  await clerk.get('/accounts');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await office.ledger.kill();
  office = await reopenOffice(directory.path);
  expect((await page()).rows).toContainEqual(
    expect.objectContaining({ account: 'clerk-1', operation: 'getAccounts', code: 'ROLE_NOT_ALLOWED' }),
  );
});

it('says what was done to accounts, and by whom', async () => {
  await office.staff('clerk-2');
  await office.admin.post('/accounts/clerk-2/reset-password');
  await office.admin.post('/accounts/clerk-2/disable');
  const { rows } = await page('?account=admin&limit=2');
  expect(rows).toMatchObject([
    { account: 'admin', what: 'account-disabled', about: 'clerk-2', operation: 'disableAccount', code: null },
    { account: 'admin', what: 'password-reset', about: 'clerk-2', operation: 'resetPassword', code: null },
  ]);
});

it('is read to its end, page by page, the newest first', async () => {
  const all = (await page('?limit=1000')).rows.map(({ number }) => number as number);
  expect(all).toEqual(all.toSorted((a, b) => b - a));
  const read: unknown[] = [];
  let next: string | null = null;
  do {
    const each: Page = await page(`?limit=4${next === null ? '' : `&after=${next}`}`);
    read.push(...each.rows.map(({ number }) => number));
    next = each.next;
  } while (next !== null);
  expect(read).toEqual(all);
  expect((await office.admin.get('/access-record?after=x')).status).toBe(400);
});

it('holds no password and no token, as the file beside it', async () => {
  const { text } = await office.admin.get('/access-record?limit=1000');
  expect(text).not.toMatch(/gf[sl]_|eleven green|seven white/);
});

it('is for administrators, auditors and the officer for personal data', async () => {
  const auditor = await office.staff('auditor-1', { role: 'AUDITOR', division: '330603' });
  const officer = await office.staff('officer-1', { role: 'PII_OFFICER', division: '330603' });
  const bureau = await office.staff('agri-1', { role: 'DISTRICT_AGRI', division: '330603' });
  const answers = await Promise.all([auditor, officer, bureau].map((staff) => staff.get('/access-record')));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 403]);
});

it('is not for an auditor of one township, because it tells of all', async () => {
  const registrar = await office.staff('agri-2', { role: 'DISTRICT_AGRI', division: '330603' });
  for (const [code, name] of [
    ['330603', '示例区'],
    ['330603008', '示例街道'],
  ]) {
    const said = await registrar.post('/divisions', { code, name, effectiveOn: '2020-01-01' });
    expect(said.status).toBe(201);
  }
  const auditor = await office.staff('auditor-2', { role: 'AUDITOR', division: '330603008' });
  const { status, body } = await auditor.get('/access-record');
  expect([status, body['code'], body['facts']]).toEqual([403, 'GRANT_TOO_NARROW', { needs: 'district' }]);
});
