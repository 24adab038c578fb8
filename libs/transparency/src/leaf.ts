import { hash } from 'node:crypto';

/**
 * The Merkle leaf of a fact (RFC 6962 leaf hash): SHA-256(0x00 ‖ `{"position":N,"recordedAt":"…"}` ‖ `\n` ‖ fact bytes),
 * as 64 hex digits. `recordedAtMs` is written as an ISO instant with milliseconds. The leaf does not depend on which
 * store holds the fact. One string is hashed in one call, without a buffer of its own.
 */
export function leafOf(position: number, recordedAtMs: number, factBytes: string): string {
  return hash('sha256', `\0${positionLine(position, recordedAtMs)}\n${factBytes}`, 'hex');
}

export function positionLine(position: number, recordedAtMs: number): string {
  return `{"position":${position},"recordedAt":"${new Date(recordedAtMs).toISOString()}"}`;
}

/** SHA-256 (hex) over the concatenated raw bytes of leaf hashes: what a period's close carries. */
export function hashOfLeaves(leaves: readonly string[]): string {
  return hash('sha256', Buffer.from(leaves.join(''), 'hex'), 'hex');
}
