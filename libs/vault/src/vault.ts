import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from '@ledger/domain';
import type { PrivateDatabase, StorePlace } from '@ledger/private-database';
import { type DestroyedKey, DestroyedKeys } from './destroyed-keys.js';
import { keyNotGiven, listOfShared } from './given-to-shared.js';
import type { KeysInLog } from './keys-in-log.js';
import { makeMasterKey, type MasterKey, masterKeyIn } from './master-key.js';
import { leaveNoTrace, leaveNoTraceMeanwhile, openVaultStore, VAULT_FILE } from './schema.js';
import { keyedDigest, KEY_BYTES, seal, unseal } from './sealing.js';
import { isAlive, VaultRows } from './vault-rows.js';

/** What is held of one part of a household: any JSON object. */
export type SubjectDocument = Readonly<Record<string, unknown>>;

export interface Held {
  readonly household: string;
  readonly part: string;
  readonly keyId: string;
  readonly document: SubjectDocument;
  /** Those whose duplicates are looked for. */
  readonly residentIds: readonly string[];
  /** The revision of the fact that says that it is held. */
  readonly revision: number;
}

export interface VaultOptions {
  /** Where it does not come from the data directory; on a server it never does. */
  readonly masterKey?: MasterKey | undefined;
  /**
   * The list of destroyed keys; beside the data directory, where no copy of that takes it along. On a server it must be named,
   * and be one and the same file for every process.
   */
  readonly destroyedKeys?: string | undefined;
}

/** Where the list of destroyed keys lies: beside the data directory, so that no copy of one has the other, if no setting says. */
export function destroyedKeysOf(directory: string, setting?: string): string {
  return resolve(setting ?? `${directory}.destroyed-keys`);
}

/**
 * The people behind the pseudonyms. Each part of a household is sealed under a key of its own, which the master key wraps;
 * destroying that key is what erases. Keys on the list of destroyed ones are destroyed again before anything is read, so
 * that no older copy brings them back. Nothing is made on disk before there is something to hold.
 */
export class Vault {
  readonly #destroyed: DestroyedKeys;
  #store: { db: PrivateDatabase; rows: VaultRows } | undefined;
  #opened: { id: string; master: Buffer; digestKey: Buffer } | undefined;

  constructor(
    private readonly place: StorePlace,
    private readonly options: VaultOptions = {},
  ) {
    if (typeof place === 'string') {
      this.#destroyed = new DestroyedKeys(destroyedKeysOf(place, options.destroyedKeys));
      const listed = this.#destroyed.all();
      if (listed.length > 0 || existsSync(join(place, VAULT_FILE))) this.#apply(listed);
    } else {
      const list = listOfShared(options);
      this.#destroyed = this.#writable().db.inTransaction(() => new DestroyedKeys(list));
      this.#apply(this.#destroyed.all());
    }
  }

  /** Why nothing can be read or entered; undefined while all is well. */
  sealed(): 'keyMissing' | 'keyWrong' | undefined {
    const inUse = this.#rows?.master()?.masterId;
    const master = this.#master(inUse);
    if (inUse === undefined) return undefined;
    if (master === undefined) return 'keyMissing';
    return master.id === inUse ? undefined : 'keyWrong';
  }

  /** Holds a document in the place of what was held before; returns when it does, and throws where it cannot. */
  put({ household, part, keyId, document, residentIds, revision }: Held): void {
    this.#unlocked();
    const { db, rows } = this.#writable();
    db.inTransaction(() => {
      // Once more: nothing is held under a master key that another process has just replaced.
      const { master, digestKey } = this.#unlocked();
      if (this.isDestroyed(keyId)) throw new Error(`key ${keyId} of ${household} was destroyed: nothing can be held`);
      const key = subjectKey(rows, master, { household, part, keyId });
      const version = (rows.record(household, part)?.version ?? 0) + 1;
      const sealed = seal(key, Buffer.from(JSON.stringify(document)), [household, part, keyId, version]);
      rows.setRecord(household, part, { keyId, version, sealed });
      rows.setPeople(
        keyId,
        residentIds.map((id) => keyedDigest(digestKey, `residentId\n${id}`)),
      );
      rows.setReached(household, part, revision);
    });
  }

  /** Whether something as new has been held or erased: what a retry brings is then in the past. */
  hasReached(household: string, part: string, revision: number): boolean {
    return (this.#rows?.reached(household, part) ?? -1) >= revision;
  }

  /** Whether nothing can be held under a key any more. */
  isDestroyed(keyId: string): boolean {
    const row = this.#rows?.key(keyId);
    return this.#destroyed.has(keyId) || (row !== undefined && !isAlive(row));
  }

  /** What the list says of a key. */
  destroyedKey(keyId: string): DestroyedKey | undefined {
    return this.#destroyed.get(keyId);
  }

  /** What is held under the key that the log names; what lies there under another is not of this ledger's history. */
  read(household: string, part: string, keyId: string): SubjectDocument | undefined {
    const record = this.#rows?.record(household, part);
    if (record === undefined || record.keyId !== keyId) return undefined;
    // On the list first: the rows may be there yet where the database was lost meanwhile.
    if (this.#destroyed.has(keyId)) return undefined;
    const { master } = this.#unlocked();
    const row = this.#rows?.key(record.keyId);
    if (row === undefined || !isAlive(row)) return undefined;
    const key = unseal(master, row.wrapped, placeOfKey(row));
    const place = [household, part, record.keyId, record.version];
    return JSON.parse(unseal(key, record.sealed, place).toString()) as SubjectDocument;
  }

  /** The households in which a resident identity number stands. */
  householdsOf(residentId: string): string[] {
    const { digestKey } = this.#unlocked();
    return this.#writable().rows.householdsOf(keyedDigest(digestKey, `residentId\n${residentId}`));
  }

  /** What a request asked for, for telling it from another; nobody without the key can try texts out on it. */
  fingerprint(text: string): string {
    return keyedDigest(this.#unlocked().digestKey, `request\n${text}`).toString('hex');
  }

  /** Destroys keys in every copy: on the list first, which survives what happens next. Works while sealed too. */
  async destroy(...entries: readonly DestroyedKey[]): Promise<void> {
    const { db, rows } = this.#writable();
    db.inTransaction(() => {
      // Whoever writes to the store is alone, and so is whoever adds to the list.
      this.#destroyed.add(entries);
      for (const { keyId } of entries) rows.destroy(keyId);
    });
    await leaveNoTraceMeanwhile(db);
  }

  /** Keys that were destroyed without it being known whether the log says so: of a crash, or of an older copy. */
  unrecorded(): DestroyedKey[] {
    const recorded = new Set(this.#rows?.recordedKeys());
    return this.#destroyed.all().filter(({ keyId }) => !recorded.has(keyId));
  }

  /** The log says that a key was destroyed, at this revision where it knows of the key at all. */
  setRecorded({ keyId, household, part }: DestroyedKey, revision?: number): void {
    const { db, rows } = this.#writable();
    db.inTransaction(() => {
      rows.setRecorded(keyId);
      if (revision !== undefined) rows.setReached(household, part, revision);
    });
  }

  /**
   * From which position on the log may say that a key was destroyed which the list does not name: from the beginning where
   * the list lacks one that was known to be recorded. Undefined where nothing was ever held.
   */
  comparedTo(): number | undefined {
    const rows = this.#rows;
    if (rows === undefined) return undefined;
    return rows.recordedKeys().some((keyId) => !this.#destroyed.has(keyId)) ? 0 : rows.compared();
  }

  /** Destroys again what the log says was destroyed and the list does not name: it was lost, or an older one put there. */
  async destroyUnlisted(said: readonly DestroyedKey[]): Promise<DestroyedKey[]> {
    const unlisted = said.filter(({ keyId }) => !this.#destroyed.has(keyId));
    if (unlisted.length > 0) await this.destroy(...unlisted);
    return unlisted;
  }

  /** Every key that the log says was destroyed, up to a position, is on the list. */
  setCompared(position: number): void {
    this.#rows?.setCompared(position);
  }

  /**
   * In a copy that was made later than its log: what the log does not know was not entered yet. Keys that it does not name
   * are destroyed in this copy, but not listed, for another log names them. Gives their number.
   */
  setBackTo(said: KeysInLog): number {
    const { db, rows } = this.#writable();
    const ahead = rows.keys().filter(({ keyId }) => !said.names(keyId));
    for (const { keyId } of ahead) rows.destroy(keyId);
    db.inTransaction(() => {
      rows.setReachedBack((household, part) => said.reached(household, part));
      rows.forgetRecorded();
    });
    leaveNoTrace(db);
    return ahead.length;
  }

  /** The log may be of before: what it says of each destroyed key is looked at again. */
  forgetRecorded(): void {
    this.#rows?.forgetRecorded();
  }

  /**
   * One at a time for each household, in every process that has the vault open; within this process the caller sees to it.
   * `stillAlone` throws where that has ended early.
   */
  alone<T>(household: string, work: (stillAlone: () => void) => Promise<T>): Promise<T> {
    return this.#store === undefined ? work(() => undefined) : this.#store.db.alone(household, work);
  }

  close(): void {
    this.#store?.db.close();
    this.#store = undefined;
    this.#opened = undefined;
  }

  get #rows(): VaultRows | undefined {
    return this.#store?.rows;
  }

  #apply(listed: readonly DestroyedKey[]): void {
    const { db, rows } = this.#writable();
    const back = listed.filter(({ keyId }) => {
      const row = rows.key(keyId);
      return row !== undefined && isAlive(row);
    });
    for (const { keyId } of back) rows.destroy(keyId);
    // Also what a process that was killed has left there.
    leaveNoTrace(db);
  }

  #writable(): { db: PrivateDatabase; rows: VaultRows } {
    if (this.#store === undefined) {
      const db = openVaultStore(this.place);
      this.#store = { db, rows: new VaultRows(db) };
    }
    return this.#store;
  }

  #master(inUse: string | undefined): MasterKey | undefined {
    const { masterKey } = this.options;
    return masterKey ?? (typeof this.place === 'string' ? masterKeyIn(this.place, inUse) : undefined);
  }

  /**
   * The keys that everything else is under; made where there was nothing to hold yet, never in the place of lost ones. Another
   * process may have wrapped everything anew since: the key in use is looked at each time.
   */
  #unlocked(): { master: Buffer; digestKey: Buffer } {
    if (this.#opened !== undefined && this.#rows?.master()?.masterId === this.#opened.id) return this.#opened;
    const why = this.sealed();
    if (why !== undefined) throw new Refusal('VAULT_SEALED', { why });
    const { db, rows } = this.#writable();
    this.#opened = db.inTransaction(() => {
      // Of two processes that have nothing to hold yet, one makes the key of the digests.
      const known = rows.master();
      const { key: master, id } = this.#master(known?.masterId) ?? this.#madeMaster();
      if (known !== undefined) return { id, master, digestKey: unseal(master, known.digestKey, DIGEST_KEY) };
      const digestKey = randomBytes(KEY_BYTES);
      rows.setMaster(id, seal(master, digestKey, DIGEST_KEY));
      return { id, master, digestKey };
    });
    return this.#opened;
  }

  #madeMaster(): MasterKey {
    if (typeof this.place !== 'string') throw keyNotGiven();
    return makeMasterKey(this.place);
  }
}

export const DIGEST_KEY = ['digestKey'];

export function placeOfKey({ household, part, keyId }: { household: string; part: string; keyId: string }): string[] {
  return [household, part, keyId, 'key'];
}

/** The key of a part, made with its first document. */
function subjectKey(
  rows: VaultRows,
  master: Buffer,
  of: { readonly household: string; readonly part: string; readonly keyId: string },
): Buffer {
  const known = rows.key(of.keyId);
  if (known !== undefined) return unseal(master, known.wrapped, placeOfKey(of));
  const key = randomBytes(KEY_BYTES);
  rows.addKey({ ...of, wrapped: seal(master, key, placeOfKey(of)) });
  return key;
}
