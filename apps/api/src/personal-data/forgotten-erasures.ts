import { readFact } from '@ledger/domain';
import type { EventLog } from '@ledger/eventlog';
import { type DestroyedKey, KeysInLog, type Vault } from '@ledger/vault';

const PAGE = 1_000;
/** What a fact that destroys a key has in its text; to look for it is cheaper than to read them all. */
const DESTROYS = '"SubjectKeyDestroyed"';

/**
 * Destroys what the log says was destroyed and the list does not name, because the list was lost or an older one put in
 * its place; gives those keys. Looks at the facts since the last time, at all of them where the list is known to lack some.
 */
export async function destroyForgotten(vault: Vault, log: EventLog): Promise<DestroyedKey[]> {
  const from = vault.comparedTo();
  if (from === undefined) return [];
  const head = await log.head();
  const forgotten = await vault.destroyUnlisted(await keysDestroyed(log, from));
  // What neither the list nor the log knows any more is not looked for again at every start.
  if (from === 0) vault.forgetRecorded();
  vault.setCompared(head);
  return forgotten;
}

async function keysDestroyed(log: EventLog, from: number): Promise<DestroyedKey[]> {
  // Only what destroys is read, so this knows of no other key.
  const said = new KeysInLog();
  let position = from;
  for (;;) {
    const facts = await log.readAfter(position, PAGE);
    for (const { fact } of facts) if (fact.includes(DESTROYS)) said.add(readFact(fact));
    const last = facts.at(-1);
    if (last === undefined) return said.destroyed();
    position = last.position;
  }
}
