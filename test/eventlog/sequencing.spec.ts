import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStoreLog, NO_STREAM, openEventStoreLog, type RecordedFact } from '@ledger/eventlog';
import { leafOf } from '@ledger/transparency';
import { appendOf } from '../support/appends.js';
import { type GivenEventStore, givenEventStore } from '../support/event-store.js';

const TAKE_OVER_AFTER_MS = 500;

interface Member {
  readonly child: ChildProcess;
  /** The command ids that were acknowledged. */
  readonly acknowledged: string[];
  leads: boolean;
}

let eventStore: GivenEventStore;
let namespace: string;
let opened: EventStoreLog[] = [];
let members: Member[] = [];

beforeAll(async () => {
  eventStore = await givenEventStore();
});
afterAll(() => eventStore.stop());
beforeEach(() => {
  namespace = `order-${randomUUID().slice(0, 8)}`;
});
afterEach(async () => {
  for (const { child } of members.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await Promise.all(opened.splice(0).map((log) => log.close()));
});

const open = async (sequences = true): Promise<EventStoreLog> => {
  const log = await openEventStoreLog({
    url: eventStore.url,
    namespace,
    sequences,
    tellEveryMs: 100,
    takeOverAfterMs: TAKE_OVER_AFTER_MS,
  });
  opened.push(log);
  return log;
};

/** A process of its own that stands by to decide the order and records fact after fact. */
function member(): Member {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      `--import=${new URL('../support/typescript-hooks.mjs', import.meta.url).href}`,
      fileURLToPath(new URL('../support/sequencing-process.ts', import.meta.url)),
      eventStore.url,
      namespace,
      String(TAKE_OVER_AFTER_MS),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const started: Member = { child, acknowledged: [], leads: false };
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'leads' || line === 'follows') started.leads = line === 'leads';
    else started.acknowledged.push(line);
  });
  members.push(started);
  return started;
}

const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await pause(10);
};

const record = async (log: EventStoreLog, stream: string, count: number): Promise<void> => {
  for (let revision = NO_STREAM; revision < count - 1; revision++) {
    await log.append(appendOf({ stream, expectedRevision: revision }));
  }
};

/** Everything that stands in the order, once all that was acknowledged does, after looking that nothing is wrong with it. */
async function wholeOrder(log: EventStoreLog): Promise<RecordedFact[]> {
  // They go on meanwhile.
  const acknowledged = members.map((each) => [...each.acknowledged]);
  for (const commandIds of acknowledged) {
    const known = await log.receiptOf(commandIds.at(-1) ?? '');
    if (known !== undefined) await log.positionOf(known.receipt);
  }
  const facts: RecordedFact[] = [];
  for (let page = await log.readAfter(0, 1000); page.length > 0; page = await log.readAfter(facts.length, 1000)) {
    facts.push(...page);
  }
  facts.forEach(({ position, recordedAtMs, leaf, fact }, index) => {
    expect(position).toBe(index + 1);
    expect(recordedAtMs).toBeGreaterThanOrEqual(facts[index - 1]?.recordedAtMs ?? 0);
    expect(leaf).toBe(leafOf(position, recordedAtMs, fact));
  });
  const commands = facts.map(({ fact }) => (JSON.parse(fact) as { commandId: string }).commandId);
  expect(new Set(commands).size).toBe(commands.length);
  expect(acknowledged.flat().filter((id) => !commands.includes(id))).toStrictEqual([]);
  return facts;
}

describe('who decides the order', () => {
  it('is one of those who stand by, and the next at once when he leaves', async () => {
    const logs = [await open(), await open(), await open()];
    for (let round = 0; round < 3; round++) {
      await until(() => logs.some(({ sequencing }) => sequencing));
      expect(logs.filter(({ sequencing }) => sequencing)).toHaveLength(1);
      await Promise.all(logs.map((log, index) => record(log, `ledger-${round}-${index}`, 10)));
      const leader = logs.findIndex(({ sequencing }) => sequencing);
      if (logs.length > 1) await logs.splice(leader, 1)[0]?.close();
    }
    const [log] = logs;
    if (log === undefined) throw new Error('none is left');
    await log.positionOf({ stream: 'ledger-2-0', revision: 9, position: undefined, facts: [] });
    expect(await wholeOrder(log)).toHaveLength(60);
  });

  it('need not be among those who record', async () => {
    const writer = await open(false);
    await record(writer, 'ledger-qianmei-2024', 3);
    expect(await writer.head()).toBe(0);
    await open();
    await writer.positionOf({ stream: 'ledger-qianmei-2024', revision: 2, position: undefined, facts: [] });
    expect(await wholeOrder(writer)).toHaveLength(3);
    expect(writer.sequencing).toBe(false);
  });

  it('is another soon after he is killed, and nothing acknowledged is lost or ordered twice', async () => {
    const killed = member();
    await until(() => killed.leads && killed.acknowledged.length > 20);
    const log = await open();
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    const silentSince = performance.now();
    await until(() => log.sequencing);
    expect(performance.now() - silentSince).toBeLessThan(5_000);
    await record(log, 'ledger-qianmei-2024', 10);
    await log.positionOf({ stream: 'ledger-qianmei-2024', revision: 9, position: undefined, facts: [] });
    expect((await wholeOrder(log)).length).toBeGreaterThanOrEqual(killed.acknowledged.length + 10);
  });

  it('decides nothing any more when he wakes up after another has taken over', async () => {
    const stopped = member();
    await until(() => stopped.leads && stopped.acknowledged.length > 20);
    const log = await open();
    stopped.child.kill('SIGSTOP');
    await until(() => log.sequencing);
    await record(log, 'ledger-qianmei-2024', 20);
    await log.positionOf({ stream: 'ledger-qianmei-2024', revision: 19, position: undefined, facts: [] });
    const before = await log.readAfter(0, 10_000);

    stopped.child.kill('SIGCONT');
    await until(() => !stopped.leads);
    const soFar = stopped.acknowledged.length;
    await until(() => stopped.acknowledged.length > soFar + 20);
    expect(log.sequencing).toBe(true);
    const after = await wholeOrder(log);
    expect(after.slice(0, before.length)).toStrictEqual(before);
    expect(after.length).toBeGreaterThan(before.length + 20);
  });
});
