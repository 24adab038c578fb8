import { hash, randomBytes, randomUUID } from 'node:crypto';

const SECRET_BYTES = 32;

/** Whoever finds one of them knows by its beginning what it is, and so do programs that look for leaked secrets. */
export const SESSION = 'gfs_';
export const API_TOKEN = 'gfl_';
/** A log-in at an identity provider that is under way. */
export const FLOW = 'gff_';

/** 256 random bits behind a prefix; what is kept of it is only `hashOf`. */
export function newSecret(prefix: typeof SESSION | typeof API_TOKEN | typeof FLOW): string {
  return `${prefix}${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** So many random bits need no slow hash: nobody can try them all. */
export function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** The id by which a session or a token is listed and revoked; it opens nothing. */
export function newId(): string {
  return randomUUID();
}
