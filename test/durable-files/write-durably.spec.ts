import { existsSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeDurably } from '@ledger/durable-files';
import { temporaryDirectory } from '../support/temporary-directory.js';

const given = { path: '', remove: (): void => undefined };
let file: string;

beforeEach(() => {
  Object.assign(given, temporaryDirectory());
  file = join(given.path, 'list');
});

afterEach(() => given.remove());

const bytewise = (to: number, bytes: Buffer): number => writeSync(to, bytes, 0, 1);

/** A disk on which there is room for so many bytes. */
const withRoom = (bytesLeft: number) => {
  let room = bytesLeft;
  return (to: number, bytes: Buffer): number => {
    if (room === 0) throw new Error('ENOSPC');
    room -= 1;
    return bytewise(to, bytes);
  };
};

describe('a file that is written durably', () => {
  it('gets a line whole or not at all, however little the disk takes at once', () => {
    writeDurably(file, 'first\n', 'a', bytewise);
    expect(() => writeDurably(file, 'second\n', 'a', withRoom(3))).toThrow('ENOSPC');
    expect(readFileSync(file, 'utf8')).toBe('first\n');
  });

  it('is not there where there was no room for it', () => {
    expect(() => writeDurably(file, 'secret\n', 'wx', withRoom(3))).toThrow('ENOSPC');
    expect(existsSync(file)).toBe(false);
  });

  it('is for its owner alone', () => {
    writeDurably(file, 'secret\n', 'wx');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
