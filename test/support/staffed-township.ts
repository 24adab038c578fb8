import type { Role } from '@ledger/domain';
import { type Answer, type RunningLedger, startLedger } from './running-ledger.js';
import { VillageBooks } from './village-books.js';

export interface StaffedVillage {
  readonly id: string;
  readonly village: string;
}

/** A ledger of two townships with the books of three villages; two of them are neighbours. */
export interface StaffedLedger {
  readonly own: StaffedVillage;
  readonly neighbour: StaffedVillage;
  readonly elsewhere: StaffedVillage;
}

export const TOWNSHIP = '330603008';
export const OTHER_TOWNSHIP = '330603002';

/** The day on which everybody has his role already. */
const FROM = '2020-01-01';

/**
 * Whoever works there: `clerk-1` in the own village, `clerk-2` in the neighbouring one, the others for a township, those
 * with a 9 for the other one.
 */
const staffOf = ({ own, neighbour, elsewhere }: StaffedLedger): [account: string, role: Role, division: string][] => [
  ['clerk-1', 'VILLAGE_CLERK', own.village],
  ['clerk-2', 'VILLAGE_CLERK', neighbour.village],
  ['clerk-9', 'VILLAGE_CLERK', elsewhere.village],
  ['accountant-1', 'TOWN_ACCOUNTANT', TOWNSHIP],
  ['reviewer-1', 'TOWN_REVIEWER', TOWNSHIP],
  ['reviewer-2', 'TOWN_REVIEWER', TOWNSHIP],
  ['reviewer-9', 'TOWN_REVIEWER', OTHER_TOWNSHIP],
  ['cashier-1', 'TOWN_CASHIER', TOWNSHIP],
];

/** Sets the scene with the one token of a ledger without accounts, which stops then; `more` may go on with it. */
export async function staffedScene<T = undefined>(
  directory: string,
  more?: (books: VillageBooks, ledger: StaffedLedger) => Promise<T>,
): Promise<StaffedLedger & { more: T }> {
  const ledger = await startLedger(directory);
  const books = new VillageBooks(ledger);
  await books.district();
  const own = await books.book({ startPeriod: '2024-01' });
  const neighbour = await books.book({ startPeriod: '2024-01' });
  const elsewhere = await books.book({ township: OTHER_TOWNSHIP });
  const scene = { own, neighbour, elsewhere };
  for (const [account, role, division] of staffOf(scene)) {
    await books.accepted('/grants', { account, role, division, from: FROM });
  }
  const said = (await more?.(books, scene)) as T;
  await ledger.stop();
  return { ...scene, more: said };
}

/** The program with accounts over that directory. */
export function startStaffed(directory: string, env: Record<string, string> = {}): Promise<RunningLedger> {
  return startLedger(directory, { entry: 'dist/test/support/staffed-ledger.js', env });
}

export interface Staff {
  get<B = Record<string, unknown>>(path: string, headers?: Record<string, string>): Promise<Answer<B>>;
  post<B = Record<string, unknown>>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<B>>;
}

/** Asks as an account. */
export function as(ledger: RunningLedger, account: string): Staff {
  const authorization = `Bearer token-of-${account}`;
  return {
    get: (path, headers = {}) => ledger.get(path, { authorization, ...headers }),
    post: (path, body, headers = {}) => ledger.post(path, body, { authorization, ...headers }),
  };
}
