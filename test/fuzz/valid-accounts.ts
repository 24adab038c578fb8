import * as fc from 'fast-check';
import type { Draw } from './draw.js';
import type { Credential } from './staff.js';
import { anyText } from './values.js';
import type { Recipe } from './valid-writes.js';
import type { World } from './world.js';

const PASSWORD = 'eleven green bamboo carts';

interface LoggedIn extends Credential {
  readonly session: string;
}

/** Accounts, sessions and tokens, which there are only in a ledger with accounts: what must be accepted there. */
export const validAccounts: Readonly<Record<string, Recipe>> = {
  logIn: async (world) => ({ body: await account(world) }),
  logOut: async (world) => ({ authorization: (await loggedIn(world)).authorization }),
  changePassword: async (world) => {
    const first = await account(world);
    const { authorization } = opened(world, first.id, await world.done('logIn', { body: first }));
    return { authorization, body: { password: first.password, newPassword: PASSWORD } };
  },
  beginOidcLogIn: async () => ({}),
  // What the provider sent back counts once, also when it was not sent on as it was.
  completeOidcLogIn: async (world) => ({ body: await vouchedFor(world, await subject(world)), countsOnce: true }),
  revokeSession: async (world) => ({ path: { id: (await loggedIn(world)).session } }),
  createToken: async (world, any) => ({
    authorization: (await loggedIn(world)).authorization,
    body: token(any),
  }),
  revokeToken: async (world, any) => {
    const { authorization } = await loggedIn(world);
    const { apiToken } = await world.done('createToken', { authorization, body: token(any) });
    return { path: { id: (apiToken as { id: string }).id } };
  },
  createAccount: async (world, any) => {
    const id = world.freeStaffId();
    return { body: { id, ...any(fc.constantFrom({}, { oidcSubject: id })) } };
  },
  linkAccount: async (world) => ({ path: { id: await subject(world) }, body: {} }),
  disableAccount: async (world) => ({ path: { id: await subject(world) } }),
  enableAccount: async (world) => {
    const id = await subject(world);
    await world.done('disableAccount', { path: { id } });
    return { path: { id } };
  },
  resetPassword: async (world) => ({ path: { id: (await account(world)).id } }),
};

/** Somebody new, for whom the provider vouches; a password would take its time to be hashed. */
export async function loggedIn(world: World): Promise<LoggedIn> {
  const id = await subject(world);
  return opened(world, id, await world.done('completeOidcLogIn', { body: await vouchedFor(world, id) }));
}

/** An account with a one-time password that nobody has logged in to yet. */
async function account(world: World): Promise<{ id: string; password: string }> {
  const id = world.freeStaffId();
  const { oneTimePassword } = await world.done('createAccount', { body: { id } });
  return { id, password: String(oneTimePassword) };
}

/** An account of a subject of the provider. */
async function subject(world: World): Promise<string> {
  const id = world.freeStaffId();
  await world.done('createAccount', { body: { id, oidcSubject: id } });
  return id;
}

async function vouchedFor(world: World, id: string): Promise<{ flow: string; callbackUrl: string }> {
  const { flow, authorizationUrl } = await world.done('beginOidcLogIn', {});
  return { flow: String(flow), callbackUrl: await world.visitAs(id, String(authorizationUrl)) };
}

function opened({ asker }: World, principal: string, body: Readonly<Record<string, unknown>>): LoggedIn {
  const credential = { authorization: `Bearer ${String(body['token'])}`, principal };
  asker.letIn(credential);
  return { ...credential, session: String(body['session']) };
}

function token(any: Draw) {
  return { name: any(anyText), to: inThirtyDays() };
}

/** Tokens end within a year. */
function inThirtyDays(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
}
