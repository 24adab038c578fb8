import { expect, it } from '@jest/globals';
import type { RecordedFact } from '@ledger/eventlog';
import { appendOf, rent } from '../../support/appends.js';
import type { Contract } from './harness.js';

const positions = (facts: readonly RecordedFact[]) => facts.map(({ position }) => position);

export function reading(the: Contract): void {
  /** Positions 1 | 2 3 4 | 5 | 6 7, recorded at 01:00, 02:00, 02:00 and 04:00. */
  const fourAppends = async (): Promise<void> => {
    the.clock.set('2024-03-15T01:00:00.000Z');
    await the.record(appendOf({ stream: 'ledger-qianmei-2024' }));
    the.clock.set('2024-03-15T02:00:00.000Z');
    await the.record(appendOf({ stream: 'ledger-xinwei-2024', facts: ['一', '二', '三'].map(rent) }));
    await the.record(appendOf({ stream: 'ledger-qianmei-2024', expectedRevision: 0 }));
    the.clock.set('2024-03-15T04:00:00.000Z');
    await the.record(appendOf({ stream: 'ledger-qianmei-2024', expectedRevision: 1, facts: ['四', '五'].map(rent) }));
  };
  const at = (time: string) => the.log.positionAt(Date.parse(`2024-03-15T${time}Z`));

  it('has nothing to say when it is empty', async () => {
    expect(await the.log.head()).toBe(0);
    expect(await the.everything()).toStrictEqual([]);
    expect(await the.log.readStream('ledger-qianmei-2024', 0, 10)).toStrictEqual([]);
    expect(await the.log.wholeAt(0)).toBe(0);
    expect(await the.log.wholeAt(5)).toBe(0);
    expect(await at('01:00:00.000')).toBe(0);
  });

  it('reads a stream from a revision on, at most as many facts as asked for', async () => {
    await fourAppends();
    const stream = (from: number, limit: number) => the.log.readStream('ledger-qianmei-2024', from, limit);
    expect(positions(await stream(0, 10))).toStrictEqual([1, 5, 6, 7]);
    expect(positions(await stream(1, 2))).toStrictEqual([5, 6]);
    expect(positions(await stream(3, 10))).toStrictEqual([7]);
    expect(positions(await stream(4, 10))).toStrictEqual([]);
    expect(positions(await stream(0, 0))).toStrictEqual([]);
    expect((await stream(0, 10)).map(({ fact }) => JSON.parse(fact).revision)).toStrictEqual([0, 1, 2, 3]);
    expect(positions(await the.log.readStream('ledger-xinwei-2024', 1, 10))).toStrictEqual([3, 4]);
    expect(await the.log.readStream('ledger-qianmei', 0, 10)).toStrictEqual([]);
  });

  it('reads the texts of a stream as it reads its facts', async () => {
    await fourAppends();
    const facts = await the.log.readStream('ledger-qianmei-2024', 1, 2);
    expect(await the.log.readTexts('ledger-qianmei-2024', 1, 2)).toStrictEqual(facts.map(({ fact }) => fact));
    expect(await the.log.readTexts('ledger-qianmei-2024', 4, 10)).toStrictEqual([]);
    expect(await the.log.readTexts('ledger-qianmei-2024', 0, 0)).toStrictEqual([]);
    expect(await the.log.readTexts('ledger-qianmei', 0, 10)).toStrictEqual([]);
  });

  it('reads after a position, at most as many facts as asked for', async () => {
    await fourAppends();
    expect(positions(await the.log.readAfter(0, 3))).toStrictEqual([1, 2, 3]);
    expect(positions(await the.log.readAfter(3, 3))).toStrictEqual([4, 5, 6]);
    expect(positions(await the.log.readAfter(6, 3))).toStrictEqual([7]);
    expect(positions(await the.log.readAfter(7, 3))).toStrictEqual([]);
    expect(positions(await the.log.readAfter(99, 3))).toStrictEqual([]);
    expect(positions(await the.log.readAfter(0, 0))).toStrictEqual([]);
  });

  it('reads the same fact, whichever way it is found', async () => {
    await fourAppends();
    const byPosition = (await the.everything()).filter(({ position }) => [1, 5, 6, 7].includes(position));
    expect(await the.log.readStream('ledger-qianmei-2024', 0, 10)).toStrictEqual(byPosition);
  });

  it('takes a position inside an append for the append before it', async () => {
    await fourAppends();
    const whole = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8].map((position) => the.log.wholeAt(position)));
    expect(whole).toStrictEqual([0, 1, 1, 1, 4, 5, 5, 7, 7]);
  });

  it('finds the last whole append at or before an instant', async () => {
    await fourAppends();
    expect(await at('00:59:59.999')).toBe(0);
    expect(await at('01:00:00.000')).toBe(1);
    expect(await at('01:30:00.000')).toBe(1);
    expect(await at('01:59:59.999')).toBe(1);
    expect(await at('02:00:00.000')).toBe(5);
    expect(await at('03:59:59.999')).toBe(5);
    expect(await at('04:00:00.000')).toBe(7);
    expect(await at('23:00:00.000')).toBe(7);
  });

  if (the.capabilities.durable) {
    it('reads the same after it was opened again', async () => {
      await fourAppends();
      const before = await the.everything();
      await the.reopen();
      expect(await the.everything()).toStrictEqual(before);
      expect(await at('02:00:00.000')).toBe(5);
      expect(await the.log.wholeAt(3)).toBe(1);
    });
  }
}
