import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import type { PrivateDatabase, Statement } from '@ledger/private-database';
import { networkOf } from '../network.js';
import { FLOW, hashOf, newSecret } from '../secrets.js';
import { type BegunFlows, type Flow, HOLDS_MS, MOST, MOST_OF_NETWORK } from './flows.js';

/**
 * Log-ins that have begun, for several processes: whichever of them begins one, another may complete it, once. What must be
 * known again is sealed under the secret that the beginner alone has.
 */
export class StoredFlows implements BegunFlows {
  readonly #forget: Statement;
  readonly #makeRoom: Statement;
  readonly #makeRoomOfNetwork: Statement;
  readonly #begin: Statement;
  readonly #take: Statement;

  constructor(
    private readonly db: PrivateDatabase,
    private readonly now: () => number,
  ) {
    this.#forget = db.prepare('DELETE FROM flows WHERE until <= ?');
    this.#makeRoom = db.prepare(`
      DELETE FROM flows WHERE number <= (SELECT number FROM flows ORDER BY number DESC LIMIT 1 OFFSET ${MOST - 1})
    `);
    this.#makeRoomOfNetwork = db.prepare(`
      DELETE FROM flows WHERE network = ?1 AND number <= (
        SELECT number FROM flows WHERE network = ?1 ORDER BY number DESC LIMIT 1 OFFSET ${MOST_OF_NETWORK - 1}
      )
    `);
    this.#begin = db.prepare('INSERT INTO flows (key, network, sealed, until) VALUES (?, ?, ?, ?)');
    this.#take = db.prepare('DELETE FROM flows WHERE key = ? RETURNING sealed, until');
  }

  begin(flow: Flow, address: string): string {
    const secret = newSecret(FLOW);
    const network = networkOf(address);
    this.db.inTransaction(() => {
      this.#forget.run(this.now());
      this.#makeRoomOfNetwork.run(network);
      this.#makeRoom.run();
      this.#begin.run(hashOf(secret), network, sealed(secret, flow), this.now() + HOLDS_MS);
    });
    return secret;
  }

  take(secret: string): Flow | undefined {
    const found = this.#take.get(hashOf(secret)) as { sealed: Uint8Array; until: number } | undefined;
    return found !== undefined && this.now() < found.until ? opened(secret, found.sealed) : undefined;
  }
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function sealed(secret: string, flow: Flow): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce);
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(flow)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

function opened(secret: string, bytes: Uint8Array): Flow {
  const head = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, head));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(head)), decipher.final()]).toString()) as Flow;
}

/** Another digest than the one by which it is found, which stands beside what is sealed. */
function keyOf(secret: string): Buffer {
  return hash('sha256', `key of a flow\n${secret}`, 'buffer');
}
