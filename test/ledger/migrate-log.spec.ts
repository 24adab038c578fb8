import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { ledgerOrigin } from '@ledger/commands';
import { NO_STREAM, openEventStoreLog, openSqliteLog, type RecordedFact } from '@ledger/eventlog';
import { run } from '../../apps/ledger/src/program.js';
import { appendOf } from '../support/appends.js';
import { givenEventStore } from '../support/event-store.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const eventStore = await givenEventStore();
afterAll(() => eventStore.stop());

let directory: ReturnType<typeof temporaryDirectory>;
let name: string;
let printed: string;

beforeEach(async () => {
  directory = temporaryDirectory();
  name = `moved.${randomUUID().slice(0, 8)}`;
  printed = '';
  for (const stream of ['log', 'error'] as const) {
    jest.spyOn(console, stream).mockImplementation((text: string) => void (printed += `${text}\n`));
  }
  process.env['LEDGER_EVENTSTORE_URL'] = eventStore.url;
  await record(40);
});
afterEach(() => {
  for (const key of ['LEDGER_EVENTSTORE_URL', 'LEDGER_NAME']) delete process.env[key];
  jest.restoreAllMocks();
  directory.remove();
});

async function record(appends: number): Promise<void> {
  const log = openSqliteLog(directory.path);
  await ledgerOrigin(log, { name, demo: false });
  for (let i = 0; i < appends; i++) {
    const stream = `ledger-${i % 7}-2024`;
    await log.append(appendOf({ stream, expectedRevision: await log.revisionOf(stream) }));
  }
  await log.close();
}

async function embedded(): Promise<RecordedFact[]> {
  const log = openSqliteLog(directory.path);
  try {
    return await log.readAfter(0, 1000);
  } finally {
    await log.close();
  }
}

async function inCluster(): Promise<RecordedFact[]> {
  const log = await openEventStoreLog({ url: eventStore.url, namespace: name, sequences: false });
  try {
    return await log.readAfter(0, 1000);
  } finally {
    await log.close();
  }
}

const migrate = (...more: string[]) => run(['migrate-log', '--data', directory.path, ...more]);

it('moves a ledger byte for byte under its own name, and says what comes next', async () => {
  expect(await migrate()).toBe(0);
  expect(await inCluster()).toStrictEqual(await embedded());
  expect(printed).toContain(`${name}的41条事实已在集群中`);
  expect(printed).toContain(`start the cluster with LEDGER_NAME=${name}, and do not start this ledger again`);
});

it('moves what has come since, and copies the attachments once', async () => {
  expect(await migrate()).toBe(0);
  await record(5);
  const bytes = Buffer.from('收据');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  mkdirSync(join(directory.path, 'attachments'), { recursive: true });
  writeFileSync(join(directory.path, 'attachments', `${sha256}.pdf`), bytes);
  expect(await migrate()).toBe(0);
  expect(printed).toContain('Attachments are not moved yet');
  const shared = temporaryDirectory();
  try {
    for (let i = 0; i < 2; i++) expect(await migrate('--attachments', shared.path)).toBe(0);
    expect(readFileSync(join(shared.path, 'attachments', `${sha256}.pdf`))).toEqual(bytes);
    expect(printed).toContain(`Attachments in ${shared.path}: 1.`);
  } finally {
    shared.remove();
  }
  expect(await inCluster()).toStrictEqual(await embedded());
  expect(await embedded()).toHaveLength(46);
});

it('moves nothing while the ledger runs', async () => {
  const log = openSqliteLog(directory.path);
  try {
    expect(await migrate()).toBe(1);
    expect(printed).toContain('is in use by another ledger process; stop that one first');
    expect(await inCluster()).toEqual([]);
  } finally {
    await log.close();
  }
});

it('moves nothing into another ledger of the same name', async () => {
  const log = await openEventStoreLog({ url: eventStore.url, namespace: name, sequences: true });
  const { receipt } = await log.append(appendOf({ stream: 'origin', expectedRevision: NO_STREAM }));
  await log.positionOf(receipt);
  await log.close();
  expect(await migrate()).toBe(1);
  expect(printed).toMatch(/已有另一个账本的1条事实.*holds 1 facts of another ledger/);
});

it('moves nothing under another name, or without an address', async () => {
  process.env['LEDGER_NAME'] = 'another';
  expect(await migrate()).toBe(1);
  expect(printed).toContain(`This ledger is called ${name}, but LEDGER_NAME=another`);
  delete process.env['LEDGER_EVENTSTORE_URL'];
  expect(await migrate()).toBe(1);
  expect(printed).toContain('needs LEDGER_EVENTSTORE_URL, or LEDGER_EVENTSTORE_URL_FILE');
});
