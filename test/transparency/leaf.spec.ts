import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hashOfLeaves, leafOf, positionLine } from '@ledger/transparency';
import * as fc from 'fast-check';
import { itWith } from '../support/it-with.js';
import { sha256sum } from '../support/sha256sum.js';

const INSTANT = Date.parse('2024-03-15T01:00:00.000Z');

// Both were computed with printf and sha256sum.
const FIRST = 'd1094efcd3e9a3e450411abc353aef579444b79f4fe424e1afaade5718b37d69';
const SECOND = '3c183596b086e586fefc0b84d3c6858ae6d374793434eaa42d523ed86ce3d4e4';

describe('the leaf of a fact', () => {
  it('covers position, instant and bytes, as printf and sha256sum say', () => {
    expect(leafOf(1, INSTANT, '{"type":"LedgerOpened"}')).toBe(FIRST);
    expect(leafOf(4_294_967_297, Date.parse('1999-12-31T23:59:59.999Z'), '前梅村🏮')).toBe(SECOND);
  });

  it('names the place of a fact in one line, with the instant to the millisecond', () => {
    expect(positionLine(7, INSTANT + 5)).toBe('{"position":7,"recordedAt":"2024-03-15T01:00:00.005Z"}');
  });

  it('is the leaf hash of RFC 6962 over the entry', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(4_000_000_000_000),
        fc.string({ unit: 'grapheme' }),
        (position, instantMs, bytes) => {
          const entry = Buffer.from(`${positionLine(position, instantMs)}\n${bytes}`, 'utf8');
          const rfc6962 = createHash('sha256').update(Buffer.of(0)).update(entry).digest('hex');
          expect(leafOf(position, instantMs, bytes)).toBe(rfc6962);
        },
      ),
    );
  });

  it('changes with the position, the instant and every byte', () => {
    const leaves = [
      leafOf(1, INSTANT, 'fact'),
      leafOf(2, INSTANT, 'fact'),
      leafOf(1, INSTANT + 1, 'fact'),
      leafOf(1, INSTANT, 'facts'),
    ];
    expect(new Set(leaves).size).toBe(4);
  });
});

describe('the hash over the leaves of a period', () => {
  it('is over the raw bytes of the leaves, one after the other', () => {
    expect(hashOfLeaves([FIRST, SECOND])).toBe('9fa2725b732fbcf5bdc240ffb891ed5bd4db5f1ef6d7c9cf86795ed0fd95875a');
    expect(hashOfLeaves([SECOND, FIRST])).not.toBe(hashOfLeaves([FIRST, SECOND]));
  });

  it('of a month without facts is the hash of nothing', () => {
    expect(hashOfLeaves([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  itWith('sha256sum')('is what the sha256sum command says', () => {
    const bytes = Buffer.concat([Buffer.from(FIRST, 'hex'), Buffer.from(SECOND, 'hex')]);
    expect([hashOfLeaves([FIRST, SECOND])]).toStrictEqual(sha256sum([bytes]));
  });
});
