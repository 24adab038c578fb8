import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ADMIN_PASSWORD,
  type Office,
  openOffice,
  reopenOffice,
  type Staff,
  STAFF_PASSWORD,
} from '../../support/office.js';
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

type Rows = { rows: Record<string, unknown>[] };

const codeOf = ({ status, body }: { status: number; body: object }) => [status, (body as { code?: string }).code];
const anonymous = { authorization: '' };
const logIn = (id: string, password: string) => office.ledger.post('/session', { id, password }, anonymous);
const isIn = async (staff: Staff) => (await staff.get('/me')).status === 200;

describe('the first start', () => {
  it('shows a password for one use, once, and in no log line', () => {
    const shown = office.ledger.output().match(/[a-z2-9]{5}(-[a-z2-9]{5}){3}/g);
    expect(shown).toHaveLength(1);
    expect(
      office.ledger
        .output()
        .split('\n')
        .find((line) => line.includes(shown?.[0] ?? '')),
    ).not.toMatch(/^\{/);
  });

  it('makes one administrator, and says so to himself', async () => {
    const { body } = await office.admin.get<{ grants: object[] }>('/me');
    expect(body).toMatchObject({ id: 'admin', via: 'session', mustChangePassword: false });
    expect(body.grants).toMatchObject([{ account: 'admin', role: 'SYS_ADMIN', division: '330603000000', held: true }]);
    const { rows } = (await office.admin.get<Rows>('/accounts')).body;
    expect(rows).toMatchObject([{ id: 'admin', createdBy: 'ledger', disabled: false, oidcSubject: null }]);
  });
});

describe('a one-time password', () => {
  it('opens nothing but the change of it, oneself and the way out', async () => {
    const made = await office.admin.post<{ oneTimePassword: string }>('/accounts', { id: 'clerk-9' });
    const { body } = await logIn('clerk-9', made.body.oneTimePassword);
    expect(body).toMatchObject({ account: 'clerk-9', mustChangePassword: true });
    const headers = { authorization: `Bearer ${String(body['token'])}` };
    for (const path of ['/divisions', '/sessions', '/accounts', '/feed']) {
      expect(codeOf(await office.ledger.get(path, headers))).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
    }
    for (const path of ['/tokens', '/divisions', '/sessions/x/revoke']) {
      expect(codeOf(await office.ledger.post(path, {}, headers))).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
    }
    expect((await office.ledger.get('/me', headers)).body).toMatchObject({ mustChangePassword: true, grants: [] });
    expect((await office.ledger.post('/session/end', {}, headers)).status).toBe(200);
    expect(codeOf(await office.ledger.get('/me', headers))).toEqual([401, 'TOKEN_REQUIRED']);
  });
});

describe('a log-in', () => {
  it('says the same, byte for byte, of a wrong password and of nobody', async () => {
    await office.staff('clerk-8');
    const [wrong, nobody] = [await logIn('clerk-8', 'not the password'), await logIn('nobody-8', 'not the password')];
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(nobody.text).toBe(wrong.text);
    const named = ({ headers }: typeof wrong) => [...headers.keys()].filter((name) => name !== 'date');
    expect(named(nobody)).toEqual(named(wrong));
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is locked after five failures, says for how long, and stays so over a restart', async () => {
    await office.staff('clerk-7');
    for (let i = 0; i < 5; i++) expect((await logIn('clerk-7', 'not the password')).status).toBe(401);
    const locked = await logIn('clerk-7', STAFF_PASSWORD);
    expect(codeOf(locked)).toEqual([429, 'LOGIN_LOCKED']);
    const { waitSeconds } = locked.body['facts'] as { waitSeconds: number };
    expect(waitSeconds).toBeGreaterThan(5);
    expect(waitSeconds).toBeLessThanOrEqual(15);
    expect(locked.headers.get('retry-after')).toBe(String(waitSeconds));

    await office.ledger.kill();
    office = await reopenOffice(directory.path);
    expect(codeOf(await logIn('clerk-7', STAFF_PASSWORD))).toEqual([429, 'LOGIN_LOCKED']);
  });

  it('goes on over a restart, and its password is not shown again', async () => {
    const before = office.admin;
    expect(await office.ledger.stop()).toBe(0);
    office = await reopenOffice(directory.path);
    expect((await office.ledger.get('/me', before.headers)).status).toBe(200);
    expect(office.ledger.output()).not.toContain('one-time password');
  });

  it.each<[string, object]>([
    ['id', { id: 'Not An Id', password: 'x' }],
    ['id', { password: 'x' }],
    ['password', { id: 'clerk-8' }],
    ['password', { id: 'clerk-8', password: 12 }],
    ['password', { id: 'clerk-8', password: 'x'.repeat(1_001) }],
    ['role', { id: 'clerk-8', password: 'x', role: 'SYS_ADMIN' }],
  ])('with a wrong %s is refused, and the password is not echoed', async (field, body) => {
    const answer = await office.ledger.post('/session', body, anonymous);
    expect(answer.status).toBe(400);
    expect(answer.body['facts']).toMatchObject({ problems: [{ field }] });
  });
});

describe('sessions', () => {
  it('of somebody else are as if they were not there', async () => {
    const [one, other] = [await office.staff('clerk-1'), await office.staff('clerk-2')];
    const own = (await one.get<Rows>('/sessions')).body.rows;
    expect(own).toMatchObject([{ session: one.session, account: 'clerk-1', via: 'password', current: true }]);
    const theirs = await one.get('/sessions?account=clerk-2');
    const nobodys = await one.get('/sessions?account=nobody-1');
    expect(theirs.text).toBe(nobodys.text);

    const absent = await one.post('/sessions/0b8f5a0e-6a7d-4c3b-9a55-6f2b1c9e4d10/revoke');
    const hidden = await one.post(`/sessions/${other.session}/revoke`);
    expect(codeOf(hidden)).toEqual([404, 'SESSION_UNKNOWN']);
    expect(hidden.text.replaceAll(other.session, '')).toBe(
      absent.text.replaceAll('0b8f5a0e-6a7d-4c3b-9a55-6f2b1c9e4d10', ''),
    );
    expect(await isIn(other)).toBe(true);

    expect((await office.admin.get<Rows>('/sessions?account=clerk-2')).body.rows).toMatchObject([
      { session: other.session, current: false },
    ]);
    expect((await office.admin.post(`/sessions/${other.session}/revoke`)).status).toBe(200);
    expect(await isIn(other)).toBe(false);
    expect((await one.post(`/sessions/${one.session}/revoke`)).status).toBe(200);
    expect(await isIn(one)).toBe(false);
  });

  it('end with a change of the password, all of them; the answer has the next', async () => {
    const first = await office.staff('clerk-3');
    const second = await office.logIn('clerk-3');
    const changed = await first.post('/session/password', {
      password: STAFF_PASSWORD,
      newPassword: 'six yellow tea baskets',
    });
    expect(changed.status).toBe(201);
    expect([await isIn(first), await isIn(second)]).toEqual([false, false]);
    const headers = { authorization: `Bearer ${String(changed.body['token'])}` };
    expect((await office.ledger.get('/me', headers)).status).toBe(200);
    expect(codeOf(await logIn('clerk-3', STAFF_PASSWORD))).toEqual([401, 'LOGIN_FAILED']);
  });

  it('end with the account being disabled, and nobody disables himself', async () => {
    const clerk = await office.staff('clerk-4');
    const { body } = await office.admin.post('/accounts/clerk-4/disable');
    expect(body).toMatchObject({ id: 'clerk-4', disabled: true });
    expect(codeOf(await clerk.get('/me'))).toEqual([401, 'TOKEN_REQUIRED']);
    expect(codeOf(await logIn('clerk-4', STAFF_PASSWORD))).toEqual([401, 'LOGIN_FAILED']);
    expect((await office.admin.post('/accounts/clerk-4/enable')).body).toMatchObject({ disabled: false });
    expect(await isIn(clerk)).toBe(false);
    expect((await logIn('clerk-4', STAFF_PASSWORD)).status).toBe(201);
    expect(codeOf(await office.admin.post('/accounts/admin/disable'))).toEqual([422, 'OWN_ACCOUNT']);
    expect(codeOf(await office.admin.post('/accounts/admin/reset-password'))).toEqual([422, 'OWN_ACCOUNT']);
    expect((await logIn('admin', ADMIN_PASSWORD)).status).toBe(201);
  });

  it('end with a reset of the password', async () => {
    const clerk = await office.staff('clerk-5');
    const reset = await office.admin.post<{ oneTimePassword: string; account: object }>(
      '/accounts/clerk-5/reset-password',
    );
    expect(reset.body.account).toMatchObject({ id: 'clerk-5', mustChangePassword: true });
    expect(await isIn(clerk)).toBe(false);
    expect((await logIn('clerk-5', STAFF_PASSWORD)).status).toBe(401);
    expect((await logIn('clerk-5', reset.body.oneTimePassword)).body).toMatchObject({ mustChangePassword: true });
  });
});

describe('an account without a role', () => {
  it('deals with itself and with nothing else', async () => {
    const clerk = await office.staff('clerk-6');
    for (const path of ['/accounts', '/access-record', '/divisions', '/grants', '/events']) {
      expect(codeOf(await clerk.get(path))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    }
    for (const path of ['/accounts', '/accounts/admin/disable', '/accounts/nobody/reset-password']) {
      expect(codeOf(await clerk.post(path, { id: 'clerk-66' }))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    }
  });
});

describe('what is asked wrongly', () => {
  it('of lists has no times', async () => {
    for (const path of ['/me', '/sessions', '/tokens', '/accounts', '/access-record']) {
      for (const query of ['asOf=2024-01-01', 'knownAt=1', 'odd=1']) {
        expect(codeOf(await office.admin.get(`${path}?${query}`))).toEqual([400, 'INPUT_INVALID']);
      }
    }
  });

  it('of accounts that are not there, or are there already', async () => {
    for (const act of ['disable', 'enable', 'reset-password', 'oidc-subject']) {
      expect(codeOf(await office.admin.post(`/accounts/nobody-9/${act}`))).toEqual([404, 'STAFF_ACCOUNT_UNKNOWN']);
    }
    expect(codeOf(await office.admin.post('/accounts', { id: 'admin' }))).toEqual([422, 'STAFF_ACCOUNT_DUPLICATE']);
    expect(codeOf(await office.admin.post('/accounts', { id: 'Admin' }))).toEqual([400, 'INPUT_INVALID']);
    expect(codeOf(await office.admin.post('/accounts', { id: 'clerk-77', oidcSubject: '7' }))).toEqual([
      422,
      'OIDC_NOT_CONFIGURED',
    ]);
  });

  it('of a provider that there is not', async () => {
    expect(codeOf(await office.ledger.post('/session/oidc', {}, anonymous))).toEqual([422, 'OIDC_NOT_CONFIGURED']);
  });
});

it('accounts are listed page by page', async () => {
  const ids: unknown[] = [];
  let after = '';
  do {
    const { rows, next } = (await office.admin.get<Rows & { next: string | null }>(`/accounts?limit=3${after}`)).body;
    expect(rows.length).toBeLessThanOrEqual(3);
    ids.push(...rows.map(({ id }) => id));
    after = next === null ? '' : `&after=${next}`;
  } while (after !== '');
  expect(ids).toEqual(['admin', ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `clerk-${n}`)]);
});
