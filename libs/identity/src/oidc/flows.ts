import { FLOW, hashOf, newSecret } from '../secrets.js';

/** What must be known again when somebody comes back from the identity provider. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

const HOLDS_MS = 10 * 60_000;
/** Whoever begins more log-ins than that in ten minutes pushes out the oldest. */
const MOST = 10_000;

/** Log-ins that have begun, in memory: each counts once, for ten minutes; after a restart one begins again. */
export class Flows {
  readonly #begun = new Map<string, Flow & { readonly untilMs: number }>();

  constructor(private readonly now: () => number) {}

  /** The secret that its beginner alone has. */
  begin(flow: Flow): string {
    const secret = newSecret(FLOW);
    for (const [key, { untilMs }] of this.#begun) {
      if (untilMs > this.now() && this.#begun.size < MOST) break;
      this.#begun.delete(key);
    }
    this.#begun.set(keyOf(secret), { ...flow, untilMs: this.now() + HOLDS_MS });
    return secret;
  }

  /** Gives it out once, and never again. */
  take(secret: string): Flow | undefined {
    const key = keyOf(secret);
    const flow = this.#begun.get(key);
    this.#begun.delete(key);
    return flow !== undefined && this.now() < flow.untilMs ? flow : undefined;
  }
}

function keyOf(secret: string): string {
  return hashOf(secret).toString('hex');
}
