import { networkOf } from '../network.js';
import { FLOW, hashOf, newSecret } from '../secrets.js';

/** What must be known again when somebody comes back from the identity provider. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export const HOLDS_MS = 10 * 60_000;
/** More log-ins than that in ten minutes push out the oldest. */
export const MOST = 10_000;
/** From one network, where people of an office begin them: more push out the oldest of their own. */
export const MOST_OF_NETWORK = 100;

interface Begun extends Flow {
  readonly network: string;
  readonly untilMs: number;
}

/** Log-ins that have begun: each counts once, for ten minutes. */
export interface BegunFlows {
  /** Gives the secret that its beginner alone has. */
  begin(flow: Flow, address: string): string;
  /** Gives it out once, and never again. */
  take(secret: string): Flow | undefined;
}

/** In memory: after a restart one begins again. */
export class Flows implements BegunFlows {
  readonly #begun = new Map<string, Begun>();
  /** Their keys, oldest first, so that nobody who begins many pushes out those of others. */
  readonly #ofNetwork = new Map<string, Set<string>>();

  constructor(private readonly now: () => number) {}

  begin(flow: Flow, address: string): string {
    const secret = newSecret(FLOW);
    const network = networkOf(address);
    const [oldest] = this.#keysOf(network);
    if (oldest !== undefined && this.#keysOf(network).size >= MOST_OF_NETWORK) this.#end(oldest);
    for (const [key, { untilMs }] of this.#begun) {
      if (untilMs > this.now() && this.#begun.size < MOST) break;
      this.#end(key);
    }
    this.#begun.set(keyOf(secret), { ...flow, network, untilMs: this.now() + HOLDS_MS });
    this.#ofNetwork.set(network, this.#keysOf(network).add(keyOf(secret)));
    return secret;
  }

  take(secret: string): Flow | undefined {
    const key = keyOf(secret);
    const flow = this.#begun.get(key);
    this.#end(key);
    return flow !== undefined && this.now() < flow.untilMs ? flow : undefined;
  }

  #end(key: string): void {
    const { network = '' } = this.#begun.get(key) ?? {};
    this.#begun.delete(key);
    const keys = this.#keysOf(network);
    keys.delete(key);
    if (keys.size === 0) this.#ofNetwork.delete(network);
  }

  #keysOf(network: string): Set<string> {
    return this.#ofNetwork.get(network) ?? new Set();
  }
}

function keyOf(secret: string): string {
  return hashOf(secret).toString('hex');
}
