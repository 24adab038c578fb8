import { post, type Scene } from './scene.js';

const ABSENT = '0b8f5a0e-6a7d-4c3b-9a55-6f2b1c9e4d10';

/** What a ledger with one token for all refuses about accounts, sessions and tokens. */
export const accountsScenes: Readonly<Record<string, Scene>> = {
  ACCOUNTS_NOT_IN_USE: {
    status: 422,
    facts: {},
    shows: ['LEDGER_ACCESS=token', 'LEDGER_ACCESS=accounts'],
    request: async () => post('/session', { id: 'clerk-1', password: 'eleven green bamboo carts' }),
  },
  STAFF_ACCOUNT_UNKNOWN: {
    status: 404,
    facts: { account: 'clerk-99' },
    shows: ['clerk-99', '/api/v1/accounts'],
    field: 'id',
    request: async () => post('/accounts/clerk-99/reset-password', {}),
  },
  STAFF_ACCOUNT_DUPLICATE: {
    status: 422,
    facts: { account: 'clerk-98' },
    shows: ['clerk-98'],
    field: 'id',
    request: async (_, ledger) => {
      await ledger.post('/accounts', { id: 'clerk-98' });
      return post('/accounts', { id: 'clerk-98' });
    },
  },
  STAFF_ACCOUNT_RESERVED: {
    status: 422,
    facts: { account: 'operator' },
    shows: ['operator'],
    field: 'id',
    request: async () => post('/accounts', { id: 'operator' }),
  },
  SESSION_UNKNOWN: {
    status: 404,
    facts: { session: ABSENT },
    shows: [ABSENT, '/api/v1/sessions'],
    field: 'id',
    request: async () => post(`/sessions/${ABSENT}/revoke`, {}),
  },
  API_TOKEN_UNKNOWN: {
    status: 404,
    facts: { token: ABSENT },
    shows: [ABSENT, '/api/v1/tokens'],
    field: 'id',
    request: async () => post(`/tokens/${ABSENT}/revoke`, {}),
  },
  OIDC_NOT_CONFIGURED: {
    status: 422,
    facts: {},
    shows: ['LEDGER_OIDC_ISSUER', '/api/v1/session'],
    field: 'oidcSubject',
    request: async () => post('/accounts', { id: 'clerk-97', oidcSubject: '248289761001' }),
  },
};
