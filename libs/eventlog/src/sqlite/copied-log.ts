import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { CorruptLog, type Fact, thaw } from '@ledger/domain';
import { leafOf } from '@ledger/transparency';
import { NO_STREAM } from '../event-log.js';
import { asCorruptLog } from './newest-facts.js';
import { COLUMNS, commandBytes, type FactRow } from './reader.js';
import { prepareForReading } from './schema.js';

/** How far a log goes: its name, and the fact at its end. */
export interface LogStanding {
  readonly origin: string;
  readonly position: number;
  readonly leaf: string;
  readonly recordedAtMs: number;
}

interface Row extends FactRow {
  readonly stream: number;
  readonly revision: number;
}

const FACTS = `SELECT ${COLUMNS}, stream, revision FROM facts ORDER BY position`;

/**
 * Opens a database that nobody writes to, as a file in a backup is: nothing is made beside it, so that it may lie on a
 * disk that cannot be written to.
 */
export function openUnchanging(file: string): DatabaseSync {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

/** Where a copy of a log ends. Throws `CorruptLog` when it has no first fact that opens a ledger. */
export function standingOfCopy(file: string): LogStanding {
  return inCopy(file, (db) => {
    const first = db.prepare(`${FACTS} LIMIT 1`).get() as unknown as Row | undefined;
    const last = db.prepare(`${FACTS} DESC LIMIT 1`).get() as unknown as Row | undefined;
    return standing(first, last);
  });
}

/**
 * Reads the whole of a copied log and proves that it contradicts itself nowhere: dense positions, instants that never go
 * back, every leaf computed anew, streams with dense revisions, whole appends, each with the command that it came from.
 * `each` gets every fact in order. A fact is held only while it is looked at. Throws `CorruptLog`.
 */
export function verifyCopiedLog(file: string, each: (fact: Fact, position: number) => void): LogStanding {
  return inCopy(file, (db) => new CopiedLog(db).verified(each));
}

function inCopy<T>(file: string, look: (db: DatabaseSync) => T): T {
  const db = openUnchanging(file);
  try {
    prepareForReading(db);
    return look(db);
  } catch (error) {
    throw asCorruptLog(error);
  } finally {
    db.close();
  }
}

function standing(first: Row | undefined, last: Row | undefined): LogStanding {
  if (first === undefined || last === undefined) throw new CorruptLog('the log has no facts');
  const { type, data } = thaw(first.fact);
  const { name } = data as { name?: unknown };
  if (first.position !== 1 || type !== 'LedgerOpened' || typeof name !== 'string') {
    throw new CorruptLog(`the log begins at position ${first.position} with ${type}, not at 1 with LedgerOpened`);
  }
  return { origin: name, position: last.position, leaf: last.leaf.toHex(), recordedAtMs: last.recorded_at };
}

class CopiedLog {
  /** Name and last revision of every stream, by its number in the tables. */
  readonly #streams = new Map<number, { readonly name: string; revision: number }>();
  readonly #nameOf: StatementSync;
  readonly #commandOf: StatementSync;
  #appends = 0;
  /** How many facts of the append under way have been seen, and of which command it is. */
  #begun = { facts: 0, commandId: '', stream: '' };
  #before: Row | undefined;

  constructor(private readonly db: DatabaseSync) {
    this.#nameOf = db.prepare('SELECT name FROM streams WHERE id = ?');
    this.#commandOf = db.prepare('SELECT position, facts FROM commands WHERE command_id = ?');
  }

  verified(each: (fact: Fact, position: number) => void): LogStanding {
    let first: Row | undefined;
    for (const row of this.db.prepare(FACTS).iterate() as unknown as Iterable<Row>) {
      first ??= row;
      const fact = this.#verify(row);
      this.#before = row;
      each(fact, row.position);
    }
    if (this.#begun.facts > 0) throw new CorruptLog(`the append at position ${this.#before?.position} is not whole`);
    const { commands } = this.db.prepare('SELECT count(*) AS commands FROM commands').get() as { commands: number };
    if (commands !== this.#appends) throw new CorruptLog(`${commands} commands for ${this.#appends} appends`);
    return standing(first, this.#before);
  }

  #verify(row: Row): Fact {
    const { position, recorded_at: recordedAtMs } = row;
    if (position !== (this.#before?.position ?? 0) + 1) {
      throw new CorruptLog(`a fact before position ${position} is missing`);
    }
    if (recordedAtMs < (this.#before?.recorded_at ?? 0)) throw new CorruptLog(`time goes back at position ${position}`);
    if (row.leaf.toHex() !== leafOf(position, recordedAtMs, row.fact)) {
      throw new CorruptLog(`the leaf at position ${position} is not its fact's`);
    }
    const fact = thaw(row.fact);
    this.#verifyRevision(row, fact);
    this.#verifyAppend(row, fact);
    return fact;
  }

  #verifyRevision({ position, stream, revision }: Row, fact: Fact): void {
    let known = this.#streams.get(stream);
    if (known === undefined) {
      const { name = '' } = (this.#nameOf.get(stream) ?? {}) as { name?: string };
      known = { name, revision: NO_STREAM };
      this.#streams.set(stream, known);
    }
    known.revision++;
    if (fact.stream !== known.name || fact.revision !== revision || revision !== known.revision) {
      throw new CorruptLog(
        `position ${position} is revision ${fact.revision} of ${fact.stream}, but stands as ${revision} of ${known.name} after ${known.revision - 1}`,
      );
    }
  }

  /** Idempotency rests on it: who repeats a command must find just the facts that it made. */
  #verifyAppend({ position, remaining }: Row, { commandId, stream }: Fact): void {
    const begun = this.#begun;
    const goesOn = begun.facts > 0;
    const follows = !goesOn || (begun.commandId === commandId && begun.stream === stream);
    if (!follows || (goesOn && this.#before?.remaining !== remaining + 1)) {
      throw new CorruptLog(`the append before position ${position} is not whole`);
    }
    this.#begun = { facts: begun.facts + 1, commandId, stream };
    if (remaining > 0) return;
    const command = this.#commandOf.get(commandBytes(commandId)) as { position: number; facts: number } | undefined;
    if (command?.position !== position || command.facts !== this.#begun.facts) {
      throw new CorruptLog(`the command of the append at position ${position} is not remembered as it was`);
    }
    this.#appends++;
    this.#begun = { facts: 0, commandId: '', stream: '' };
  }
}
