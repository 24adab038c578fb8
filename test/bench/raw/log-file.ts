import { randomBytes } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What a log file holds of one stream. */
export interface Head {
  readonly id: number;
  readonly name: string;
  revision: number;
}

export interface StoredFact {
  readonly position: number;
  readonly recorded_at: number;
  readonly leaf: Uint8Array;
  readonly fact: string;
}

export function openLogFile(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  db.exec('PRAGMA query_only = ON; PRAGMA cache_size = -16384;');
  return db;
}

/** The streams whose names begin so, with their newest revisions. */
export function headsOf(file: string, prefix: string): Head[] {
  const db = openLogFile(file);
  const sql = `SELECT s.id, s.name, (SELECT max(revision) FROM facts WHERE stream = s.id) AS revision
    FROM streams s WHERE s.name GLOB ? || '*' ORDER BY s.id`;
  const heads = db.prepare(sql).all(prefix) as unknown as Head[];
  db.close();
  return heads.map((head) => ({ ...head }));
}

/** Texts of one type that stand in the log, from all over it. */
export function sampleFacts(file: string, type: string, count: number): string[] {
  const db = openLogFile(file);
  const { head } = db.prepare('SELECT max(position) AS head FROM facts').get() as { head: number };
  const at = db.prepare('SELECT fact FROM facts WHERE position >= ? LIMIT 1');
  const texts: string[] = [];
  for (let i = 0; texts.length < count && i < 20 * count; i++) {
    const { fact } = at.get(1 + Math.floor(((i * 0.618_034) % 1) * head)) as { fact: string };
    if (fact.includes(`"type":"${type}"`)) texts.push(fact);
  }
  db.close();
  return texts;
}

/**
 * The log's tables written without a check: no expected revision, no known command, no identity, no leaf. It gets finished rows
 * and puts them where a log of the same size has its indexes.
 */
export class BareLogWriter {
  readonly #db: DatabaseSync;
  readonly #fact: StatementSync;
  readonly #command: StatementSync;
  readonly #leaf = randomBytes(32);
  #position: number;
  #waiting: { head: Head; fact: string; id: Buffer; done: () => void }[] = [];

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096;
      PRAGMA cache_size = -32768;`);
    this.#fact = this.#db.prepare(
      'INSERT INTO facts (position, recorded_at, stream, revision, remaining, leaf, fact) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#command = this.#db.prepare(
      'INSERT INTO commands (command_id, fingerprint, position, facts) VALUES (?, ?, ?, ?)',
    );
    this.#position = (this.#db.prepare('SELECT max(position) AS head FROM facts').get() as { head: number }).head;
  }

  /** Shares a transaction with whatever arrives in the same turn of the event loop. */
  append(head: Head, fact: string, id: Buffer): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ head, fact, id, done });
      if (this.#waiting.length > 1) return;
      setImmediate(() => {
        const group = this.#waiting;
        this.#waiting = [];
        this.#db.exec('BEGIN IMMEDIATE');
        for (const item of group) this.#insert(item.head, item.fact, item.id);
        this.#db.exec('COMMIT');
        for (const item of group) item.done();
      });
    });
  }

  appendAlone(head: Head, fact: string, id: Buffer): void {
    this.#db.exec('BEGIN IMMEDIATE');
    this.#insert(head, fact, id);
    this.#db.exec('COMMIT');
  }

  close(): void {
    this.#db.close();
  }

  #insert(head: Head, fact: string, id: Buffer): void {
    this.#fact.run(++this.#position, Date.now(), head.id, ++head.revision, 0, this.#leaf, fact);
    this.#command.run(id, this.#leaf, this.#position, 1);
  }
}

/** Finished rows for the writer, so that none of their making is timed. */
export function commandIds(count: number): Buffer[] {
  const bytes = randomBytes(16 * count);
  return Array.from({ length: count }, (_, i) => bytes.subarray(16 * i, 16 * i + 16));
}
