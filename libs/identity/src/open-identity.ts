import type { StorePlace } from '@ledger/private-database';
import { AccessRecord } from './access-record.js';
import { Accounts } from './accounts.js';
import { ApiTokens } from './api-tokens.js';
import { Identity } from './identity.js';
import { StoredFlows } from './oidc/stored-flows.js';
import { Lockout } from './lockout.js';
import { type Cost, type Derive, PasswordHash } from './password-hash.js';
import { Passwords } from './passwords.js';
import { openIdentityStore } from './schema.js';
import { Sessions } from './sessions.js';
import { WriteBehind } from './write-behind.js';

export interface IdentityOptions {
  /** Milliseconds since the epoch, of a clock that never goes back. */
  readonly now: () => number;
  /** Told when the record of access cannot be written; it is tried again every second. */
  readonly onError: (error: unknown) => void;
  readonly derive?: Derive;
  readonly cost?: Cost;
}

/** Opens `identity.db` of a data directory, or what several processes share on a server. */
export function openIdentity(place: StorePlace, { now, onError, derive, cost }: IdentityOptions): Identity {
  const db = openIdentityStore(place);
  const behind = new WriteBehind(db, onError);
  const accounts = new Accounts(db, now);
  const record = new AccessRecord(db, behind, now);
  const passwords = new Passwords(accounts, new Lockout(db), new PasswordHash(derive, cost), record, now);
  const sessions = new Sessions(db, behind, now);
  const tokens = new ApiTokens(db, behind, now);
  const close = (): void => {
    try {
      behind.close();
    } finally {
      db.close();
    }
  };
  const flows = db.isShared ? new StoredFlows(db, now) : undefined;
  return new Identity(db, accounts, record, { accounts, passwords, sessions, tokens, flows, close });
}
