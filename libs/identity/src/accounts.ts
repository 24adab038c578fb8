import type { PrivateDatabase } from '@ledger/private-database';
import { Refusal } from '@ledger/domain';

/** The name under which the ledger itself acts. */
export const LEDGER_ITSELF = 'ledger';

export interface Account {
  readonly id: string;
  readonly disabled: boolean;
  /** Nothing but a change of the password is allowed until it is changed. */
  readonly mustChangePassword: boolean;
  /** What the identity provider calls its owner. */
  readonly oidc?: OidcSubject;
  readonly createdAtMs: number;
  readonly createdBy: string;
  /** Argon2id of the password; undefined when there is none, or a one-time one that was not used in time. */
  readonly password?: string;
}

/** Whom an identity provider knows: its address, and its lasting name for somebody. */
export interface OidcSubject {
  readonly issuer: string;
  readonly subject: string;
}

/** Whether its owner can log in from now on: by a password of his own, or by the identity provider at that address. */
export function canLogIn({ disabled, password, mustChangePassword, oidc }: Account, issuer?: string): boolean {
  if (disabled) return false;
  // A one-time password runs out.
  return (password !== undefined && !mustChangePassword) || (oidc !== undefined && oidc.issuer === issuer);
}

/**
 * Under these facts are recorded that nobody asked for, or that the holder of the one token did. An account of that name
 * would pass for them, also in their idempotency keys.
 */
const RESERVED: ReadonlySet<string> = new Set([LEDGER_ITSELF, 'operator', 'demo']);

/** Those of people and of programs; what they may do follows from their grants, which are facts. */
export class Accounts {
  readonly #find;
  readonly #ofSubject;
  readonly #list;
  readonly #insert;
  readonly #setPassword;
  readonly #setDisabled;
  readonly #setSubject;

  constructor(
    db: PrivateDatabase,
    private readonly now: () => number,
  ) {
    this.#find = db.prepare('SELECT * FROM accounts WHERE id = ?');
    this.#ofSubject = db.prepare('SELECT * FROM accounts WHERE issuer = ? AND subject = ?');
    this.#list = db.prepare('SELECT * FROM accounts WHERE id > ? ORDER BY id LIMIT ?');
    this.#insert = db.prepare('INSERT INTO accounts VALUES (?, ?, ?, 0, NULL, 0, NULL, ?, ?)');
    this.#setPassword = db.prepare(
      'UPDATE accounts SET password = ?, must_change = ?, password_until = ? WHERE id = ?',
    );
    this.#setDisabled = db.prepare('UPDATE accounts SET disabled = ? WHERE id = ?');
    this.#setSubject = db.prepare('UPDATE accounts SET issuer = ?, subject = ? WHERE id = ?');
  }

  find(id: string): Account | undefined {
    return this.#from(this.#find.get(id) as Row | undefined);
  }

  ofSubject({ issuer, subject }: OidcSubject): Account | undefined {
    return this.#from(this.#ofSubject.get(issuer, subject) as Row | undefined);
  }

  /** Those behind an id, in the order of ids. */
  after(id: string, limit: number): Account[] {
    return (this.#list.all(id, limit) as unknown as Row[]).map((row) => this.#made(row));
  }

  /** Without a password; one that is disabled keeps its id for ever, because facts name it. */
  add(id: string, createdBy: string, oidc?: OidcSubject): void {
    this.refuseTaken(id, oidc);
    this.#insert.run(id, this.now(), createdBy, oidc?.issuer ?? null, oidc?.subject ?? null);
  }

  refuseTaken(id: string, oidc?: OidcSubject): void {
    if (RESERVED.has(id)) throw new Refusal('STAFF_ACCOUNT_RESERVED', { account: id }, 'id');
    if (this.find(id) !== undefined) throw new Refusal('STAFF_ACCOUNT_DUPLICATE', { account: id }, 'id');
    this.#refuseTakenSubject(id, oidc);
  }

  known(id: string): Account {
    const account = this.find(id);
    if (account === undefined) throw new Refusal('STAFF_ACCOUNT_UNKNOWN', { account: id }, 'id');
    return account;
  }

  setPassword(id: string, hash: string, oneTime?: { untilMs: number }): void {
    this.#setPassword.run(hash, oneTime === undefined ? 0 : 1, oneTime?.untilMs ?? null, id);
  }

  setDisabled(id: string, disabled: boolean): void {
    this.#setDisabled.run(disabled ? 1 : 0, id);
  }

  /** For whom the identity provider has to vouch; nobody when it is left out. */
  setSubject(id: string, oidc?: OidcSubject): void {
    this.#refuseTakenSubject(id, oidc);
    this.#setSubject.run(oidc?.issuer ?? null, oidc?.subject ?? null, id);
  }

  #refuseTakenSubject(id: string, oidc: OidcSubject | undefined): void {
    const taken = oidc && this.ofSubject(oidc);
    if (taken === undefined || taken.id === id) return;
    throw new Refusal('OIDC_SUBJECT_TAKEN', { account: taken.id }, 'oidcSubject');
  }

  #from(row: Row | undefined): Account | undefined {
    return row === undefined ? undefined : this.#made(row);
  }

  #made(row: Row): Account {
    const { id, created_at, created_by, disabled, password, must_change, password_until, issuer, subject } = row;
    const holds = password !== null && (password_until === null || this.now() < password_until);
    return {
      id,
      disabled: disabled === 1,
      mustChangePassword: must_change === 1,
      createdAtMs: created_at,
      createdBy: created_by,
      ...(holds && { password }),
      ...(issuer !== null && subject !== null && { oidc: { issuer, subject } }),
    };
  }
}

interface Row {
  readonly id: string;
  readonly created_at: number;
  readonly created_by: string;
  readonly disabled: number;
  readonly password: string | null;
  readonly must_change: number;
  readonly password_until: number | null;
  readonly issuer: string | null;
  readonly subject: string | null;
}
