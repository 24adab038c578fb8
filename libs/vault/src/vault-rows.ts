import type { PrivateDatabase, Statement } from '@ledger/private-database';
import { WRAPPED_BYTES } from './sealing.js';

const DIGEST_BYTES = 32;
const BUCKET_BYTES = 2;

export interface KeyRow {
  readonly keyId: string;
  readonly household: string;
  readonly part: string;
  readonly wrapped: Uint8Array;
}

export interface RecordRow {
  readonly keyId: string;
  readonly version: number;
  readonly sealed: Uint8Array;
}

const KEY = 'key_id AS "keyId", household, part, wrapped';

/** The rows of the vault: sealed bytes and digests, nothing that says anything by itself. */
export class VaultRows {
  readonly #sql: Readonly<Record<keyof typeof STATEMENTS, Statement>>;

  constructor(private readonly db: PrivateDatabase) {
    const prepared = Object.entries(STATEMENTS).map(([name, sql]) => [name, db.prepare(sql)] as const);
    this.#sql = Object.fromEntries(prepared) as Record<keyof typeof STATEMENTS, Statement>;
  }

  /** The id of the master key that wraps everything here, and the wrapped key of the digests. */
  master(): { masterId: string; digestKey: Uint8Array } | undefined {
    return this.#sql.master.get() as { masterId: string; digestKey: Uint8Array } | undefined;
  }

  setMaster(masterId: string, digestKey: Uint8Array): void {
    this.#sql.setMaster.run(masterId, digestKey);
  }

  key(keyId: string): KeyRow | undefined {
    return this.#sql.key.get(keyId) as KeyRow | undefined;
  }

  addKey({ keyId, household, part, wrapped }: KeyRow): void {
    this.#sql.addKey.run(keyId, household, part, wrapped);
  }

  /** Every key that was not destroyed; for the rotation of the master key. */
  keys(): KeyRow[] {
    return (this.#sql.keys.all() as unknown as KeyRow[]).filter(isAlive);
  }

  setWrapped(keyId: string, wrapped: Uint8Array): void {
    this.#sql.setWrapped.run(wrapped, keyId);
  }

  record(household: string, part: string): RecordRow | undefined {
    return this.#sql.record.get(household, part) as RecordRow | undefined;
  }

  setRecord(household: string, part: string, { keyId, version, sealed }: RecordRow): void {
    this.#sql.setRecord.run(household, part, keyId, version, sealed);
  }

  /** Takes the digests of a key's people away and puts others in their place. */
  setPeople(keyId: string, digests: readonly Buffer[]): void {
    this.#sql.forgetPeople.run(Buffer.alloc(BUCKET_BYTES), Buffer.alloc(DIGEST_BYTES), keyId);
    for (const digest of digests) this.#sql.addPerson.run(keyId, digest.subarray(0, BUCKET_BYTES), digest);
  }

  /** The households that a person with this digest stands in. The index knows two bytes of it, and no more. */
  householdsOf(digest: Buffer): string[] {
    const rows = this.#sql.people.all(digest.subarray(0, BUCKET_BYTES)) as { household: string; digest: Uint8Array }[];
    return [...new Set(rows.filter((row) => digest.equals(row.digest)).map(({ household }) => household))];
  }

  /** The revision of the household's stream that last changed what is held of a part. */
  reached(household: string, part: string): number {
    return (this.#sql.reached.get(household, part) as { revision: number } | undefined)?.revision ?? -1;
  }

  setReached(household: string, part: string, revision: number): void {
    this.#sql.setReached.run(household, part, revision);
  }

  /** Lets no part be ahead of the log. */
  setReachedBack(reachedInLog: (household: string, part: string) => number): void {
    const all = this.#sql.allReached.all() as { household: string; part: string; revision: number }[];
    for (const { household, part, revision } of all) {
      const known = reachedInLog(household, part);
      if (known < revision) this.setReached(household, part, known);
    }
  }

  /** The position of the log up to which every key that it says was destroyed is on the list, and destroyed here. */
  compared(): number {
    return (this.#sql.compared.get() as { position: number } | undefined)?.position ?? 0;
  }

  setCompared(position: number): void {
    this.#sql.setCompared.run(position);
  }

  recordedKeys(): string[] {
    return (this.#sql.recordedKeys.all() as { keyId: string }[]).map(({ keyId }) => keyId);
  }

  isRecorded(keyId: string): boolean {
    return this.#sql.recorded.get(keyId) !== undefined;
  }

  setRecorded(keyId: string): void {
    this.#sql.setRecorded.run(keyId);
  }

  forgetRecorded(): void {
    this.#sql.forgetRecorded.run();
  }

  /** Writes zeros over a key and all digests that came with it; what it sealed goes too. */
  destroy(keyId: string): void {
    this.db.inTransaction(() => {
      this.setWrapped(keyId, Buffer.alloc(WRAPPED_BYTES));
      this.setPeople(keyId, []);
      this.#sql.dropRecord.run(keyId);
    });
  }
}

export function isAlive({ wrapped }: Pick<KeyRow, 'wrapped'>): boolean {
  return wrapped.some((byte) => byte !== 0);
}

const STATEMENTS = {
  master: 'SELECT master_id AS "masterId", digest_key AS "digestKey" FROM vault',
  setMaster: `INSERT INTO vault (one, master_id, digest_key) VALUES (1, ?, ?)
    ON CONFLICT (one) DO UPDATE SET master_id = excluded.master_id, digest_key = excluded.digest_key`,
  key: `SELECT ${KEY} FROM subject_keys WHERE key_id = ?`,
  keys: `SELECT ${KEY} FROM subject_keys ORDER BY id`,
  addKey: 'INSERT INTO subject_keys (key_id, household, part, wrapped) VALUES (?, ?, ?, ?)',
  setWrapped: 'UPDATE subject_keys SET wrapped = ? WHERE key_id = ?',
  record: 'SELECT key_id AS "keyId", version, sealed FROM records WHERE household = ? AND part = ?',
  setRecord: `INSERT INTO records (household, part, key_id, version, sealed) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (household, part) DO UPDATE
    SET key_id = excluded.key_id, version = excluded.version, sealed = excluded.sealed`,
  dropRecord: 'DELETE FROM records WHERE key_id = ?',
  forgetPeople: 'UPDATE people SET bucket = ?, digest = ? WHERE key_id = ?',
  addPerson: 'INSERT INTO people (key_id, bucket, digest) VALUES (?, ?, ?)',
  people: `SELECT k.household, p.digest FROM people p JOIN subject_keys k ON k.key_id = p.key_id WHERE p.bucket = ?`,
  reached: 'SELECT revision FROM reached WHERE household = ? AND part = ?',
  setReached: `INSERT INTO reached (household, part, revision) VALUES (?, ?, ?)
    ON CONFLICT (household, part) DO UPDATE SET revision = excluded.revision`,
  allReached: 'SELECT household, part, revision FROM reached',
  compared: 'SELECT position FROM compared',
  setCompared: `INSERT INTO compared (one, position) VALUES (1, ?)
    ON CONFLICT (one) DO UPDATE SET position = excluded.position`,
  recordedKeys: 'SELECT key_id AS "keyId" FROM recorded',
  recorded: 'SELECT 1 AS one FROM recorded WHERE key_id = ?',
  setRecorded: 'INSERT INTO recorded (key_id) VALUES (?) ON CONFLICT DO NOTHING',
  forgetRecorded: 'DELETE FROM recorded',
} as const;
