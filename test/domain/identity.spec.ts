import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { commandIdOf, factIdOf, fingerprintOf, uuidV8 } from '@ledger/domain';
import * as fc from 'fast-check';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const kept = (hex: string) => hex.slice(0, 12) + hex.slice(13, 16) + hex.slice(17, 32);

describe('identity', () => {
  it('is a UUID of version 8 from the first 128 bits of SHA-256', () => {
    const id = uuidV8('abc');
    const digest = sha256('abc');
    expect(digest.slice(0, 32)).toBe('ba7816bf8f01cfea414140de5dae2223');
    expect(id).toBe('ba7816bf-8f01-8fea-8141-40de5dae2223');
  });

  it('keeps all bits but those of version and variant', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        const id = uuidV8(text);
        expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
        expect(kept(id.replaceAll('-', ''))).toBe(kept(sha256(text)));
      }),
    ));

  it('makes the same command from the same key of one person, and another from that of another', () => {
    expect(commandIdOf('clerk', 'key-1')).toBe(uuidV8('clerk\nkey-1'));
    expect(commandIdOf('clerk', 'key-1')).not.toBe(commandIdOf('clerk2', 'key-1'));
    expect(commandIdOf('ab', 'c')).not.toBe(commandIdOf('a', 'bc'));
  });

  it('makes the same fact from the same command and index', () => {
    const commandId = commandIdOf('clerk', 'key-1');
    expect(factIdOf(commandId, 0)).toBe(uuidV8(`${commandId}0`));
    expect(factIdOf(commandId, 1)).not.toBe(factIdOf(commandId, 0));
  });
});

describe('fingerprint', () => {
  it('does not depend on the order of fields', () => {
    expect(fingerprintOf('OpenBook', { a: 1, b: { c: [1, 2], d: null } })).toBe(
      fingerprintOf('OpenBook', { b: { d: null, c: [1, 2] }, a: 1 }),
    );
  });

  // Kept in the log for ever: a change would take every old retry for another request.
  it('is SHA-256 over canonical JSON of command and fields', () =>
    expect(fingerprintOf('RecordIncome', { b: '租金', a: [1] })).toBe(
      sha256('{"command":"RecordIncome","fields":{"a":[1],"b":"租金"}}'),
    ));

  it('tells other commands, other values and other orders of lines apart', () => {
    const first = fingerprintOf('r', { lines: [1, 2] });
    for (const other of [
      fingerprintOf('s', { lines: [1, 2] }),
      fingerprintOf('r', { lines: [2, 1] }),
      fingerprintOf('r', { lines: ['1', 2] }),
      fingerprintOf('r', { lines: [1, 2], more: null }),
    ]) {
      expect(other).not.toBe(first);
    }
  });

  it('takes a field that was not sent as absent', () =>
    expect(fingerprintOf('r', { a: 1, b: undefined })).toBe(fingerprintOf('r', { a: 1 })));
});
