import { BOOKKEEPER } from '@ledger/commands';
import { type EventLog, openSqliteLogForReading } from '@ledger/eventlog';
import { LEDGER_ITSELF } from '@ledger/identity';
import { logHead } from '../support/log-head.js';
import type { RunningLedger } from '../support/running-ledger.js';

/** Ids of the commands that were acknowledged, and of the facts that the answers name. */
export interface Acknowledged {
  readonly commands: Set<string>;
  readonly facts: Set<string>;
}

interface Stated {
  readonly id: string;
  readonly type: string;
  readonly commandId: string;
  readonly actor: string;
}

/** What the ledger records by itself, a moment after what it follows from. */
const BY_ITSELF = [BOOKKEEPER, LEDGER_ITSELF];

/** The log of a running ledger, looked at beside it. */
export class Recorded {
  private constructor(
    private readonly log: Pick<EventLog, 'head' | 'readAfter' | 'close'>,
    private head: number,
  ) {}

  static async in(directory: string): Promise<Recorded> {
    return new Recorded(openSqliteLogForReading(directory), await logHead({ directory }));
  }

  /** The types of what was recorded since this was asked last, except by the ledger itself. */
  async since(): Promise<string[]> {
    const head = await this.log.head();
    if (head === this.head) return [];
    const facts = (await this.log.readAfter(this.head, head - this.head)).map(({ fact }) => JSON.parse(fact) as Stated);
    this.head = head;
    return facts.filter(({ actor }) => !BY_ITSELF.includes(actor)).map(({ type }) => type);
  }

  async close(): Promise<void> {
    await this.log.close();
  }
}

interface Page {
  readonly rows: readonly { readonly position: number; readonly fact: string }[];
  /** There is always more to come. */
  readonly next: string;
}

/** What the log lacks of what was acknowledged, and what it has beside that. */
export async function differences(ledger: RunningLedger, { commands, facts }: Acknowledged): Promise<string[]> {
  const recorded = await factsOf(ledger);
  const [factIds, commandIds] = [
    new Set(recorded.map(({ id }) => id)),
    new Set(recorded.map((fact) => fact.commandId)),
  ];
  const beside = recorded.filter(
    ({ id, commandId, actor }) => !BY_ITSELF.includes(actor) && !commands.has(commandId) && !facts.has(id),
  );
  return [
    ...beside.map(({ type, id }) => `${type} ${id} is in the log and nobody was told`),
    ...[...commands].filter((id) => !commandIds.has(id)).map((id) => `the acknowledged command ${id} left no fact`),
    ...[...facts].filter((id) => !factIds.has(id)).map((id) => `the acknowledged fact ${id} is not in the log`),
  ];
}

/** All facts. Throws when positions are not dense from the first on, or a fact is not as it was written. */
async function factsOf(ledger: RunningLedger): Promise<Stated[]> {
  const facts: Stated[] = [];
  for (let after = ''; ;) {
    const query = after === '' ? '' : `&after=${after}`;
    const { body, text } = await ledger.get<Partial<Page>>(`/events?limit=1000${query}`);
    if (body.rows === undefined || body.next === undefined) throw new Error(`the facts are not listed: ${text}`);
    for (const row of body.rows) {
      const fact = JSON.parse(row.fact) as Stated;
      facts.push(fact);
      if (row.position !== facts.length) throw new Error(`fact ${row.position} stands where ${facts.length} should`);
      if (JSON.stringify(fact) !== row.fact) throw new Error(`fact ${row.position} is not as it was written`);
    }
    if (body.rows.length === 0) return facts;
    after = body.next;
  }
}
