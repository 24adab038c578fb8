import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { thaw } from '@ledger/domain';
import { NO_STREAM, type Receipt, type RecordedFact, type StoredReceipt } from '../event-log.js';

export interface FactRow {
  position: number;
  recorded_at: number;
  remaining: number;
  leaf: Uint8Array;
  fact: string;
}

export const COLUMNS = 'position, recorded_at, remaining, leaf, fact';

/** Everything that can be asked of the tables; the writer and read-only openings share it. */
export class SqliteLogReader {
  readonly #ofStream: StatementSync;
  readonly #after: StatementSync;
  readonly #head: StatementSync;
  readonly #whole: StatementSync;
  readonly #recordedAt: StatementSync;
  readonly #command: StatementSync;
  readonly #streamName: StatementSync;
  readonly #streamHead: StatementSync;

  constructor(db: DatabaseSync) {
    this.#ofStream = db.prepare(
      `SELECT ${COLUMNS} FROM facts
       WHERE stream = (SELECT id FROM streams WHERE name = ?) AND revision >= ? ORDER BY revision LIMIT ?`,
    );
    this.#after = db.prepare(`SELECT ${COLUMNS} FROM facts WHERE position > ? ORDER BY position LIMIT ?`);
    this.#head = db.prepare('SELECT max(position) AS position FROM facts');
    this.#whole = db.prepare(
      'SELECT position FROM facts WHERE position <= ? AND remaining = 0 ORDER BY position DESC LIMIT 1',
    );
    this.#recordedAt = db.prepare('SELECT recorded_at FROM facts WHERE position = ?');
    this.#command = db.prepare('SELECT fingerprint, position, facts FROM commands WHERE command_id = ?');
    this.#streamHead = db.prepare(
      `SELECT s.id, coalesce((SELECT max(revision) FROM facts WHERE stream = s.id), ${NO_STREAM}) AS revision
       FROM streams s WHERE s.name = ?`,
    );
    this.#streamName = db.prepare('SELECT name FROM streams WHERE id = (SELECT stream FROM facts WHERE position = ?)');
  }

  readStream(stream: string, fromRevision: number, limit: number): RecordedFact[] {
    return (this.#ofStream.all(stream, fromRevision, limit) as unknown as FactRow[]).map(recorded);
  }

  /** The number that the tables use for a stream, and its revision. */
  streamHead(stream: string): { id: number; revision: number } | undefined {
    return this.#streamHead.get(stream) as { id: number; revision: number } | undefined;
  }

  readAfter(position: number, limit: number): RecordedFact[] {
    return (this.#after.all(position, limit) as unknown as FactRow[]).map(recorded);
  }

  head(): number {
    return (this.#head.get() as { position: number | null }).position ?? 0;
  }

  wholeAt(position: number): number {
    return (this.#whole.get(position) as { position: number } | undefined)?.position ?? 0;
  }

  recordedAt(position: number): number {
    return (this.#recordedAt.get(position) as { recorded_at: number } | undefined)?.recorded_at ?? 0;
  }

  /** `recordedAt` never decreases along dense positions, so halving finds the last one at or before an instant. */
  positionAt(instantMs: number): number {
    let low = 0;
    let high = this.head();
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.recordedAt(middle) <= instantMs) low = middle;
      else high = middle - 1;
    }
    return this.wholeAt(low);
  }

  receiptOf(commandId: string): StoredReceipt | undefined {
    const row = this.#command.get(commandBytes(commandId)) as
      { fingerprint: Uint8Array; position: number; facts: number } | undefined;
    if (row === undefined) return undefined;
    const facts = this.readAfter(row.position - row.facts, row.facts).map(({ fact }) => {
      const { id, type, revision } = thaw(fact);
      return { id, type, revision };
    });
    const stream = (this.#streamName.get(row.position) as { name: string }).name;
    const receipt: Receipt = { stream, revision: facts.at(-1)?.revision ?? -1, position: row.position, facts };
    return { receipt, fingerprint: row.fingerprint.toHex() };
  }
}

export function commandBytes(commandId: string): Buffer {
  return Buffer.from(commandId.replaceAll('-', ''), 'hex');
}

function recorded(row: FactRow): RecordedFact {
  return {
    position: row.position,
    recordedAtMs: row.recorded_at,
    leaf: row.leaf.toHex(),
    remaining: row.remaining,
    fact: row.fact,
  };
}
