import { accessAggregate, type CommandHandling } from '@ledger/commands';
import { commandIdOf, fingerprintOf, GrantRole, type LocalDate } from '@ledger/domain';
import { FIRST_ADMINISTRATOR, firstAdministrator, type Identity, LEDGER_ITSELF } from '@ledger/identity';

const KEY = 'first-administrator';

/**
 * Lets somebody in to begin with: an account that administers the district. The grant comes first and counts once for ever:
 * whatever ends the process in between, the next start goes on. Gives the one-time password of an account made just now.
 */
export async function beginAccounts(
  { identity, handling }: { readonly identity: Identity; readonly handling: CommandHandling },
  district: string,
  today: LocalDate,
): Promise<string | undefined> {
  if (identity.accounts.after('', 1).length > 0) return undefined;
  await handling.handle(accessAggregate, firstGrant(district, today));
  try {
    return await firstAdministrator(identity);
  } catch (error) {
    // Of processes that start together one has made it, and shows its password.
    if (identity.accounts.after('', 1).length > 0) return undefined;
    throw error;
  }
}

function firstGrant(division: string, from: LocalDate): GrantRole {
  const context = {
    actor: LEDGER_ITSELF,
    idempotencyKey: KEY,
    commandId: commandIdOf(LEDGER_ITSELF, KEY),
    fingerprint: fingerprintOf(GrantRole.name, { first: FIRST_ADMINISTRATOR }),
  };
  return Object.assign(new GrantRole(), { account: FIRST_ADMINISTRATOR, role: 'SYS_ADMIN', division, from, context });
}
