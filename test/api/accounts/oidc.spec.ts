import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { type IdentityProvider, oidcEnvironment, startIdentityProvider } from '../../support/identity-provider.js';
import { type Office, type Opened, openOffice, reopenOffice, staffOf } from '../../support/office.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
const anonymous = { authorization: '' };
let provider: IdentityProvider;
let office: Office;

beforeAll(async () => {
  provider = await startIdentityProvider();
  office = await openOffice(directory.path, oidcEnvironment(provider));
  await office.admin.post('/accounts', { id: 'clerk-1', oidcSubject: 'subject-1' });
});
afterEach(() => {
  provider.subject = 'subject-1';
});
afterAll(async () => {
  await office.ledger.stop();
  await provider.close();
  directory.remove();
});

const begin = async () =>
  (await office.ledger.post<{ authorizationUrl: string; flow: string }>('/session/oidc', {}, anonymous)).body;
const complete = (flow: string, callbackUrl: string) =>
  office.ledger.post<Record<string, unknown> & Opened>('/session/oidc/complete', { flow, callbackUrl }, anonymous);
const logIn = async () => {
  const { authorizationUrl, flow } = await begin();
  return complete(flow, await provider.visit(authorizationUrl));
};
const codeOf = ({ status, body }: { status: number; body: object }) => [status, (body as { code?: string }).code];
const newest = async () => (await office.admin.get<{ rows: object[] }>('/access-record?limit=1')).body.rows[0];

it('whom the provider vouches for gets a session of the account that is entered for him', async () => {
  const opened = await logIn();
  expect(opened.status).toBe(201);
  expect(opened.body).toMatchObject({ account: 'clerk-1', mustChangePassword: false });
  const clerk = staffOf(office.ledger, opened.body);
  expect((await clerk.get('/me')).body).toMatchObject({ id: 'clerk-1', via: 'session' });
  expect((await clerk.get<{ rows: object[] }>('/sessions')).body.rows).toMatchObject([{ via: 'oidc', current: true }]);
});

it('after the provider has changed its keys as before', async () => {
  provider.rotate();
  expect((await logIn()).status).toBe(201);
});

it('a subject that nobody entered is refused and on record, without the subject', async () => {
  provider.subject = 'subject-of-nobody';
  expect(codeOf(await logIn())).toEqual([403, 'OIDC_SUBJECT_UNKNOWN']);
  const record = await newest();
  expect(record).toMatchObject({ account: null, what: 'login-failed', code: 'OIDC_SUBJECT_UNKNOWN' });
  expect(JSON.stringify(record)).not.toContain('subject-of-nobody');
});

it('a disabled account is refused, and its session ends', async () => {
  const clerk = staffOf(office.ledger, (await logIn()).body);
  await office.admin.post('/accounts/clerk-1/disable');
  expect((await clerk.get('/me')).status).toBe(401);
  expect(codeOf(await logIn())).toEqual([401, 'OIDC_LOGIN_FAILED']);
  expect(await newest()).toMatchObject({ account: 'clerk-1', what: 'login-failed', code: 'OIDC_LOGIN_FAILED' });
  await office.admin.post('/accounts/clerk-1/enable');
  expect((await logIn()).status).toBe(201);
});

// Without libs/identity/src/oidc/flows.ts counting by network, one address pushes out what everybody has begun.
it('a hundred log-ins that one network has begun are kept, and those of others beside them', async () => {
  const own = temporaryDirectory();
  const behindProxy = await openOffice(own.path, { ...oidcEnvironment(provider), LEDGER_TLS_PROXY: 'on' });
  const begun = async (address: string) =>
    (
      await behindProxy.ledger.post<{ flow: string }>(
        '/session/oidc',
        {},
        {
          ...anonymous,
          'x-forwarded-for': address,
        },
      )
    ).body.flow;
  const [other, first] = [await begun('203.0.113.1'), await begun('2001:db8:1:2::1')];
  for (let n = 2; n <= 101; n++) await begun(`2001:db8:1:2::${n}`);
  const nothing = 'https://ledger.example/elsewhere';
  const told = async (flow: string) =>
    codeOf(await behindProxy.ledger.post('/session/oidc/complete', { flow, callbackUrl: nothing }, anonymous));
  const codes = [await told(first), await told(other)];
  await behindProxy.ledger.stop();
  own.remove();
  expect(codes).toEqual([
    [422, 'OIDC_FLOW_UNKNOWN'],
    [401, 'OIDC_LOGIN_FAILED'],
  ]);
});

it('a log-in counts once, and one of before a restart is to begin again', async () => {
  const [one, other] = [await begin(), await begin()];
  const callback = await provider.visit(one.authorizationUrl);
  expect((await complete(one.flow, callback)).status).toBe(201);
  expect(codeOf(await complete(one.flow, callback))).toEqual([422, 'OIDC_FLOW_UNKNOWN']);
  expect(await newest()).toMatchObject({ what: 'login-failed', code: 'OIDC_FLOW_UNKNOWN' });
  await office.ledger.stop();
  office = await reopenOffice(directory.path, oidcEnvironment(provider));
  expect(codeOf(await complete(other.flow, await provider.visit(other.authorizationUrl)))).toEqual([
    422,
    'OIDC_FLOW_UNKNOWN',
  ]);
});

it('an account that is there is entered for a subject later, for another, and for none; its sessions end each time', async () => {
  const clerk = await office.staff('clerk-2');
  const link = (body: object, id = 'clerk-2') => office.admin.post(`/accounts/${id}/oidc-subject`, body);
  expect((await link({ oidcSubject: 'subject-2' })).body).toMatchObject({ id: 'clerk-2', oidcSubject: 'subject-2' });
  expect(await newest()).toMatchObject({ account: 'admin', what: 'account-linked', about: 'clerk-2' });
  expect((await clerk.get('/me')).status).toBe(401);
  provider.subject = 'subject-2';
  const opened = staffOf(office.ledger, (await logIn()).body);
  expect((await opened.get('/me')).body).toMatchObject({ id: 'clerk-2', mustChangePassword: false });
  expect((await office.logIn('clerk-2')).id).toBe('clerk-2');

  expect(codeOf(await link({ oidcSubject: 'subject-1' }))).toEqual([422, 'OIDC_SUBJECT_TAKEN']);
  expect(codeOf(await link({ oidcSubject: 'subject-9' }, 'admin'))).toEqual([422, 'OWN_ACCOUNT']);
  expect(codeOf(await link({ oidcSubject: 'subject-9' }, 'nobody-9'))).toEqual([404, 'STAFF_ACCOUNT_UNKNOWN']);
  expect(codeOf(await link({ oidcSubject: 'no subject' }))).toEqual([400, 'INPUT_INVALID']);
  expect((await opened.get('/me')).status).toBe(200);

  expect((await link({})).body).toMatchObject({ oidcSubject: null });
  expect(await newest()).toMatchObject({ what: 'account-unlinked', about: 'clerk-2' });
  expect((await opened.get('/me')).status).toBe(401);
  expect(codeOf(await logIn())).toEqual([403, 'OIDC_SUBJECT_UNKNOWN']);
  expect((await link({ oidcSubject: 'subject-2' }, 'clerk-1')).status).toBe(200);
  expect((await logIn()).body).toMatchObject({ account: 'clerk-1' });
  expect((await link({ oidcSubject: 'subject-1' }, 'clerk-1')).status).toBe(200);
});

it('an account for a subject has no password, and that of somebody else does not open it', async () => {
  const guess = await office.ledger.post(
    '/session',
    { id: 'clerk-1', password: 'eleven green bamboo carts' },
    anonymous,
  );
  expect(codeOf(guess)).toEqual([401, 'LOGIN_FAILED']);
});

it('neither code nor state nor secret is printed', () => {
  expect(office.ledger.output()).not.toMatch(/code=|state=|secret-of-the-ledger|gff_|gfs_/);
});
