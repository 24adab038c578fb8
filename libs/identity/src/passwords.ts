import { Refusal } from '@ledger/domain';
import type { AccessRecord } from './access-record.js';
import type { Account, Accounts } from './accounts.js';
import { GuessesAtOnce } from './guesses-at-once.js';
import type { Lockout } from './lockout.js';
import type { PasswordHash } from './password-hash.js';
import { oneTimePassword, passwordNotAllowed, refusePassword } from './password-rules.js';

/** From where a request came, and what it asked for: what the record of access says of it. */
export interface Asked {
  readonly address: string;
  readonly operation: string;
}

interface OneTime {
  readonly password: string;
  readonly hash: string;
}

type Wrong = 'LOGIN_FAILED' | 'PASSWORD_WRONG';

const DAY_MS = 24 * 60 * 60_000;
/** A one-time password that nobody has used by then opens nothing any more. */
const ONE_TIME_HOLDS_MS = 7 * DAY_MS;

/** Checks and sets passwords, and counts who guesses. */
export class Passwords {
  readonly #atOnce = new GuessesAtOnce();

  constructor(
    private readonly accounts: Accounts,
    private readonly lockout: Lockout,
    private readonly hash: PasswordHash,
    private readonly record: AccessRecord,
    private readonly now: () => number,
  ) {}

  /**
   * The account whose password this is. An account that is not there, is disabled or has no password costs the same time
   * and says the same as a wrong password.
   */
  async verified(id: string, password: string, asked: Asked): Promise<Account> {
    return this.#atOnce.run(asked.address, () => this.#verified(id, password, asked, 'LOGIN_FAILED'));
  }

  /** The same for somebody whose session says already who he is: he is told that it is the password which is wrong. */
  async verifiedOwn(id: string, password: string, asked: Asked): Promise<Account> {
    return this.#atOnce.run(asked.address, () => this.#verified(id, password, asked, 'PASSWORD_WRONG'));
  }

  async #verified(id: string, password: string, asked: Asked, code: Wrong): Promise<Account> {
    const { waitMs } = this.#attempt(id, asked);
    const before = this.accounts.find(id);
    const isRight = await this.hash.matches(password, before?.password);
    // Hashing takes a while, in which the account may have been disabled or its password reset.
    const account = this.accounts.find(id);
    if (!isRight || account === undefined || account.disabled || account.password !== before?.password) {
      this.#failed(account, asked, { code, waitMs });
      throw wrong(code);
    }
    this.lockout.succeeded(id, asked.address, this.now());
    await this.#renew(account, password);
    return this.accounts.known(id);
  }

  /** What is to be kept of a password that its owner has chosen in place of one that was just verified. */
  async chosenHash(account: Account, password: string, chosen: string): Promise<string> {
    refusePassword(chosen, account.id);
    if (chosen.normalize('NFKC') === password.normalize('NFKC')) throw passwordNotAllowed('unchanged');
    return this.hash.of(chosen);
  }

  /** Unless the account has got another password since. */
  replace(account: Account, hash: string): void {
    this.unchanged(account, 'PASSWORD_WRONG');
    this.accounts.setPassword(account.id, hash);
  }

  /** The account as it is now; refused where it has got another password since it was verified, or is disabled. */
  unchanged({ id, password }: Account, code: Wrong): Account {
    const now = this.accounts.find(id);
    if (now === undefined || now.disabled || now.password !== password) throw wrong(code);
    return now;
  }

  async newOneTime(): Promise<OneTime> {
    const password = oneTimePassword();
    return { password, hash: await this.hash.of(password) };
  }

  /** Gives an account a password that has to be changed at once, and forgets how often somebody guessed. */
  setOneTime(id: string, { hash }: OneTime): void {
    this.accounts.setPassword(id, hash, { untilMs: this.now() + ONE_TIME_HOLDS_MS });
    this.lockout.beginAnew(id);
  }

  #attempt(id: string, asked: Asked): { waitMs: number } {
    try {
      return this.lockout.attempt(id, asked.address, this.now());
    } catch (error) {
      const account = this.accounts.find(id)?.id ?? null;
      this.record.add({ account, ...asked, what: 'login-failed', code: 'LOGIN_LOCKED' });
      throw error;
    }
  }

  /** A name that is no account's is not recorded: somebody may have typed a password where the name belongs. */
  #failed(account: Account | undefined, asked: Asked, { code, waitMs }: { code: Wrong; waitMs: number }): void {
    const who = { account: account?.id ?? null, ...asked };
    this.record.add({ ...who, what: 'login-failed', code });
    if (waitMs > 0) this.record.add({ ...who, what: 'locked', code: 'LOGIN_LOCKED' });
  }

  /** What was hashed at a lower cost is hashed anew when its owner brings it. */
  async #renew(account: Account, password: string): Promise<void> {
    if (account.password === undefined || account.mustChangePassword || !this.hash.isOutdated(account.password)) return;
    const hash = await this.hash.of(password);
    if (this.accounts.find(account.id)?.password === account.password) this.accounts.setPassword(account.id, hash);
  }
}

function wrong(code: Wrong): Refusal {
  return code === 'PASSWORD_WRONG' ? new Refusal(code, {}, 'password') : new Refusal(code, {});
}
