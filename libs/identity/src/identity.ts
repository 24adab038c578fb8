import { type LocalDate, Refusal } from '@ledger/domain';
import type { PrivateDatabase } from '@ledger/private-database';
import type { AccessRecord } from './access-record.js';
import type { Account, Accounts, OidcSubject } from './accounts.js';
import type { ApiToken, ApiTokens } from './api-tokens.js';
import type { Credential } from './credential.js';
import type { BegunFlows } from './oidc/flows.js';
import type { Asked, Passwords } from './passwords.js';
import { API_TOKEN, SESSION } from './secrets.js';
import type { OpenedSession, Session, Sessions } from './sessions.js';

/** Who asks for something to be done to an account, and from where. */
export interface AskedBy extends Asked {
  readonly account: string;
}

export interface OpenedFor extends OpenedSession {
  readonly mustChangePassword: boolean;
}

/** Accounts, their passwords, sessions and tokens, and the record of what happened to them. */
export class Identity {
  constructor(
    private readonly db: PrivateDatabase,
    readonly accounts: Pick<Accounts, 'find' | 'after'>,
    readonly record: Pick<AccessRecord, 'add' | 'before'>,
    private readonly parts: {
      readonly accounts: Accounts;
      readonly passwords: Passwords;
      readonly sessions: Sessions;
      readonly tokens: ApiTokens;
      readonly flows: BegunFlows | undefined;
      close(): void;
    },
  ) {}

  /** Some microseconds: every request asks. Undefined also while the account is disabled. */
  credentialOf(token: string): Credential | undefined {
    const { sessions, tokens } = this.parts;
    if (token.startsWith(SESSION)) return sessions.of(token);
    return token.startsWith(API_TOKEN) ? tokens.of(token) : undefined;
  }

  async logIn(id: string, password: string, asked: Asked): Promise<OpenedFor> {
    const { passwords } = this.parts;
    const verified = await passwords.verified(id, password, asked);
    // Another process may have given it another password since, or disabled it.
    return this.#opened(() => passwords.unchanged(verified, 'LOGIN_FAILED'), 'password', asked);
  }

  /** For whom an identity provider has vouched; the account must be entered for that subject. */
  logInAs(subject: OidcSubject, asked: Asked): OpenedFor {
    return this.#opened(() => this.#entered(subject, asked), 'oidc', asked);
  }

  /** Ends every session of the account, the asking one too, and its API tokens, and gives a new session. */
  async changePassword(password: string, chosen: string, by: AskedBy): Promise<OpenedFor> {
    const { passwords } = this.parts;
    const account = await passwords.verifiedOwn(by.account, password, by);
    const hash = await passwords.chosenHash(account, password, chosen);
    const opened = this.db.inTransaction(() => {
      passwords.replace(account, hash);
      this.#endAll(account.id);
      return this.parts.sessions.open(account.id, 'password');
    });
    this.#did(by, 'password-changed');
    this.#loggedIn(account, by);
    return { ...opened, mustChangePassword: false };
  }

  /** With a one-time password, unless an identity provider vouches for its owner. */
  async addAccount(
    id: string,
    by: AskedBy,
    oidc?: OidcSubject,
  ): Promise<{ account: Account; oneTimePassword?: string }> {
    const { accounts, passwords } = this.parts;
    accounts.refuseTaken(id, oidc);
    const once = oidc === undefined ? await passwords.newOneTime() : undefined;
    // One without a password, left behind by a process that ended, would let nobody in and keep its id from others.
    this.db.inTransaction(() => {
      accounts.add(id, by.account, oidc);
      if (once !== undefined) passwords.setOneTime(id, once);
    });
    this.#did(by, 'account-made', id);
    return { account: accounts.known(id), ...(once !== undefined && { oneTimePassword: once.password }) };
  }

  /** Ends its sessions and tokens: who asks for it does not know who else has them. */
  async resetPassword(id: string, by: AskedBy): Promise<string> {
    const { accounts, passwords } = this.parts;
    accounts.known(id);
    refuseOwn(id, by);
    const once = await passwords.newOneTime();
    this.db.inTransaction(() => {
      passwords.setOneTime(id, once);
      this.#endAll(id);
    });
    this.#did(by, 'password-reset', id);
    return once.password;
  }

  /**
   * Lets the owner log in at the identity provider too, as that subject, or no longer when there is none; a password stays
   * as it is. Ends sessions and tokens: they may be of whoever the subject was before.
   */
  link(id: string, oidc: OidcSubject | undefined, by: AskedBy): Account {
    const { accounts } = this.parts;
    accounts.known(id);
    refuseOwn(id, by);
    this.db.inTransaction(() => {
      accounts.setSubject(id, oidc);
      this.#endAll(id);
    });
    this.#did(by, oidc === undefined ? 'account-unlinked' : 'account-linked', id);
    return accounts.known(id);
  }

  disable(id: string, by: AskedBy): Account {
    const { accounts } = this.parts;
    accounts.known(id);
    refuseOwn(id, by);
    this.db.inTransaction(() => {
      accounts.setDisabled(id, true);
      this.#endAll(id);
    });
    this.#did(by, 'account-disabled', id);
    return accounts.known(id);
  }

  enable(id: string, by: AskedBy): Account {
    const { accounts } = this.parts;
    accounts.known(id);
    accounts.setDisabled(id, false);
    this.#did(by, 'account-enabled', id);
    return accounts.known(id);
  }

  sessions(account?: string): Session[] {
    return this.parts.sessions.list(account);
  }

  /** `of` is whose sessions alone may be ended; all when left out. */
  endSession(id: string, by: AskedBy, of?: string): void {
    const owner = this.parts.sessions.end(id, of);
    if (owner === undefined) throw new Refusal('SESSION_UNKNOWN', { session: id }, 'id');
    this.#did(by, 'session-revoked', owner);
  }

  logOut(id: string, by: AskedBy): void {
    this.parts.sessions.end(id);
    this.#did(by, 'logged-out');
  }

  tokens(account?: string): ApiToken[] {
    return this.parts.tokens.list(account);
  }

  makeToken(asked: { name: string; to: LocalDate }, by: AskedBy): { token: string; apiToken: ApiToken } {
    const made = this.parts.tokens.make(by.account, asked);
    this.#did(by, 'token-made');
    return made;
  }

  revokeToken(id: string, by: AskedBy, of?: string): void {
    const owner = this.parts.tokens.revoke(id, of);
    if (owner === undefined) throw new Refusal('API_TOKEN_UNKNOWN', { token: id }, 'id');
    this.#did(by, 'token-revoked', owner);
  }

  /** Log-ins at an identity provider that have begun, where several processes share them. */
  get flows(): BegunFlows | undefined {
    return this.parts.flows;
  }

  /**
   * One at a time for each `what`, in every process that shares these accounts; within this process the caller sees to it.
   * `stillAlone` throws where that has ended early.
   */
  alone<T>(what: string, work: (stillAlone: () => void) => Promise<T>): Promise<T> {
    return this.db.alone(what, work);
  }

  /** Writes what the record still has to say. */
  close(): void {
    this.parts.close();
  }

  /** Looking and opening are one: no session is opened for an account that another process has just closed. */
  #opened(lookUp: () => Account, via: Session['via'], asked: Asked): OpenedFor {
    const { account, opened } = this.db.inTransaction(() => {
      const found = lookUp();
      return { account: found, opened: this.parts.sessions.open(found.id, via) };
    });
    this.#loggedIn(account, asked);
    return { ...opened, mustChangePassword: via === 'password' && account.mustChangePassword };
  }

  #entered(subject: OidcSubject, asked: Asked): Account {
    const account = this.parts.accounts.ofSubject(subject);
    if (account !== undefined && !account.disabled) return account;
    const code = account === undefined ? 'OIDC_SUBJECT_UNKNOWN' : 'OIDC_LOGIN_FAILED';
    this.record.add({ account: account?.id ?? null, ...asked, what: 'login-failed', code });
    throw account === undefined
      ? new Refusal('OIDC_SUBJECT_UNKNOWN', { subject: subject.subject })
      : new Refusal('OIDC_LOGIN_FAILED', {});
  }

  #loggedIn({ id }: Account, { address, operation }: Asked): void {
    this.record.add({ account: id, address, operation, what: 'logged-in' });
  }

  #endAll(id: string): void {
    this.parts.sessions.endOf(id);
    this.parts.tokens.revokeOf(id);
  }

  #did(
    { account, address, operation }: AskedBy,
    what: Parameters<AccessRecord['add']>[0]['what'],
    about?: string,
  ): void {
    this.record.add({
      account,
      address,
      operation,
      what,
      ...(about === undefined || about === account ? {} : { about }),
    });
  }
}

/** Whoever could lock himself out could leave the ledger without anybody who lets people in. */
function refuseOwn(id: string, by: AskedBy): void {
  if (id === by.account) throw new Refusal('OWN_ACCOUNT', { account: id }, 'id');
}
