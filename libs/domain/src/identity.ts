import { hash } from 'node:crypto';

/**
 * A UUID of version 8 (RFC 9562) made from the first 128 bits of SHA-256 over the given text: the same text always
 * makes the same id, so a retry cannot make a second thing.
 */
export function uuidV8(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Keys of different principals never meet. */
export function commandIdOf(principal: string, idempotencyKey: string): string {
  return uuidV8(`${principal}\n${idempotencyKey}`);
}

export function factIdOf(commandId: string, index: number): string {
  return uuidV8(`${commandId}${index}`);
}

/** What a request asked for, as SHA-256 over canonical JSON (sorted keys) of the command's name and the fields as sent. */
export function fingerprintOf(command: string, fields: unknown): string {
  return hash('sha256', canonicalJson({ command, fields }), 'hex');
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}
