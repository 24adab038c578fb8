import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '@ledger/domain';
import { type AskedBy, type Cost, type Identity, IDENTITY_FILE, openIdentity } from '@ledger/identity';
import { quickDerive } from './quick-derive.js';
import { temporaryDirectory } from './temporary-directory.js';

export const BY_ADMIN: AskedBy = { account: 'admin', address: '127.0.0.1', operation: 'test' };
export const ASKED = { address: '127.0.0.1', operation: 'logIn' };
export const PASSWORD = 'eleven green bamboo carts';

/** Accounts in a directory of their own, on a clock that the test sets. */
export interface GivenIdentity {
  readonly identity: Identity;
  readonly directory: string;
  readonly errors: unknown[];
  /** How often a password was hashed. */
  runs(): number;
  nowMs: number;
  /** As after a restart of the program; at another cost of passwords, where one is given. */
  reopen(cost?: Cost): void;
  /** An account whose owner has chosen `PASSWORD`. */
  account(id: string): Promise<void>;
  /** What the file refuses from now on, until the function that it gives is called: as if the program ended there. */
  breaks(what: string): () => void;
  remove(): void;
}

export const NOON_MS = Date.parse('2026-03-02T12:00:00+08:00');

/** Passwords are hashed by something quick, unless a program outside is to check them too. */
export function givenIdentity(hashing: 'quick' | 'slow' = 'quick'): GivenIdentity {
  const temporary = temporaryDirectory();
  const quick = quickDerive();
  const errors: unknown[] = [];
  const open = (cost?: Cost): Identity =>
    openIdentity(temporary.path, {
      now: () => given.nowMs,
      onError: (error) => errors.push(error),
      ...(hashing === 'quick' && { derive: quick.derive }),
      ...(cost && { cost }),
    });
  let identity: Identity;
  const given: GivenIdentity = {
    get identity() {
      return identity;
    },
    directory: temporary.path,
    errors,
    runs: quick.runs,
    nowMs: NOON_MS,
    reopen(cost) {
      identity.close();
      identity = open(cost);
    },
    async account(id) {
      const { oneTimePassword = '' } = await identity.addAccount(id, BY_ADMIN);
      await identity.changePassword(oneTimePassword, PASSWORD, { ...BY_ADMIN, account: id });
    },
    breaks(what) {
      const file = join(temporary.path, IDENTITY_FILE);
      inFile(file, `CREATE TRIGGER broken ${what} BEGIN SELECT RAISE(ABORT, 'cut short'); END`);
      return () => inFile(file, 'DROP TRIGGER broken');
    },
    remove() {
      identity.close();
      temporary.remove();
    },
  };
  identity = open();
  return given;
}

function inFile(path: string, statement: string): void {
  const db = new DatabaseSync(path);
  db.exec(statement);
  db.close();
}

/** The code that something is refused with. */
export async function refusedWith(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing';
}
