import { expect, it } from '@jest/globals';
import { NO_STREAM, WrongRevision } from '@ledger/eventlog';
import * as fc from 'fast-check';
import { appendOf, rent } from '../../support/appends.js';
import type { Contract } from './harness.js';

export function order(the: Contract): void {
  it('counts positions from 1 without gaps over all streams, also past refused appends', async () => {
    const villages = ['qianmei', 'xinwei', 'lizhu', 'fenglin'];
    await Promise.allSettled(
      villages.flatMap((village) => [
        the.record(appendOf({ stream: `ledger-${village}-2024`, facts: [rent('一月'), rent('二月')] })),
        the.record(appendOf({ stream: `ledger-${village}-2024`, expectedRevision: 7 })),
        the.record(appendOf({ stream: `ledger-${village}-2025` })),
      ]),
    );
    expect((await the.everything()).map(({ position }) => position)).toStrictEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    expect(await the.log.head()).toBe(12);
  });

  it('keeps any sequence of appends as a plain list of them would', async () => {
    let run = 0;
    const step = fc.record({
      stream: fc.nat(2),
      facts: fc.integer({ min: 1, max: 4 }),
      late: fc.integer({ min: -1, max: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const book = ++run;
        const before = await the.log.head();
        const streams = new Map<string, number>();
        const expected: string[] = [];
        for (const [i, { stream, facts, late }] of steps.entries()) {
          const name = `ledger-${book}-${stream}`;
          const revision = streams.get(name) ?? NO_STREAM;
          const summaries = Array.from({ length: facts }, (_, part) => `${i}.${part}`);
          const append = appendOf({ stream: name, expectedRevision: revision + late, facts: summaries.map(rent) });
          if (late === 0) {
            await the.record(append);
            streams.set(name, revision + facts);
            expected.push(...summaries);
          } else {
            await expect(the.log.append(append)).rejects.toThrow(WrongRevision);
          }
        }
        const recorded = await the.log.readAfter(before, 1000);
        expect(recorded.map(({ fact }) => JSON.parse(fact).data.summary)).toStrictEqual(expected);
        expect(recorded.map(({ position }) => position)).toStrictEqual(expected.map((_, i) => before + 1 + i));
      }),
      { numRuns: 25 },
    );
  });

  it('stamps a whole append with one instant of the clock', async () => {
    await the.record(appendOf({ facts: [rent('一'), rent('二')] }));
    expect((await the.everything()).map(({ recordedAtMs }) => recordedAtMs)).toStrictEqual(
      Array.from({ length: 2 }, () => Date.parse('2024-03-15T01:00:00.000Z')),
    );
  });

  it("never lets recordedAt go back, though the machine's clock does", async () => {
    const instants = ['2024-03-15T01:00:00.500Z', '2024-03-15T00:00:00.000Z', '2024-03-15T01:00:00.499Z'];
    for (const instant of [...instants, '2024-03-15T01:00:00.501Z']) {
      the.clock.set(instant);
      await the.record(appendOf({ stream: `ledger-${instant}-2024` }));
    }
    expect((await the.everything()).map(({ recordedAtMs }) => new Date(recordedAtMs).toISOString())).toStrictEqual([
      '2024-03-15T01:00:00.500Z',
      '2024-03-15T01:00:00.500Z',
      '2024-03-15T01:00:00.500Z',
      '2024-03-15T01:00:00.501Z',
    ]);
  });

  it('tells the time of the machine, but never one before the newest fact', async () => {
    expect(the.log.now()).toBe(Date.parse('2024-03-15T01:00:00.000Z'));
    the.clock.set('2024-03-15T02:00:00.000Z');
    await the.record(appendOf());
    the.clock.set('2024-03-15T01:30:00.000Z');
    expect(the.log.now()).toBe(Date.parse('2024-03-15T02:00:00.000Z'));
    the.clock.set('2024-03-15T02:30:00.000Z');
    expect(the.log.now()).toBe(Date.parse('2024-03-15T02:30:00.000Z'));
  });

  it('records nothing before an instant that it has said is past', async () => {
    await the.record(appendOf());
    the.clock.set('2024-03-15T03:00:00.000Z');
    expect(the.log.now()).toBe(Date.parse('2024-03-15T03:00:00.000Z'));
    const asked = Date.parse('2024-03-15T02:59:00.000Z');
    const answer = await the.log.positionAt(asked);
    the.clock.set('2024-03-15T02:00:00.000Z');
    await the.record(appendOf({ expectedRevision: 0 }));
    expect(await the.log.positionAt(asked)).toBe(answer);
  });

  if (the.capabilities.durable) {
    it('goes on in the same order after it was opened again', async () => {
      the.clock.set('2024-03-15T02:00:00.000Z');
      await the.record(appendOf());
      the.clock.set('2024-03-14T00:00:00.000Z');
      await the.reopen();
      expect(the.log.now()).toBe(Date.parse('2024-03-15T02:00:00.000Z'));
      await expect(the.log.append(appendOf())).rejects.toThrow(WrongRevision);
      await the.record(appendOf({ expectedRevision: 0 }));
      expect((await the.everything()).map(({ position, recordedAtMs }) => [position, recordedAtMs])).toStrictEqual([
        [1, Date.parse('2024-03-15T02:00:00.000Z')],
        [2, Date.parse('2024-03-15T02:00:00.000Z')],
      ]);
    });
  }
}
