import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** How long a sealed key is: always the same, so that one can take the place of another. */
export const WRAPPED_BYTES = NONCE_BYTES + TAG_BYTES + KEY_BYTES;

/** What the vault holds does not fit its key or its place: damaged, or put there by somebody else. */
export class DamagedVault extends Error {
  override readonly name = 'DamagedVault';
}

/**
 * AES-256-GCM (NIST SP 800-38D) under a random nonce of 96 bits: nonce ‖ tag ‖ ciphertext. `place` says what it is and
 * where it stands, and goes into the tag: what is sealed for one place is nothing in another.
 */
export function seal(key: Buffer, plain: Buffer, place: readonly (string | number)[]): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(JSON.stringify(place)));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

/** Throws `DamagedVault` for what was not sealed under this key for this place. */
export function unseal(key: Buffer, sealed: Uint8Array, place: readonly (string | number)[]): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(JSON.stringify(place)));
  try {
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new DamagedVault(`what is sealed as ${JSON.stringify(place)} does not open`, { cause: error });
  }
}

/** HMAC-SHA-256: the same for the same text, and nobody without the key can try texts out. */
export function keyedDigest(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
