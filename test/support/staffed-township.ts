import { type Role, shanghaiDate } from '@ledger/domain';
import { openIdentity } from '@ledger/identity';
import { type RunningLedger, startLedger } from './running-ledger.js';
import { VillageBooks } from './village-books.js';

export interface StaffedVillage {
  readonly id: string;
  readonly village: string;
}

/** The books of three villages; two of them are neighbours, in one township. */
export interface StaffedVillages {
  readonly own: StaffedVillage;
  readonly neighbour: StaffedVillage;
  readonly elsewhere: StaffedVillage;
}

export interface StaffedScene extends StaffedVillages {
  /** An API token of every account. */
  readonly tokens: ReadonlyMap<string, string>;
}

/** The identity provider that vouches for them; each is a subject of his own name there. */
export const SIGN_IN = 'https://sign-in.example';

const TOWNSHIP = '330603008';
const OTHER_TOWNSHIP = '330603002';

/** The day on which everybody has his role already. */
const FROM = '2020-01-01';

/**
 * Whoever works there: `clerk-1` in the own village, `clerk-2` in the neighbouring one, the others for a township,
 * those with a 9 for the other one.
 */
const staffOf = ({ own, neighbour, elsewhere }: StaffedVillages): [account: string, role: Role, division: string][] => [
  ['clerk-1', 'VILLAGE_CLERK', own.village],
  ['clerk-2', 'VILLAGE_CLERK', neighbour.village],
  ['clerk-9', 'VILLAGE_CLERK', elsewhere.village],
  ['accountant-1', 'TOWN_ACCOUNTANT', TOWNSHIP],
  ['reviewer-1', 'TOWN_REVIEWER', TOWNSHIP],
  ['reviewer-2', 'TOWN_REVIEWER', TOWNSHIP],
  ['accountant-9', 'TOWN_ACCOUNTANT', OTHER_TOWNSHIP],
  ['reviewer-8', 'TOWN_REVIEWER', OTHER_TOWNSHIP],
  ['reviewer-9', 'TOWN_REVIEWER', OTHER_TOWNSHIP],
  ['cashier-1', 'TOWN_CASHIER', TOWNSHIP],
  ['admin-9', 'SYS_ADMIN', '330603'],
];

/** Sets the scene with the one token of a ledger without accounts, which stops then; `more` may go on with it. */
export async function staffedScene<T = undefined>(
  directory: string,
  more?: (books: VillageBooks, scene: StaffedVillages) => Promise<T>,
): Promise<StaffedScene & { more: T }> {
  const ledger = await startLedger(directory);
  const books = new VillageBooks(ledger);
  await books.district();
  const own = await books.book();
  const neighbour = await books.book();
  const elsewhere = await books.book({ township: OTHER_TOWNSHIP });
  const villages = { own, neighbour, elsewhere };
  const staff = staffOf(villages);
  for (const [account, role, division] of staff) {
    await books.accepted('/grants', { account, role, division, from: FROM });
  }
  const said = (await more?.(books, villages)) as T;
  await ledger.stop();
  return {
    ...villages,
    tokens: await tokensFor(
      directory,
      staff.map(([account]) => account),
    ),
    more: said,
  };
}

/** Accounts for which an identity provider vouches, so that no test waits for passwords; each with an API token. */
async function tokensFor(directory: string, accounts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const now = Date.now();
  const identity = openIdentity(directory, {
    now: () => now,
    onError: (error) => {
      throw error;
    },
  });
  const asked = { address: '127.0.0.1', operation: 'test' };
  const tokens = new Map<string, string>();
  for (const account of accounts) {
    const subject = { issuer: SIGN_IN, subject: account };
    await identity.addAccount(account, { ...asked, account: 'admin' }, subject);
    const { token } = identity.makeToken({ name: 'test', to: shanghaiDate(now) }, { ...asked, account });
    tokens.set(account, token);
  }
  identity.close();
  return tokens;
}

/** The program with accounts over that directory, as it is or as one that dies where it is told to. */
export function startStaffed(directory: string, env?: Record<string, string>): Promise<RunningLedger> {
  const accounts = { LEDGER_ACCESS: 'accounts' };
  if (env === undefined) return startLedger(directory, { env: accounts });
  return startLedger(directory, { entry: 'dist/test/support/failing-ledger.js', env: { ...accounts, ...env } });
}

export type Staff = Pick<RunningLedger, 'get' | 'post'>;

/** Asks as an account. */
export function as(ledger: RunningLedger, account: string, { tokens }: Pick<StaffedScene, 'tokens'>): Staff {
  const authorization = `Bearer ${tokens.get(account)}`;
  return {
    get: (path, headers = {}) => ledger.get(path, { authorization, ...headers }),
    post: (path, body, headers = {}) => ledger.post(path, body, { authorization, ...headers }),
  };
}
