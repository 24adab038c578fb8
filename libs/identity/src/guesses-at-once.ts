import { Refusal } from '@ledger/domain';
import { networkOf } from './network.js';

/** The people of an office share one address; more of them in the same second try again in the next. */
const MOST_OF_ADDRESS = 4;
/** Two are hashed at a time, so that the last of them waits some seconds. */
const MOST = 64;

/** Passwords that wait for their hash: so few that nobody, by sending many, makes all the others wait. */
export class GuessesAtOnce {
  #count = 0;
  readonly #ofAddress = new Map<string, number>();

  /** Refuses before anything is counted or hashed. */
  async run<T>(address: string, work: () => Promise<T>): Promise<T> {
    const network = networkOf(address);
    const ofAddress = this.#ofAddress.get(network) ?? 0;
    if (ofAddress >= MOST_OF_ADDRESS) throw new Refusal('TOO_MANY_AT_ONCE', { limit: MOST_OF_ADDRESS, waitSeconds: 1 });
    if (this.#count >= MOST) throw new Refusal('TOO_MANY_AT_ONCE', { limit: MOST, waitSeconds: 1 });
    this.#count++;
    this.#ofAddress.set(network, ofAddress + 1);
    try {
      return await work();
    } finally {
      this.#end(network);
    }
  }

  #end(network: string): void {
    this.#count--;
    const left = (this.#ofAddress.get(network) ?? 1) - 1;
    if (left === 0) this.#ofAddress.delete(network);
    else this.#ofAddress.set(network, left);
  }
}
