import type { Draw } from './draw.js';
import { anyText } from './values.js';
import type { Recipe } from './valid-writes.js';
import type { World } from './world.js';

const PASSWORD = 'eleven green bamboo carts';

interface LoggedIn {
  readonly id: string;
  readonly password: string;
  readonly authorization: string;
  readonly session: string;
}

/** Accounts, sessions and tokens, which there are only in a ledger with accounts: what must be accepted there. */
export const validAccounts: Readonly<Record<string, Recipe>> = {
  logIn: async (world) => ({ body: await account(world) }),
  logOut: async (world) => ({ authorization: (await loggedIn(world)).authorization }),
  changePassword: async (world) => {
    const { id: _id, ...held } = await firstLogIn(world);
    return { authorization: held.authorization, body: { password: held.password, newPassword: PASSWORD } };
  },
  revokeSession: async (world) => ({ path: { id: (await firstLogIn(world)).session } }),
  createToken: async (world, any) => ({
    authorization: (await loggedIn(world)).authorization,
    body: { name: any(anyText), to: lastDay() },
  }),
  revokeToken: async (world, any) => ({ path: { id: (await token(world, any)).id } }),
  createAccount: async (world) => ({ body: { id: world.freeStaffId() } }),
  disableAccount: async (world) => ({ path: { id: (await account(world)).id } }),
  enableAccount: async (world) => {
    const { id } = await account(world);
    await act(world, 'disableAccount', { path: { id } });
    return { path: { id } };
  },
  resetPassword: async (world) => ({ path: { id: (await account(world)).id } }),
};

/** An account that nobody has logged in to yet. */
export async function account(world: World): Promise<{ id: string; password: string }> {
  const id = world.freeStaffId();
  const made = await act(world, 'createAccount', { body: { id } });
  return { id, password: String(made['oneTimePassword']) };
}

/** Logged in with a password of his own. */
export async function loggedIn(world: World): Promise<LoggedIn> {
  const first = await firstLogIn(world);
  const { id, password, authorization } = first;
  const body = { password, newPassword: PASSWORD };
  return { id, password: PASSWORD, ...opened(world, id, await act(world, 'changePassword', { authorization, body })) };
}

async function firstLogIn(world: World): Promise<LoggedIn> {
  const made = await account(world);
  return { ...made, ...opened(world, made.id, await act(world, 'logIn', { body: made })) };
}

async function token(world: World, any: Draw): Promise<{ id: string }> {
  const { authorization } = await loggedIn(world);
  const body = { name: any(anyText), to: lastDay() };
  const made = await act(world, 'createToken', { authorization, body });
  return made['apiToken'] as { id: string };
}

function opened(world: World, id: string, body: Readonly<Record<string, unknown>>) {
  const authorization = `Bearer ${String(body['token'])}`;
  world.asker.letIn({ authorization, principal: id });
  return { authorization, session: String(body['session']) };
}

type Act = { path?: Record<string, string>; body?: unknown; authorization?: string };

async function act(world: World, operationId: string, said: Act): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await world.asker.accepted(world.asker.request(world.operation(operationId), said));
  return body;
}

/** Tokens end within a year. */
function lastDay(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
}
