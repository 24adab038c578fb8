import type { RunningLedger } from '../support/running-ledger.js';

interface Page {
  readonly rows: readonly { readonly position: number; readonly fact: string }[];
  /** There is always more to come. */
  readonly next: string;
}

/** The commands of all facts. Throws when positions are not dense from the first on, or a fact is not as it was written. */
export async function commandIdsOf(ledger: RunningLedger): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let position = 0;
  for (let after = ''; ;) {
    const query = after === '' ? '' : `&after=${after}`;
    const { body, text } = await ledger.get<Partial<Page>>(`/events?limit=1000${query}`);
    if (body.rows === undefined || body.next === undefined) throw new Error(`the facts are not listed: ${text}`);
    for (const row of body.rows) {
      if (row.position !== ++position) throw new Error(`fact ${row.position} stands where ${position} should`);
      const fact = JSON.parse(row.fact) as { commandId: string };
      if (JSON.stringify(fact) !== row.fact) throw new Error(`fact ${position} is not as it was written`);
      ids.add(fact.commandId);
    }
    if (body.rows.length === 0) return ids;
    after = body.next;
  }
}
