import { LEDGER_ITSELF } from './accounts.js';
import type { Identity } from './identity.js';

export const FIRST_ADMINISTRATOR = 'admin';

/** Makes the first account of a ledger and gives its one-time password, which is kept nowhere. */
export async function firstAdministrator(identity: Identity): Promise<string | undefined> {
  const by = { account: LEDGER_ITSELF, address: 'local', operation: 'start' };
  const { oneTimePassword } = await identity.addAccount(FIRST_ADMINISTRATOR, by);
  return oneTimePassword;
}
