import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { freeze } from '@ledger/domain';
import { NO_STREAM, type RecordedFact } from '@ledger/eventlog';
import * as fc from 'fast-check';
import { appendOf, rent } from '../../support/appends.js';
import { itWith } from '../../support/it-with.js';
import { sha256sum } from '../../support/sha256sum.js';
import type { Contract } from './harness.js';

const awkwardTexts = {
  'Chinese characters': '前梅村股份经济合作社一季度店面租金',
  'characters outside the basic plane': '𠮷野家 🏮🧧 👩‍🌾',
  'lone surrogates': '\ud800 \udfff x\ud83c',
  'quotes and backslashes': `"'\\" \\u0000 \`${'\\'.repeat(7)}`,
  'control characters': '\0\u0001\b\t\n\r\u001f\u007f\u2028\u2029\ufeff',
  'sixty thousand bytes': '租'.repeat(20_000),
  'nothing at all': '',
};

export function bytesAndLeaves(the: Contract): void {
  it.each(Object.entries(awkwardTexts))('gives back %s byte for byte', async (_, text) => {
    const append = appendOf({
      facts: [rent(text), { ...rent(''), data: { [text.slice(0, 40)]: [text.slice(0, 40), null, -0, 1e21] } }],
    });
    const frozen = append.facts.map((draft, i) => freeze(draft, append.stream, i, i, append.by));
    await the.record(append);
    expect((await the.everything()).map(({ fact }) => fact)).toStrictEqual(frozen);
    expect(JSON.parse(frozen[0] ?? '').data.summary).toBe(text);
    for (const fact of frozen) expect(Buffer.from(fact, 'utf8').toString('utf8')).toBe(fact);
    if (the.capabilities.durable) {
      await the.reopen();
      expect((await the.everything()).map(({ fact }) => fact)).toStrictEqual(frozen);
    }
  });

  it('gives back any text, and hashes just its bytes', async () => {
    let revision = NO_STREAM;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const append = appendOf({ expectedRevision: revision, facts: [rent(text)] });
        const { receipt } = await the.record(append);
        revision = receipt.revision;
        const [recorded] = await the.log.readStream(append.stream, revision, 1);
        expect(recorded?.fact).toBe(freeze(rent(text), append.stream, revision, 0, append.by));
        expect(recorded?.leaf).toBe(createHash('sha256').update(leafInput(recorded)).digest('hex'));
      }),
      { numRuns: 50 },
    );
  });

  const recordAll = async (): Promise<RecordedFact[]> => {
    for (const [i, text] of Object.values(awkwardTexts).entries()) {
      the.clock.set(`2024-03-15T01:00:0${i}.0${i}7Z`);
      await the.record(appendOf({ stream: `ledger-${i}-2024`, facts: [rent(text), rent('二')] }));
    }
    return the.everything();
  };

  it("has the leaves that node's crypto computes from the bytes", async () => {
    const recorded = await recordAll();
    expect(recorded.map(({ leaf }) => leaf)).toStrictEqual(
      recorded.map((fact) => createHash('sha256').update(leafInput(fact)).digest('hex')),
    );
  });

  itWith('sha256sum')('has the leaves that the sha256sum command computes from the bytes', async () => {
    const recorded = await recordAll();
    expect(recorded.map(({ leaf }) => leaf)).toStrictEqual(sha256sum(recorded.map(leafInput)));
  });
}

/** 0x00 ‖ position line ‖ newline ‖ fact bytes, put together here from the definition and not by our own code. */
function leafInput(recorded: RecordedFact | undefined): Buffer {
  if (recorded === undefined) throw new Error('there is no such fact');
  const { position, recordedAtMs, fact } = recorded;
  const line = `{"position":${position},"recordedAt":"${new Date(recordedAtMs).toISOString()}"}`;
  return Buffer.concat([Buffer.of(0), Buffer.from(line, 'latin1'), Buffer.of(0x0a), Buffer.from(fact, 'utf8')]);
}
