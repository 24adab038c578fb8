import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** How dear one guess is. */
export interface Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** What Argon2id makes of a password and a salt. */
export type Derive = (password: string, salt: Buffer, cost: Cost) => Promise<Buffer>;

/** The first choice of OWASP's Password Storage Cheat Sheet for Argon2id: 19 MiB, two passes, one lane. */
export const COST: Cost = { memoryKiB: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** libuv has four threads for files and this; half of them stay free for files. */
const AT_ONCE = 2;

/**
 * Hashes passwords (RFC 9106) with salt and cost in the text (`$argon2id$v=19$m=…,t=…,p=…$salt$key`), so that the cost can
 * be raised and what was hashed before still be checked.
 */
export class PasswordHash {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #nobodys: Promise<string>;

  constructor(
    private readonly derive: Derive = argon2id,
    private readonly cost: Cost = COST,
  ) {
    this.#nobodys = Promise.resolve(encoded(randomBytes(SALT_BYTES), randomBytes(KEY_BYTES), cost));
  }

  async of(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return encoded(salt, await this.#derived(password, salt, this.cost), this.cost);
  }

  /** Against nothing it takes the same time, and is wrong: whoever asks does not learn which accounts there are. */
  async matches(password: string, stored: string | undefined): Promise<boolean> {
    const { salt, key, cost } = decoded(stored ?? (await this.#nobodys));
    const derived = await this.#derived(password, salt, cost);
    return timingSafeEqual(derived, key) && stored !== undefined;
  }

  /** Whether it was hashed at another cost than is wanted now. */
  isOutdated(stored: string): boolean {
    return costText(decoded(stored).cost) !== costText(this.cost);
  }

  async #derived(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      // One password in two compositions of the same characters is one password (NIST SP 800-63B, 3.1.1.2).
      return await this.derive(password.normalize('NFKC'), salt, cost);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}

export const argon2id: Derive = (password, salt, { memoryKiB, passes, parallelism }) =>
  new Promise((resolve, reject) => {
    const parameters = { message: password, nonce: salt, memory: memoryKiB, passes, parallelism, tagLength: KEY_BYTES };
    argon2('argon2id', parameters, (error, key) => (error === null ? resolve(key) : reject(error)));
  });

function encoded(salt: Buffer, key: Buffer, cost: Cost): string {
  return `$argon2id$v=19$${costText(cost)}$${base64(salt)}$${base64(key)}`;
}

function decoded(stored: string): { salt: Buffer; key: Buffer; cost: Cost } {
  const [, memory, passes, parallelism, salt = '', key = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored) ?? [];
  if (memory === undefined) throw new Error('a stored password is not in the form that this program writes');
  const cost = { memoryKiB: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64'), cost };
}

function costText({ memoryKiB, passes, parallelism }: Cost): string {
  return `m=${memoryKiB},t=${passes},p=${parallelism}`;
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
