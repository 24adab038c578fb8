import { AccessRecord } from './access-record.js';
import { Accounts } from './accounts.js';
import { ApiTokens } from './api-tokens.js';
import { Identity } from './identity.js';
import { Lockout } from './lockout.js';
import { type Cost, type Derive, PasswordHash } from './password-hash.js';
import { Passwords } from './passwords.js';
import { openIdentityFile } from './schema.js';
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

/** Opens `identity.db` of a data directory. */
export function openIdentity(directory: string, { now, onError, derive, cost }: IdentityOptions): Identity {
  const db = openIdentityFile(directory);
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
  return new Identity(db, accounts, record, { accounts, passwords, sessions, tokens, close });
}
