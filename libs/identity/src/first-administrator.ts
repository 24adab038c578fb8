import { Refusal } from '@ledger/domain';
import { LEDGER_ITSELF } from './accounts.js';
import type { Identity } from './identity.js';

export const FIRST_ADMINISTRATOR = 'admin';

/**
 * Makes the first account of a ledger and gives its one-time password, which is kept nowhere; of several processes that start
 * at once, one does.
 */
export async function firstAdministrator(identity: Identity): Promise<string | undefined> {
  const by = { account: LEDGER_ITSELF, address: 'local', operation: 'start' };
  try {
    const { oneTimePassword } = await identity.addAccount(FIRST_ADMINISTRATOR, by);
    return oneTimePassword;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'STAFF_ACCOUNT_DUPLICATE') return undefined;
    throw error;
  }
}
