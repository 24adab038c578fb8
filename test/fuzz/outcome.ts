import type { RunningLedger } from '../support/running-ledger.js';
import { AT_LEAST, type Fuzzed } from './fuzz.js';

interface Page {
  readonly rows: readonly { readonly position: number; readonly fact: string }[];
  /** There is always more to come. */
  readonly next: string;
}

const MIN_TOKEN_SHARE = 0.4;

/**
 * Everything that is wrong once all is asked: answers that nobody promised, operations with too few answers, too few valid tokens, a fact of a refused
 * command, an acknowledged command without facts.
 */
export async function wrongInTheEnd(ledger: RunningLedger, fuzzed: Fuzzed): Promise<string[]> {
  const { tally, operations, acknowledged, refused, failures } = fuzzed;
  const few = operations.flatMap(({ id }) => {
    const { good, refused: no } = tally.of(id);
    return tally.hasBoth(id, AT_LEAST) ? [] : [`${id}: only ${good} answers 2xx and ${no} 4xx`];
  });
  const share = tally.tokenShare >= MIN_TOKEN_SHARE ? [] : [`${tally.tokenShare} of the requests carry a valid token`];
  const recorded = await commandIdsOf(ledger);
  const unasked = [...refused].filter((id) => recorded.has(id) && !acknowledged.has(id));
  const lost = [...acknowledged].filter((id) => !recorded.has(id));
  return [
    ...failures,
    ...few,
    ...share,
    ...unasked.map((id) => `the refused command ${id} left a fact`),
    ...lost.map((id) => `the acknowledged command ${id} left none`),
  ];
}

/** The commands of all facts, which are dense from the first on and as they were written. */
async function commandIdsOf(ledger: RunningLedger): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let position = 0;
  for (let after: string | undefined; ;) {
    const { body } = await ledger.get<Page>(`/events?limit=1000${after === undefined ? '' : `&after=${after}`}`);
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
