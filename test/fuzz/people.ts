import type { RunningLedger } from '../support/running-ledger.js';
import type { Credential, Staff } from './staff.js';
import { loggedIn } from './valid-accounts.js';
import type { World } from './world.js';

const ADMIN = 'admin';
const PASSWORD = 'seven patient herons wading';
const FROM = '2024-01-01';

/** What one person holds, by the digits of the division: for every operation that is nobody else's somebody must be there. */
const OF_KEEPER: Readonly<Record<number, readonly string[]>> = {
  6: ['DISTRICT_AGRI', 'AUDITOR', 'PII_OFFICER'],
  9: ['TOWN_ACCOUNTANT', 'TOWN_LEADER'],
  12: ['VILLAGE_CLERK'],
};
/** Signs; whoever administers or keeps the books may not. */
const REVIEWER = 'TOWN_REVIEWER';
const OF_TOWNSHIP = 9;

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

/** Those who do together what a ledger with one token has done by one, each what the document lets his roles do. */
export async function staffed(world: World): Promise<Staff> {
  const admin = world.staff;
  const [keeper, reviewer, second] = [await loggedIn(world), await loggedIn(world), await loggedIn(world)];
  return {
    asks: (operation) => {
      const { id, roles } = operation;
      if (roles.includes('SYS_ADMIN') || roles.includes('everybody')) return admin.asks(operation);
      if (roles.some((role) => Object.values(OF_KEEPER).flat().includes(role))) return keeper;
      if (roles.includes(REVIEWER)) return reviewer;
      throw new Error(`nobody of the staff may do ${id}: ${roles.join(', ')}`);
    },
    signed: { preparedBy: keeper.principal, reviewedBy: reviewer.principal },
    secondReviewer: second.principal,
    closesMonth: keeper.principal,
    signer: (name) => (name === second.principal ? second : reviewer),
    hire: async (id) => void (await world.done('createAccount', { body: { id, oidcSubject: id } })),
    reach: async (division) => {
      for (const role of OF_KEEPER[division.length] ?? []) await granted(world, keeper, role, division);
      if (division.length !== OF_TOWNSHIP) return;
      for (const who of [reviewer, second]) await granted(world, who, REVIEWER, division);
    },
  };
}

export interface People {
  /** What those send whose grants hold today, or held once. */
  readonly others: readonly string[];
  /** Tokens that no longer open anything. */
  readonly ended: readonly string[];
}

/** People who may do less, each in one role of the village of the first book or above it, and one who may nothing any more. */
export async function peopleOfRoles(world: World): Promise<People> {
  const [book] = world.made.books;
  if (book === undefined) throw new Error('there is no book yet');
  const [village, township, district] = [book.village, book.village.slice(0, 9), book.village.slice(0, 6)];
  const others = [
    await granted(world, await loggedIn(world), 'VILLAGE_CLERK', village),
    await granted(world, await loggedIn(world), REVIEWER, township),
    await granted(world, await loggedIn(world), 'DISTRICT_AGRI', district),
    await granted(world, await loggedIn(world), 'AUDITOR', district),
    await granted(world, await loggedIn(world), 'VILLAGER', village),
    await granted(world, await loggedIn(world), 'TOWN_ACCOUNTANT', township, '2024-12-31'),
  ];
  const gone = await loggedIn(world);
  await world.done('disableAccount', { path: { id: gone.principal } });
  world.asker.letOut(gone);
  return { others: others.map(({ authorization }) => authorization), ended: [gone.authorization] };
}

async function granted(
  world: World,
  who: Credential,
  role: string,
  division: string,
  to?: string,
): Promise<Credential> {
  await world.tell('grantRole', { account: who.principal, role, division, from: FROM, ...(to && { to }) });
  return who;
}
