import type { Identity } from './identity.js';

export const FIRST_ADMINISTRATOR = 'admin';

/** The name under which the ledger itself acts. */
export const LEDGER_ITSELF = 'ledger';

/** Makes the first account of a ledger and gives its one-time password, which is kept nowhere. */
export async function firstAdministrator(identity: Identity): Promise<string | undefined> {
  const by = { account: LEDGER_ITSELF, address: 'local', operation: 'start' };
  const { oneTimePassword } = await identity.addAccount(FIRST_ADMINISTRATOR, by);
  return oneTimePassword;
}
