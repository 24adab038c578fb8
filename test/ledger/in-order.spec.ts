import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClosePeriod, commandIdOf, fingerprintOf, openLedger, readFact } from '@ledger/domain';
import { type EventLog, NO_STREAM, openMemoryLog } from '@ledger/eventlog';
import { batchesOf, InOrder } from '../../apps/ledger/src/demo/recording/in-order.js';

let inner: EventLog;
let inOrder: InOrder;

beforeEach(() => {
  inner = openMemoryLog({ now: () => Date.UTC(2024, 0, 2) });
  inOrder = new InOrder(inner);
});

const command = (name: string) => {
  const context = { actor: 'demo', idempotencyKey: name, commandId: commandIdOf('demo', name), fingerprint: '' };
  return Object.assign(new ClosePeriod(), { book: name, context });
};

/** Appends one fact to a stream of the command's own, after as long as it takes to decide. */
const decidedAfter = (ms: Readonly<Record<string, number>>) => async (asked: ClosePeriod) => {
  const name = asked.book;
  await sleep(ms[name] ?? 0);
  if (name === 'refused') throw new Error('the rules say no');
  const { receipt } = await inOrder.log.append({
    stream: `origin-${name}`,
    expectedRevision: NO_STREAM,
    facts: [openLedger(name, true, '2024-01-02')],
    by: asked.context,
    fingerprint: fingerprintOf(name, {}),
  });
  return receipt.position;
};

describe('commands of one instant', () => {
  it('are recorded in their order, however long each is decided', async () => {
    const commands = ['slow', 'quick', 'middling'].map(command);
    const handle = decidedAfter({ slow: 30, middling: 10 });
    expect(await inOrder.together(commands, async (asked) => handle(asked as ClosePeriod))).toEqual([1, 2, 3]);
    expect((await inner.readAfter(0, 10)).map(({ fact }) => readFact(fact).stream)).toEqual([
      'origin-slow',
      'origin-quick',
      'origin-middling',
    ]);
  });

  it('do not wait for one that is refused, which is told', async () => {
    const commands = ['slow', 'refused', 'quick'].map(command);
    const handle = decidedAfter({ slow: 10, refused: 20 });
    await expect(inOrder.together(commands, async (asked) => handle(asked as ClosePeriod))).rejects.toThrow(
      'the rules say no',
    );
    expect(await inner.head()).toBe(2);
  });

  it('make as many batches as one turn has commands', () => {
    const steps = ['one', 'two', 'one', 'three', 'two', 'one'].map((name) => ({ command: command(name) }));
    expect(batchesOf(steps).map((batch) => batch.map(({ command: { book } }) => book))).toEqual([
      ['one', 'two', 'three'],
      ['one', 'two'],
      ['one'],
    ]);
  });
});
