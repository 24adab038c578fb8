import type { VillageBooks } from '../../support/village-books.js';
import { post, type Refused, type Scene } from './scene.js';

const TOWNSHIP = '330603008';
const BOOK = '5b0f4a52-3a57-8c1e-9d2b-6f0b3f0c2a11';
const HOUSEHOLD = '6c1f3a52-9d0e-8b47-a3c5-2f8e7d1b4a90';
const grantBody = (more: object) => ({
  account: 'reviewer-1',
  role: 'TOWN_REVIEWER',
  division: TOWNSHIP,
  from: '2024-01-01',
  ...more,
});
const revocation = (grant: string, more: Partial<Refused> = {}): Refused =>
  post(`/grants/${grant}/revocation`, { reason: '岗位调整' }, more);

/** What an account is given, and the id of the grant. */
async function given(books: VillageBooks, more: object): Promise<string> {
  const body = grantBody(more);
  await books.accepted('/grants', body);
  const { rows } = await books.read<{ rows: { grant: string }[] }>(`/grants?account=${body.account}&held=true`);
  return rows.at(-1)?.grant ?? '';
}

export const accessScenes: Readonly<Record<string, Scene>> = {
  SELF_GRANT: {
    status: 422,
    facts: { account: 'operator' },
    shows: ['operator'],
    field: 'account',
    request: async () => post('/grants', grantBody({ account: 'operator' })),
  },
  ROLE_LEVEL: {
    status: 422,
    facts: { role: 'VILLAGE_CLERK', division: '330603008000', level: 'village' },
    shows: ['330603008000', { zh: '村报账员', en: 'village clerk' }],
    field: 'division',
    request: async () => post('/grants', grantBody({ role: 'VILLAGE_CLERK' })),
  },
  ROLE_BOOKS: {
    status: 422,
    facts: { role: 'TOWN_REVIEWER' },
    shows: [{ zh: '三资代理中心审核', en: 'township reviewer' }],
    field: 'books',
    request: async () => post('/grants', grantBody({ books: [BOOK] })),
  },
  ROLE_HOUSEHOLD: {
    status: 422,
    facts: { role: 'TOWN_REVIEWER' },
    shows: [{ zh: '三资代理中心审核', en: 'township reviewer' }],
    field: 'household',
    request: async () => post('/grants', grantBody({ household: HOUSEHOLD })),
  },
  GRANT_PERIOD: {
    status: 422,
    facts: { from: '2024-01-01', to: '2023-12-31' },
    shows: ['2024-01-01', '2023-12-31'],
    field: 'to',
    request: async () => post('/grants', grantBody({ to: '2023-12-31' })),
  },
  ROLE_CONFLICT: {
    status: 422,
    facts: {},
    shows: [
      'cashier-5',
      '2024-01-01',
      { zh: '三资代理中心出纳', en: 'township cashier' },
      { zh: '三资代理中心会计', en: 'township accountant' },
    ],
    field: 'role',
    request: async (books) => {
      const cashier = { account: 'cashier-5', role: 'TOWN_CASHIER' };
      const grant = await given(books, cashier);
      const facts = { account: 'cashier-5', role: 'TOWN_ACCOUNTANT', held: 'TOWN_CASHIER', grant };
      const said = { facts: { ...facts, from: '2024-01-01' }, shows: [grant] };
      return post('/grants', grantBody({ ...cashier, role: 'TOWN_ACCOUNTANT' }), said);
    },
  },
  GRANT_DUPLICATE: {
    status: 422,
    facts: {},
    shows: ['leader-5', '330603008000', '2024-01-01', '2099-12-31', { zh: '镇街分管领导', en: 'township leader' }],
    field: 'role',
    request: async (books) => {
      const leader = { account: 'leader-5', role: 'TOWN_LEADER' };
      const grant = await given(books, { ...leader, to: '2099-12-31' });
      const facts = { ...leader, division: '330603008000', grant, from: '2024-01-01', to: '2099-12-31' };
      return post('/grants', grantBody({ ...leader, from: '2099-12-31' }), { facts, shows: [grant] });
    },
  },
  GRANT_UNKNOWN: {
    status: 404,
    facts: { grant: 'no-such-grant' },
    shows: ['no-such-grant'],
    field: 'grant',
    request: async () => revocation('no-such-grant'),
  },
  GRANT_REVOKED: {
    status: 422,
    facts: {},
    shows: [],
    field: 'grant',
    request: async (books) => {
      const grant = await given(books, {});
      await books.accepted(`/grants/${grant}/revocation`, { reason: '岗位调整' });
      return revocation(grant, { facts: { grant }, shows: [grant] });
    },
  },
  LAST_ADMINISTRATOR: {
    status: 422,
    facts: { account: 'admin-1' },
    shows: ['admin-1'],
    field: 'grant',
    request: async (books) =>
      revocation(await given(books, { account: 'admin-1', role: 'SYS_ADMIN', division: '330603' })),
  },
};
