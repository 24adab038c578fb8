import { expect } from '@jest/globals';
import { shanghaiDate } from '@ledger/domain';
import type { IdentityProvider } from '../../support/identity-provider.js';
import { ADMIN_PASSWORD, type Office, STAFF_PASSWORD } from '../../support/office.js';
import { post, type Refused, type Scene } from './scene.js';

/** A refusal that is met only where there are accounts. */
export interface OfficeScene extends Omit<Scene, 'request'> {
  request(office: Office, provider: IdentityProvider): Promise<Refused>;
}

const DAY_MS = 86_400_000;
const anonymous = { headers: { authorization: '' } };
const today = () => shanghaiDate(Date.now());
const logIn = (id: string, password: string): Refused => post('/session', { id, password }, anonymous);

/** A log-in at the provider up to what its page sends to the ledger. */
async function broughtBack({ ledger }: Office, provider: IdentityProvider): Promise<object> {
  const { body } = await ledger.post<{ authorizationUrl: string; flow: string }>(
    '/session/oidc',
    {},
    anonymous.headers,
  );
  return { flow: body.flow, callbackUrl: await provider.visit(body.authorizationUrl) };
}

const complete = (body: object, more: Partial<Refused> = {}) =>
  post('/session/oidc/complete', body, { ...anonymous, ...more });

export const officeScenes: Readonly<Record<string, OfficeScene>> = {
  LOGIN_FAILED: {
    status: 401,
    facts: {},
    shows: [{ zh: '系统管理员', en: 'system administrator' }],
    sentences: {
      zh: '账号或密码不正确,或账号已停用。请核对后再试;仍不能登录的,请联系系统管理员。',
      en: 'The account or the password is wrong, or the account is disabled. Check both and try again; if it still fails, ask the system administrator.',
    },
    request: async () => logIn('nobody-1', STAFF_PASSWORD),
  },
  PASSWORD_WRONG: {
    status: 422,
    facts: {},
    shows: [{ zh: '原密码', en: 'present one' }],
    field: 'password',
    request: async ({ admin }) => {
      const body = { password: 'not the password', newPassword: 'six yellow tea baskets' };
      return post('/session/password', body, { headers: admin.headers });
    },
  },
  LOGIN_LOCKED: {
    status: 429,
    facts: { waitSeconds: expect.any(Number) },
    shows: [{ zh: '秒后再试', en: 'seconds' }],
    request: async ({ ledger }) => {
      for (let i = 0; i < 5; i++) await ledger.post('/session', { id: 'nobody-2', password: 'x' }, anonymous.headers);
      return logIn('nobody-2', STAFF_PASSWORD);
    },
  },
  PASSWORD_CHANGE_REQUIRED: {
    status: 403,
    facts: {},
    shows: ['/api/v1/session/password'],
    request: async ({ admin, ledger }) => {
      const made = await admin.post<{ oneTimePassword: string }>('/accounts', { id: 'clerk-1' });
      const session = await ledger.post<{ token: string }>(
        '/session',
        { id: 'clerk-1', password: made.body.oneTimePassword },
        anonymous.headers,
      );
      return { method: 'GET', path: '/divisions', headers: { authorization: `Bearer ${session.body.token}` } };
    },
  },
  PASSWORD_NOT_ALLOWED: {
    status: 422,
    facts: { because: 'length', minLength: 12, maxLength: 128 },
    shows: ['12', '128'],
    field: 'newPassword',
    request: async ({ admin }) =>
      post('/session/password', { password: ADMIN_PASSWORD, newPassword: 'too short' }, { headers: admin.headers }),
  },
  OWN_ACCOUNT: {
    status: 422,
    facts: { account: 'admin' },
    shows: ['admin', '/api/v1/session/password'],
    field: 'id',
    request: async ({ admin }) => post('/accounts/admin/disable', {}, { headers: admin.headers }),
  },
  ROLE_NOT_ALLOWED: {
    status: 403,
    facts: { operation: 'createAccount', roles: ['SYS_ADMIN'], held: ['AUDITOR'] },
    shows: ['createAccount'],
    sentences: {
      zh: '您今天的角色:AUDITOR 审计(纪检),不能办理这一操作(createAccount)。可办理的角色:SYS_ADMIN 系统管理员。如有需要,请系统管理员授权。',
      en: 'Your roles of today (AUDITOR auditor) do not allow this operation (createAccount); it is for: SYS_ADMIN system administrator. Ask the system administrator for a grant if you need one.',
    },
    request: async (office) => {
      const { headers } = await office.staff('auditor-2', { role: 'AUDITOR', division: '330603' });
      return post('/accounts', { id: 'clerk-22' }, { headers });
    },
  },
  GRANT_TOO_NARROW: {
    status: 403,
    facts: { needs: 'division' },
    shows: [{ zh: '授权范围', en: 'grants' }],
    sentences: {
      zh: '您今天的授权范围不够:办理这一操作须覆盖所填的区划。请由授权范围更大的人员办理,或请系统管理员授权。',
      en: 'Your grants of today do not reach far enough: this takes one for the division that is named. Ask somebody whose grants do, or the system administrator for a grant.',
    },
    field: 'division',
    request: async ({ admin }) => {
      await admin.post('/accounts', { id: 'auditor-9' });
      const grant = { account: 'auditor-9', role: 'AUDITOR', division: '330604', from: '2024-01-01' };
      return post('/grants', grant, { headers: admin.headers });
    },
  },
  SESSION_REQUIRED: {
    status: 403,
    facts: {},
    shows: ['/api/v1/session'],
    request: async ({ admin }) => {
      const made = await admin.post<{ token: string }>('/tokens', { name: 'one', to: today() });
      const headers = { authorization: `Bearer ${made.body.token}` };
      return post('/tokens', { name: 'another', to: today() }, { headers });
    },
  },
  API_TOKEN_DAY: {
    status: 422,
    facts: {},
    shows: ['2024-01-01'],
    field: 'to',
    request: async ({ admin }) => {
      const facts = { to: '2024-01-01', today: today(), latest: shanghaiDate(Date.now() + 366 * DAY_MS) };
      const shows = [facts.today, facts.latest];
      return post('/tokens', { name: 'late', to: '2024-01-01' }, { headers: admin.headers, facts, shows });
    },
  },
  API_TOKEN_LIMIT: {
    status: 422,
    facts: { account: 'clerk-3', limit: 20 },
    shows: ['clerk-3', '20'],
    request: async (office) => {
      const clerk = await office.staff('clerk-3');
      for (let i = 0; i < 20; i++) await clerk.post('/tokens', { name: `number ${i}`, to: today() });
      return post('/tokens', { name: 'one more', to: today() }, { headers: clerk.headers });
    },
  },
  OIDC_FLOW_UNKNOWN: {
    status: 422,
    facts: {},
    shows: ['/api/v1/session/oidc'],
    field: 'flow',
    request: async () => complete({ flow: `gff_${'A'.repeat(43)}`, callbackUrl: 'http://127.0.0.1:9/signed-in' }),
  },
  OIDC_LOGIN_FAILED: {
    status: 401,
    facts: {},
    shows: ['/api/v1/session/oidc'],
    request: async (office, provider) =>
      complete({ ...(await broughtBack(office, provider)), callbackUrl: 'http://127.0.0.1:9/signed-in?code=none' }),
  },
  OIDC_SUBJECT_UNKNOWN: {
    status: 403,
    facts: { subject: 'subject-of-nobody' },
    shows: ['subject-of-nobody', { zh: '系统管理员', en: 'system administrator' }],
    request: async (office, provider) => {
      provider.subject = 'subject-of-nobody';
      return complete(await broughtBack(office, provider));
    },
  },
  OIDC_SUBJECT_TAKEN: {
    status: 422,
    facts: { account: 'clerk-4' },
    shows: ['clerk-4'],
    field: 'oidcSubject',
    request: async ({ admin }) => {
      await admin.post('/accounts', { id: 'clerk-4', oidcSubject: 'subject-4' });
      return post('/accounts', { id: 'clerk-5', oidcSubject: 'subject-4' }, { headers: admin.headers });
    },
  },
  OIDC_UNAVAILABLE: {
    status: 503,
    facts: {},
    shows: [{ zh: '稍候', en: 'in a moment' }],
    request: async (office, provider) => {
      const body = await broughtBack(office, provider);
      provider.down = true;
      return complete(body);
    },
  },
};
