import { type Answer, doorOf, type RunningLedger, startLedger } from './running-ledger.js';
import { VillageBooks } from './village-books.js';

/** A running ledger with accounts, and a door behind which scenes are set. */
export interface LedgerWithAccounts {
  readonly ledger: RunningLedger;
  /** Sets scenes as the operator, who may do everything. */
  readonly scene: RunningLedger;
  readonly books: VillageBooks;
  /** Sessions of an account beside the one by which it asks. */
  readonly sessionsOf: (account: string) => readonly Opened[];
  /** The requests of an account; of nobody's when the account was not named at the start. */
  readonly as: (account: string) => Asker;
}

interface Opened {
  readonly id: string;
  readonly token: string;
}

export type Asker = Pick<RunningLedger, 'get' | 'post' | 'put'> & { readonly headers: Record<string, string> };

export async function startWithAccounts(
  directory: string,
  accounts: readonly string[],
  env: Record<string, string> = {},
): Promise<LedgerWithAccounts> {
  const ledger = await startLedger(directory, {
    entry: 'dist/test/support/two-doors.js',
    env: { TEST_ACCOUNTS: accounts.join(','), ...env },
  });
  const [, said = '{}'] = /^doors (.*)$/m.exec(ledger.output()) ?? [];
  const { scene: url, sessions } = JSON.parse(said) as { scene: string; sessions: Record<string, Opened[]> };
  const scene = doorOf(ledger, url);
  const as = (account: string): Asker => {
    const headers = { authorization: `Bearer ${sessions[account]?.[0]?.token ?? 'nobody'}` };
    return {
      headers,
      get: <B>(path: string, more = {}): Promise<Answer<B>> => ledger.get<B>(path, { ...headers, ...more }),
      post: <B>(path: string, body: unknown, more = {}): Promise<Answer<B>> =>
        ledger.post<B>(path, body, { ...headers, ...more }),
      put: <B>(path: string, bytes: Buffer, more = {}): Promise<Answer<B>> =>
        ledger.put<B>(path, bytes, { ...headers, ...more }),
    };
  };
  return {
    ledger,
    scene,
    books: new VillageBooks(scene),
    sessionsOf: (account) => sessions[account]?.slice(1) ?? [],
    as,
  };
}
