import { Refusal } from '@ledger/domain';
import { type AskedBy, type Cost, type Identity, openIdentity } from '@ledger/identity';
import { type GivenStores, givenStores } from './private-stores.js';
import { quickDerive } from './quick-derive.js';

export const BY_ADMIN: AskedBy = { account: 'admin', address: '127.0.0.1', operation: 'test' };
export const ASKED = { address: '127.0.0.1', operation: 'logIn' };
export const PASSWORD = 'eleven green bamboo carts';

/** Accounts in a store of their own, on a clock that the test sets. */
export interface GivenIdentity {
  readonly identity: Identity;
  readonly stores: GivenStores;
  readonly directory: string;
  readonly errors: unknown[];
  /** How often a password was hashed. */
  runs(): number;
  nowMs: number;
  /** As after a restart of the program; at another cost of passwords, where one is given. */
  reopen(cost?: Cost): void;
  /** The same accounts, as another process has them; closed with these. */
  another(): Identity;
  /** An account whose owner has chosen `PASSWORD`. */
  account(id: string): Promise<void>;
  remove(): void;
}

export const NOON_MS = Date.parse('2026-03-02T12:00:00+08:00');

/** Passwords are hashed by something quick, unless a program outside is to check them too. */
export function givenIdentity(hashing: 'quick' | 'slow' = 'quick'): GivenIdentity {
  const stores = givenStores();
  const quick = quickDerive();
  const errors: unknown[] = [];
  const others: Identity[] = [];
  const open = (cost?: Cost, place = stores.place): Identity =>
    openIdentity(place, {
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
    stores,
    directory: stores.directory,
    errors,
    runs: quick.runs,
    nowMs: NOON_MS,
    reopen(cost) {
      identity.close();
      identity = open(cost);
    },
    another() {
      const other = open(undefined, stores.another);
      others.push(other);
      return other;
    },
    async account(id) {
      const { oneTimePassword = '' } = await identity.addAccount(id, BY_ADMIN);
      await identity.changePassword(oneTimePassword, PASSWORD, { ...BY_ADMIN, account: id });
    },
    remove() {
      for (const each of [identity, ...others]) each.close();
      stores.remove();
    },
  };
  identity = open();
  return given;
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
