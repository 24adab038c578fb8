import type { RunningLedger } from '../support/running-ledger.js';
import type { Credential } from './asker.js';
import { loggedIn } from './valid-accounts.js';
import type { Person, Township } from './valid-drafts.js';
import type { World } from './world.js';

const ADMIN = 'admin';
const PASSWORD = 'seven patient herons wading';

/** The first administrator, with the one-time password that the ledger prints at its first start, and one of his own. */
export async function administrator(ledger: RunningLedger): Promise<Credential> {
  const [, password] = /one-time password\s+(\S+)/.exec(ledger.output()) ?? [];
  if (password === undefined) throw new Error(`no one-time password was printed:\n${ledger.output()}`);
  const first = await ledger.post('/session', { id: ADMIN, password }, { authorization: '' });
  const authorization = `Bearer ${String(first.body['token'])}`;
  const changed = await ledger.post('/session/password', { password, newPassword: PASSWORD }, { authorization });
  if (changed.status !== 201) throw new Error(`the password was not changed: ${changed.text}`);
  return { authorization: `Bearer ${String(changed.body['token'])}`, principal: ADMIN };
}

export interface People extends Township {
  /** What those send whose grants hold today, or held once. */
  readonly others: readonly string[];
  /** Tokens that no longer open anything. */
  readonly ended: readonly string[];
}

/** People of several roles in the township of the first village that has a book, and some who may nothing any more. */
export async function peopleOfRoles(world: World): Promise<People> {
  const [book] = world.made.books;
  if (book === undefined) throw new Error('there is no book yet');
  const [village, township, district] = [book.village, book.village.slice(0, 9), book.village.slice(0, 6)];
  const granted = async (role: string, division: string, to?: string): Promise<Person> => {
    const { id, authorization } = await loggedIn(world);
    await world.tell('grantRole', { account: id, role, division, from: '2024-01-01', ...(to && { to }) });
    return { id, authorization };
  };
  const clerk = await granted('VILLAGE_CLERK', village);
  const reviewer = await granted('TOWN_REVIEWER', township);
  const others = [
    await granted('DISTRICT_AGRI', district),
    await granted('AUDITOR', district),
    await granted('VILLAGER', village),
    await granted('TOWN_ACCOUNTANT', township, '2024-12-31'),
  ];
  const gone = await loggedIn(world);
  const request = world.asker.request(world.operation('disableAccount'), { path: { id: gone.id } });
  await world.asker.accepted(request);
  const all = [clerk, reviewer, ...others];
  const sent = all.map(({ authorization }) => authorization);
  return { clerk, reviewer, book: book.id, others: sent, ended: [gone.authorization] };
}
