import type { PrivateDatabase } from '@ledger/private-database';
import type { WriteBehind } from './write-behind.js';

/** What happened; what names no account or address in it is nobody's secret and nobody's personal data. */
export type AccessEvent =
  | 'denied'
  | 'not-found'
  | 'logged-in'
  | 'login-failed'
  | 'locked'
  | 'logged-out'
  | 'session-revoked'
  | 'token-made'
  | 'token-revoked'
  | 'password-changed'
  | 'password-reset'
  | 'account-made'
  | 'account-linked'
  | 'account-unlinked'
  | 'account-disabled'
  | 'account-enabled';

export interface Access {
  /** Who asked, where that is known. */
  readonly account: string | null;
  readonly address: string;
  readonly operation: string;
  readonly what: AccessEvent;
  /**
   * Whose account, session or household it is about, where that is somebody else's, or what a denied request named: an id,
   * never a name.
   */
  readonly about?: string;
  /** Of the refusal. */
  readonly code?: string;
}

export interface RecordedAccess {
  readonly number: number;
  readonly atMs: number;
  readonly account: string | null;
  readonly address: string;
  readonly operation: string;
  readonly what: string;
  readonly about: string | null;
  readonly code: string | null;
  /** How often it happened within that minute. */
  readonly count: number;
}

/** Which rows are read; all where neither is given. */
export interface AccessWanted {
  readonly account?: string | undefined;
  readonly about?: string | undefined;
}

const MINUTE_MS = 60_000;
/** More different refusals in one minute are counted together by their code, so that a flood cannot fill the disk. */
const MOST_IN_A_MINUTE = 1_000;
const MANY = '*';

interface Row {
  readonly access: Access;
  readonly atMs: number;
  /** Its number in the file, once it is there. */
  number: number | undefined;
  unwritten: number;
}

/**
 * Who was let in, who was not, and what was done to accounts. Equal events of one minute are one row with a count. Nothing
 * waits for it: it is in the file a second later, and before the program stops.
 */
export class AccessRecord {
  #minute = 0;
  #rows = new Map<string, Row>();
  readonly #insert;
  readonly #grow;

  constructor(
    private readonly db: PrivateDatabase,
    private readonly behind: WriteBehind,
    private readonly now: () => number,
  ) {
    this.#insert = db.prepare(`
      INSERT INTO access_record (at, account, address, operation, what, about, code, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING number
    `);
    this.#grow = db.prepare('UPDATE access_record SET count = count + ? WHERE number = ?');
    behind.add(() => this.#write());
  }

  add(access: Access): void {
    const atMs = this.now();
    const minute = Math.floor(atMs / MINUTE_MS);
    if (minute !== this.#minute) this.#turn(minute);
    const row = this.#rowOf(access, atMs);
    row.unwritten++;
    this.behind.soon();
  }

  /** The newest first, before the given number, what is not in the file yet included. */
  before(number: number, limit: number, { account, about }: AccessWanted = {}): RecordedAccess[] {
    this.behind.flush();
    // Only the conditions that are asked for, so that each is a seek in an index of its own.
    const wanted = [
      ...(account === undefined ? [] : [{ is: 'account = ?', value: account }]),
      ...(about === undefined ? [] : [{ is: 'about = ?', value: about }]),
    ];
    const page = this.db.prepare(`
      SELECT number, at AS "atMs", account, address, operation, what, about, code, count FROM access_record
      WHERE ${['number < ?', ...wanted.map(({ is }) => is)].join(' AND ')} ORDER BY number DESC LIMIT ?
    `);
    return page.all(number, ...wanted.map(({ value }) => value), limit) as unknown as RecordedAccess[];
  }

  #rowOf(access: Access, atMs: number): Row {
    const key = keyOf(access);
    const found = this.#rows.get(key);
    if (found !== undefined) return found;
    if (this.#rows.size >= MOST_IN_A_MINUTE && access.code !== undefined && access.operation !== MANY) {
      const { what, code } = access;
      return this.#rowOf({ account: null, address: MANY, operation: MANY, what, code }, atMs);
    }
    const row: Row = { access, atMs, number: undefined, unwritten: 0 };
    this.#rows.set(key, row);
    return row;
  }

  /** Rows of the minute before are kept only while they are not written. */
  #turn(minute: number): void {
    this.#minute = minute;
    const unwritten = [...this.#rows.values()].filter((row) => row.unwritten > 0);
    this.#rows = new Map(unwritten.map((row, i) => [`before ${i}`, row]));
  }

  #write(): { done(): void } {
    const written = [...this.#rows.values()].flatMap((row) => (row.unwritten === 0 ? [] : [this.#save(row)]));
    return { done: () => written.forEach((commit) => commit()) };
  }

  /** What it changes in memory counts only after the commit. */
  #save(row: Row): () => void {
    const { access, atMs, number, unwritten } = row;
    const { account, address, operation, what, about = null, code = null } = access;
    if (number === undefined) {
      const written = this.#insert.get(atMs, account, address, operation, what, about, code, unwritten);
      return () => Object.assign(row, { ...(written as { number: number }), unwritten: row.unwritten - unwritten });
    }
    this.#grow.run(unwritten, number);
    return () => Object.assign(row, { unwritten: row.unwritten - unwritten });
  }
}

function keyOf({ account, address, operation, what, about, code }: Access): string {
  return JSON.stringify([account, address, operation, what, about, code]);
}
