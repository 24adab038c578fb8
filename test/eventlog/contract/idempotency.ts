import { expect, it } from '@jest/globals';
import { fingerprintOf } from '@ledger/domain';
import { type Append, type Appended, FingerprintMismatch, WrongRevision } from '@ledger/eventlog';
import { appendOf, rent } from '../../support/appends.js';
import type { Contract } from './harness.js';

export function idempotency(the: Contract): void {
  const repeats = async (append: Append, first: Appended): Promise<void> => {
    const before = await the.log.head();
    expect(await the.record(append)).toStrictEqual({ receipt: first.receipt, facts: [], replayed: true });
    expect(await the.log.head()).toBe(before);
  };

  it('answers a repeated command with its first receipt', async () => {
    const append = appendOf({ facts: [rent('一月'), rent('二月')] });
    const first = await the.record(append);
    await repeats(append, first);
    await repeats(append, first);
  });

  it('answers so also after the stream has moved on', async () => {
    const append = appendOf();
    const first = await the.record(append);
    await the.record(appendOf({ expectedRevision: 0, facts: [rent('二月'), rent('三月')] }));
    await repeats(append, first);
  });

  it('answers so also when the repetition was decided anew, on a later revision and with other facts', async () => {
    const append = appendOf();
    const first = await the.record(append);
    await repeats({ ...append, expectedRevision: 0, facts: [rent('另一张')], stream: 'ledger-qianmei-2025' }, first);
  });

  it('refuses the id of a command for another request, and leaves the first as it was', async () => {
    const append = appendOf();
    const first = await the.record(append);
    const other = { ...append, expectedRevision: 0, fingerprint: fingerprintOf('POST /vouchers', { amountFen: 1 }) };
    await expect(the.log.append(other)).rejects.toThrow(FingerprintMismatch);
    expect(await the.log.head()).toBe(1);
    await repeats(append, first);
  });

  it('keeps what a command was, for whoever asks later', async () => {
    const append = appendOf({ facts: [rent('一月'), rent('二月')] });
    expect(await the.log.receiptOf(append.by.commandId)).toBeUndefined();
    const { receipt } = await the.record(append);
    expect(await the.log.receiptOf(append.by.commandId)).toStrictEqual({ receipt, fingerprint: append.fingerprint });
  });

  it('leaves nothing of a refused append, so that its retry is decided afresh', async () => {
    await the.record(appendOf());
    const append = appendOf();
    await expect(the.log.append(append)).rejects.toThrow(WrongRevision);
    expect(await the.log.receiptOf(append.by.commandId)).toBeUndefined();
    const retried = { ...append, expectedRevision: 0, fingerprint: fingerprintOf('POST /vouchers', { amountFen: 2 }) };
    expect(await the.record(retried)).toMatchObject({ replayed: false, receipt: { revision: 1 } });
  });

  it('makes one fact of 64 copies of a command that arrive at once', async () => {
    const append = appendOf();
    const answers = await Promise.all(Array.from({ length: 64 }, () => the.record(append)));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    for (const { receipt } of answers) expect(receipt).toStrictEqual(answers[0]?.receipt);
    expect(await the.everything()).toHaveLength(1);
  });

  if (the.capabilities.durable) {
    it('remembers commands after it was opened again', async () => {
      const append = appendOf({ facts: [rent('一月'), rent('二月')] });
      const first = await the.record(append);
      await the.reopen();
      expect(await the.log.receiptOf(append.by.commandId)).toStrictEqual({
        receipt: first.receipt,
        fingerprint: append.fingerprint,
      });
      await repeats(append, first);
      await expect(the.log.append({ ...append, fingerprint: '0'.repeat(64) })).rejects.toThrow(FingerprintMismatch);
    });
  }
}
