import type { Role } from '@ledger/domain';
import type { LedgerWithAccounts } from '../../../support/ledger-with-accounts.js';
import { pdf } from '../../../support/sample-files.js';
import { accountOf, grantOf, type Place } from '../places.js';
import { another, type Asking, get, type OperationRequests, type Target } from './asked.js';

const tomorrow = (): string => new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10);

/** Grants, accounts, sessions and tokens, and the upload of a file. */
export const accountRequests: OperationRequests = {
  putAttachmentsBySha256: {
    of: () => {
      const { bytes, sha256 } = pdf(`upload ${another()}`);
      return { method: 'PUT', path: `/attachments/${sha256}`, body: bytes };
    },
  },
  grantRole: {
    of: ({ village, no: account = 'nobody-else' }) => ({
      path: '/grants',
      body: { account, role: 'VILLAGER', division: village, from: '2024-01-01' },
    }),
    fresh: madeAccount,
  },
  revokeRole: {
    of: ({ grant }) => ({ path: `/grants/${grant}/revocation`, body: { reason: '岗位调整' } }),
    fresh: async ({ books }, { village }) => {
      const said = { account: `villager-${another()}`, role: 'VILLAGER', division: village } as const;
      return { grant: await grantOf(books, said) };
    },
  },
  getMe: get(() => '/me'),
  getSessions: get(() => '/sessions'),
  getTokens: get(() => '/tokens'),
  getAccounts: get(() => '/accounts'),
  getAccessRecord: get(() => '/access-record'),
  logOut: {
    of: (_, { sessions }) => ({
      path: '/session/end',
      headers: { authorization: `Bearer ${sessions[0]?.token ?? ''}` },
      method: 'POST',
    }),
  },
  revokeSession: { of: (_, { sessions }) => ({ method: 'POST', path: `/sessions/${sessions[1]?.id ?? ''}/revoke` }) },
  changePassword: {
    of: ({ loggedIn: { token, password } = { token: '', password: '' } }) => ({
      path: '/session/password',
      headers: { authorization: `Bearer ${token}` },
      body: { password, newPassword: 'eleven green bamboo carts' },
    }),
    fresh: loggedIn,
  },
  createToken: { of: () => ({ path: '/tokens', body: { name: `token ${another()}`, to: tomorrow() } }) },
  revokeToken: {
    of: ({ no = 'none' }) => ({ method: 'POST', path: `/tokens/${no}/revoke` }),
    fresh: async (_, __, { as }) => {
      const { body } = await as.post<{ apiToken?: { id: string }; id?: string }>('/tokens', {
        name: 'to be revoked',
        to: tomorrow(),
      });
      return { no: body.apiToken?.id ?? body.id ?? 'none' };
    },
  },
  createAccount: { of: () => ({ path: '/accounts', body: { id: `made-${another()}` } }) },
  linkAccount: {
    of: ({ no = 'nobody-else' }) => ({ path: `/accounts/${no}/oidc-subject`, body: {} }),
    fresh: madeAccount,
  },
  disableAccount: {
    of: ({ no = 'nobody-else' }) => ({ method: 'POST', path: `/accounts/${no}/disable` }),
    fresh: madeAccount,
  },
  enableAccount: {
    of: ({ no = 'nobody-else' }) => ({ method: 'POST', path: `/accounts/${no}/enable` }),
    fresh: madeAccount,
  },
  resetPassword: {
    of: ({ no = 'nobody-else' }) => ({ method: 'POST', path: `/accounts/${no}/reset-password` }),
    fresh: madeAccount,
  },
};

interface Made {
  readonly no: string;
  readonly oneTimePassword: string;
}

/** By the administrator: without accounts, there is no such route. */
async function madeAccount({ as }: LedgerWithAccounts): Promise<Made> {
  const id = `made-${another()}`;
  const { status, text, body } = await as(accountOf('SYS_ADMIN', 'held')).post<{ oneTimePassword: string }>(
    '/accounts',
    { id },
  );
  if (status !== 201) throw new Error(text);
  return { no: id, oneTimePassword: body.oneTimePassword };
}

/** The accounts that ask have no passwords: somebody new with the same grants has one, and logs in with it. */
async function loggedIn(set: LedgerWithAccounts, _: Place, { account }: Asking): Promise<Partial<Target>> {
  const { no, oneTimePassword: password } = await madeAccount(set);
  const { rows } = await set.books.read<{ rows: Given[] }>(`/grants?account=${account}`);
  for (const { role, division, from, to } of rows) {
    await grantOf(set.books, { account: no, role, division, from, ...(to === null ? {} : { to }) });
  }
  const { body } = await set.ledger.post<{ token: string }>('/session', { id: no, password }, { authorization: '' });
  return { loggedIn: { token: body.token, password } };
}

interface Given {
  readonly role: Role;
  readonly division: string;
  readonly from: string;
  readonly to: string | null;
}
