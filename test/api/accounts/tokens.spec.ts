import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shanghaiDate } from '@ledger/domain';
import { type Office, openOffice, reopenOffice, type Staff, STAFF_PASSWORD } from '../../support/office.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const DAY_MS = 86_400_000;
const TOMORROW = shanghaiDate(Date.now() + DAY_MS);
const directory = temporaryDirectory();
let office: Office;
let leader: Staff;

beforeAll(async () => {
  office = await openOffice(directory.path);
  leader = await office.staff('agri-1', { role: 'DISTRICT_AGRI', division: '330603' });
});
afterAll(async () => {
  await office.ledger.stop();
  directory.remove();
});

interface Made {
  readonly token: string;
  readonly apiToken: Record<string, unknown>;
}

const codeOf = ({ status, body }: { status: number; body: object }) => [status, (body as { code?: string }).code];
const make = (staff: Staff, name = '月报下载', to = TOMORROW) => staff.post<Made>('/tokens', { name, to });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const basic = (name: string, token: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${token}`).toString('base64')}`,
});

describe('an API token', () => {
  it('acts for its account, is shown once, and is listed without itself', async () => {
    const { body, status } = await make(leader);
    expect(status).toBe(201);
    expect(body.apiToken).toMatchObject({ account: 'agri-1', name: '月报下载', to: TOMORROW, lastUsedAt: null });
    const me = await office.ledger.get('/me', bearer(body.token));
    expect(me.body).toMatchObject({ id: 'agri-1', via: 'api-token', grants: [{ role: 'DISTRICT_AGRI' }] });
    expect((await office.ledger.get('/divisions', bearer(body.token))).status).toBe(200);
    const listed = await leader.get<{ rows: object[] }>('/tokens');
    expect(listed.body.rows).toHaveLength(1);
    expect(listed.text).not.toContain(body.token);
  });

  it('makes no other, sets no password and ends no session of its own', async () => {
    const { token } = (await make(leader)).body;
    for (const [path, body] of [
      ['/tokens', { name: 'another', to: TOMORROW }],
      ['/session/password', { password: STAFF_PASSWORD, newPassword: 'six yellow tea baskets' }],
      ['/session/end', {}],
    ] as const) {
      expect(codeOf(await office.ledger.post(path, body, bearer(token)))).toEqual([403, 'SESSION_REQUIRED']);
    }
  });

  it('opens nothing any more once it is revoked, also after a restart', async () => {
    const [one, other] = [(await make(leader)).body, (await make(leader)).body];
    expect((await leader.post(`/tokens/${String(one.apiToken['id'])}/revoke`)).status).toBe(200);
    expect(codeOf(await office.ledger.get('/me', bearer(one.token)))).toEqual([401, 'TOKEN_REQUIRED']);
    const again = await leader.post(`/tokens/${String(one.apiToken['id'])}/revoke`);
    expect(codeOf(again)).toEqual([404, 'API_TOKEN_UNKNOWN']);
    await office.ledger.kill();
    office = await reopenOffice(directory.path);
    leader = await office.logIn('agri-1');
    expect(codeOf(await office.ledger.get('/me', bearer(one.token)))).toEqual([401, 'TOKEN_REQUIRED']);
    expect((await office.ledger.get('/me', bearer(other.token))).status).toBe(200);
  });

  it('of somebody else is as if it were not there', async () => {
    const clerk = await office.staff('clerk-1');
    const { apiToken, token } = (await make(leader)).body;
    const id = String(apiToken['id']);
    const [hidden, absent] = [await clerk.post(`/tokens/${id}/revoke`), await clerk.post('/tokens/none/revoke')];
    expect(hidden.text.replaceAll(id, 'none')).toBe(absent.text);
    expect((await clerk.get('/tokens?account=agri-1')).text).toBe((await clerk.get('/tokens?account=nobody-1')).text);
    expect((await office.ledger.get('/me', bearer(token))).status).toBe(200);
    expect((await office.admin.get('/tokens?account=agri-1')).text).toContain(id);
    expect((await office.admin.post(`/tokens/${id}/revoke`)).status).toBe(200);
    expect((await office.ledger.get('/me', bearer(token))).status).toBe(401);
  });

  it('ends with its account being disabled', async () => {
    const clerk = await office.staff('clerk-2');
    const { token } = (await make(clerk)).body;
    await office.admin.post('/accounts/clerk-2/disable');
    expect((await office.ledger.get('/me', bearer(token))).status).toBe(401);
    await office.admin.post('/accounts/clerk-2/enable');
    expect((await office.ledger.get('/me', bearer(token))).status).toBe(401);
  });

  it('may be the password of a browser under the name of its account, for reading only', async () => {
    const { token } = (await make(leader)).body;
    expect((await office.ledger.get('/divisions', basic('agri-1', token))).status).toBe(200);
    expect((await office.ledger.get('/divisions', basic('clerk-1', token))).status).toBe(401);
    expect((await office.ledger.get('/divisions', basic('agri-1', leader.token))).status).toBe(401);
    expect((await office.ledger.get('/divisions', basic('agri-1', STAFF_PASSWORD))).status).toBe(401);
    expect((await office.ledger.post('/tokens/none/revoke', {}, basic('agri-1', token))).status).toBe(401);
  });

  it.each([
    ['personal data in its name', { name: '张三 13800138000', to: TOMORROW }, 422, 'PERSONAL_DATA_IN_TEXT'],
    ['a day that is past', { name: 'x', to: '2024-01-01' }, 422, 'API_TOKEN_DAY'],
    ['a day too far', { name: 'x', to: shanghaiDate(Date.now() + 400 * DAY_MS) }, 422, 'API_TOKEN_DAY'],
    ['no day', { name: 'x' }, 400, 'INPUT_INVALID'],
    ['an account', { name: 'x', to: TOMORROW, account: 'admin' }, 400, 'INPUT_INVALID'],
  ])('with %s is not made', async (_, body, status, code) =>
    expect(codeOf(await leader.post('/tokens', body))).toEqual([status, code]),
  );

  it('is one of twenty at most', async () => {
    const clerk = await office.staff('clerk-3');
    for (let i = 0; i < 20; i++) expect((await make(clerk)).status).toBe(201);
    expect(codeOf(await make(clerk))).toEqual([422, 'API_TOKEN_LIMIT']);
  });
});

describe('a token', () => {
  it.each([
    '',
    'gfl_',
    `gfl_${'A'.repeat(43)}`,
    `gfs_${'A'.repeat(43)}`,
    'token-for-the-tests-only',
    'x'.repeat(4_000),
  ])('that nobody gave out opens nothing: “%s”', async (token) =>
    expect((await office.ledger.get('/me', bearer(token))).status).toBe(401),
  );
});
