import type { Identity } from '@ledger/identity';
import type { Authenticator } from '../access/authenticators.js';

/** Accounts: a token is that of a session or an API token, and holds as long as it is neither over nor revoked. */
export function byAccount(identity: Pick<Identity, 'credentialOf'>): Authenticator {
  return {
    authenticate(token) {
      const credential = identity.credentialOf(token);
      if (credential === undefined) return undefined;
      const { account, via, id, mustChangePassword } = credential;
      return { id: account, via, credential: id, ...(mustChangePassword && { mustChangePassword }) };
    },
  };
}
