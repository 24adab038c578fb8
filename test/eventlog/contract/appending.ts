import { expect, it } from '@jest/globals';
import { factIdOf, freeze, uuidV8 } from '@ledger/domain';
import { type Append, NO_STREAM, WrongRevision } from '@ledger/eventlog';
import { appendOf, ofBytes, rent } from '../../support/appends.js';
import type { Contract } from './harness.js';

export function appending(the: Contract): void {
  it('begins a stream at revision 0', async () => {
    const { receipt, replayed, facts } = await the.record(appendOf({ command: 'rent of the shop' }));
    expect(receipt).toStrictEqual({
      stream: 'ledger-qianmei-2024',
      revision: 0,
      position: the.capabilities.latePositions ? undefined : 1,
      facts: [{ id: factIdOf(uuidV8('rent of the shop'), 0), type: 'IncomeRecorded', revision: 0 }],
    });
    expect(replayed).toBe(false);
    expect(facts).toStrictEqual((await the.everything()).map(({ fact }) => fact));
  });

  it('says where a stream stands, and that one without facts stands nowhere', async () => {
    expect(await the.log.revisionOf('ledger-qianmei-2024')).toBe(NO_STREAM);
    await the.record(appendOf());
    await the.record(appendOf({ expectedRevision: 0 }));
    await expect(the.log.append(appendOf({ expectedRevision: 0 }))).rejects.toThrow(WrongRevision);
    expect(await the.log.revisionOf('ledger-qianmei-2024')).toBe(1);
    expect(await the.log.revisionOf('ledger-qianmei-2023')).toBe(NO_STREAM);
  });

  it('goes on from the exact revision', async () => {
    await the.record(appendOf());
    const { receipt } = await the.record(appendOf({ expectedRevision: 0 }));
    expect(receipt.revision).toBe(1);
    expect(await the.log.positionOf(receipt)).toBe(2);
  });

  it.each([
    ['no stream, and there is one', NO_STREAM, 1],
    ['a revision that has passed', 0, 1],
    ['a revision that is still to come', 2, 1],
  ])('refuses an append that expects %s', async (_, expectedRevision, actual) => {
    await the.record(appendOf());
    await the.record(appendOf({ expectedRevision: 0 }));
    const refused = the.log.append(appendOf({ expectedRevision }));
    await expect(refused).rejects.toThrow(new WrongRevision('ledger-qianmei-2024', expectedRevision, actual));
    await expect(refused).rejects.toMatchObject({ name: 'WrongRevision', expected: expectedRevision, actual });
    expect(await the.log.head()).toBe(2);
  });

  it('refuses an append that expects a revision of a stream that does not exist', async () => {
    const refused = the.log.append(appendOf({ expectedRevision: 0 }));
    await expect(refused).rejects.toMatchObject({ name: 'WrongRevision', expected: 0, actual: NO_STREAM });
    expect(await the.everything()).toStrictEqual([]);
  });

  it('lets one of many writers of the same revision through', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => the.record(appendOf())));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WrongRevision);
    }
    expect(await the.everything()).toHaveLength(1);
  });

  it('records the parts of one append under following revisions, and counts down to the last', async () => {
    await the.record(appendOf());
    const { receipt } = await the.record(appendOf({ expectedRevision: 0, facts: ['一', '二', '三'].map(rent) }));
    expect(receipt.revision).toBe(3);
    expect(receipt.facts.map(({ revision }) => revision)).toStrictEqual([1, 2, 3]);
    expect(new Set(receipt.facts.map(({ id }) => id)).size).toBe(3);
    expect(
      (await the.everything()).map(({ position, remaining, fact }) => [position, remaining, JSON.parse(fact).revision]),
    ).toStrictEqual([
      [1, 0, 0],
      [2, 2, 1],
      [3, 1, 2],
      [4, 0, 3],
    ]);
  });

  it('records the evidence of an append in each of its facts, and an empty list where there is none', async () => {
    const evidence = [{ sha256: 'e'.repeat(64), mediaType: 'application/pdf', bytes: 184_320 }];
    const append = appendOf({ facts: ['一', '二'].map(rent) });
    await the.record({ ...append, by: { ...append.by, evidence } });
    await the.record(appendOf({ stream: 'ledger-qianmei-2025' }));
    const recorded = (await the.everything()).map(({ fact }) => JSON.parse(fact).evidence);
    expect(recorded).toStrictEqual([evidence, evidence, []]);
  });

  it('records a fact of 65,000 bytes and refuses one of 65,001', async () => {
    await the.record(ofBytes(65_000, appendOf()));
    expect((await the.everything()).map(({ fact }) => Buffer.byteLength(fact))).toStrictEqual([65_000]);
    const refused = the.log.append(ofBytes(65_001, appendOf({ stream: 'ledger-qianmei-2025' })));
    await expect(refused).rejects.toMatchObject({
      code: 'FACT_TOO_LARGE',
      facts: { bytes: 65_001, limitBytes: 65_000 },
    });
    expect(await the.log.head()).toBe(1);
  });

  it('records nothing of an append in which one fact is too large', async () => {
    const append = appendOf({ facts: [rent('一月'), rent('租'.repeat(30_000)), rent('三月')] });
    await expect(the.log.append(append)).rejects.toMatchObject({ code: 'FACT_TOO_LARGE' });
    expect(await the.everything()).toStrictEqual([]);
    expect(await the.log.readStream(append.stream, 0, 10)).toStrictEqual([]);
    expect(await the.log.receiptOf(append.by.commandId)).toBeUndefined();
    await the.record({ ...append, facts: [rent('一月')] });
    expect(await the.log.head()).toBe(1);
  });

  it('records an append of 960,000 bytes and refuses one of 960,001', async () => {
    const sizes = Array.from({ length: 15 }, () => 64_000);
    const refused = the.log.append(large([...sizes.slice(1), 64_001], { stream: 'ledger-qianmei-2025' }));
    await expect(refused).rejects.toMatchObject({
      code: 'FACT_TOO_LARGE',
      facts: { bytes: 960_001, limitBytes: 960_000 },
    });
    await the.record(large(sizes, {}));
    expect(await the.everything()).toHaveLength(15);
  });

  it('takes 1 to 500 facts in one append', async () => {
    const facts = Array.from({ length: 500 }, (_, i) => rent(`第${i + 1}户`));
    await expect(the.log.append(appendOf({ facts: [] }))).rejects.toThrow(RangeError);
    await expect(the.log.append(appendOf({ facts: [...facts, rent('多余')] }))).rejects.toThrow(RangeError);
    const { receipt } = await the.record(appendOf({ facts }));
    expect(receipt.revision).toBe(499);
    expect(await the.log.head()).toBe(500);
  });

  it.each([
    ['a command id that is no UUID', { by: { actor: 'accountant-1', commandId: 'c1' } }],
    ['a fingerprint that is no SHA-256', { fingerprint: 'f' }],
    ['a stream name with a lone surrogate', { stream: 'ledger-\ud800' }],
    ['a stream name with a line break', { stream: 'ledger-a\nb' }],
  ])('refuses %s, which stores would not keep apart', async (_, said) => {
    await expect(the.log.append(appendOf(said))).rejects.toThrow(RangeError);
    expect(await the.log.head()).toBe(0);
  });
}

/** An append whose facts are of these sizes in bytes. */
function large(sizes: readonly number[], said: Parameters<typeof appendOf>[0]): Append {
  const append = appendOf(said);
  const { stream, by } = append;
  const facts = sizes.map((bytes, index) =>
    rent('x'.repeat(bytes - Buffer.byteLength(freeze(rent(''), stream, index, index, by)))),
  );
  return { ...append, facts };
}
