import type { RunningLedger } from '../support/running-ledger.js';
import type { Credential } from './asker.js';
import { account, loggedIn } from './valid-accounts.js';
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

/** People of several roles, and tokens that no longer open anything. */
export async function peopleOfRoles(world: World): Promise<{ held: string[]; ended: string[] }> {
  const [{ village = '' } = {}] = world.made.books;
  const roles = [
    ['VILLAGE_CLERK', village, undefined],
    ['TOWN_REVIEWER', village.slice(0, 9), undefined],
    ['DISTRICT_AGRI', village.slice(0, 6), undefined],
    ['AUDITOR', village.slice(0, 6), undefined],
    ['TOWN_ACCOUNTANT', village.slice(0, 9), '2024-12-31'],
  ] as const;
  const held: string[] = [];
  for (const [role, division, to] of roles) {
    const { id, authorization } = await loggedIn(world);
    await world.tell('grantRole', { account: id, role, division, from: '2024-01-01', ...(to && { to }) });
    held.push(authorization);
  }
  const gone = await loggedIn(world);
  const request = world.asker.request(world.operation('disableAccount'), { path: { id: gone.id } });
  await world.asker.accepted(request);
  await account(world);
  return { held, ended: [gone.authorization] };
}
