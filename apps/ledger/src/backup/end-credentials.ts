import { type Identity, LEDGER_ITSELF, openIdentity } from '@ledger/identity';

/**
 * Ends every session and API token of a restored ledger: among those of the backup's day there may be some that were
 * revoked since, and nobody could tell which. It is on the record of access. Gives how many there were.
 */
export function endCredentials(directory: string): number {
  let failure: unknown;
  const identity = openIdentity(directory, { now: () => Date.now(), onError: (error) => (failure = error) });
  let ended: number;
  try {
    ended = endAll(identity);
  } finally {
    identity.close();
  }
  if (failure !== undefined) throw failure;
  return ended;
}

function endAll(identity: Identity): number {
  const by = { account: LEDGER_ITSELF, address: 'local', operation: 'restore' };
  const [sessions, tokens] = [identity.sessions(), identity.tokens()];
  for (const { id } of sessions) identity.endSession(id, by);
  for (const { id } of tokens) identity.revokeToken(id, by);
  return sessions.length + tokens.length;
}
