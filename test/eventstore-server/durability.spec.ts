import { appendFileSync, copyFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, expect, it } from '@jest/globals';
import { type Way, append, facts, refusalOf, textsOf } from '../support/appending.js';
import { startServer } from '../support/eventstore-server/server.js';
import { type ServerProcess, startServerProcess } from '../support/eventstore-process.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function givenDirectory(): string {
  const directory = temporaryDirectory();
  ends.push(() => directory.remove());
  return directory.path;
}

async function givenProcess(directory: string, ...args: string[]): Promise<ServerProcess> {
  const server = await startServerProcess(directory, ...args);
  ends.push(() => server.kill());
  return server;
}

function clientOf(url: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  ends.push(() => client.dispose());
  return client;
}

interface Answered {
  stream: string;
  texts: string[];
  revision: bigint;
  position: bigint;
}

it('keeps all that it answered when it is killed in the middle of appends, dense and nothing half', async () => {
  const directory = givenDirectory();
  const answered: Answered[] = [];
  const WRITERS = 8;
  let inFlight = 0;
  for (const round of [1, 2, 3, 4, 5]) {
    const server = await givenProcess(directory);
    const client = clientOf(server.url);
    await expectWhole(client, answered);
    let underWay = 0;
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      const way: Way = writer % 2 === 0 ? 'Append' : 'BatchAppend';
      for (let turn = 0; ; turn++) {
        const stream = `s-${writer}-${round}`;
        const texts = [`${turn}a`, `${turn}b`, `${turn}c`];
        underWay++;
        const { nextExpectedRevision, position } = await append(
          client,
          way,
          stream,
          facts(...texts),
          turn === 0 ? 'no_stream' : BigInt(turn * 3 - 1),
        );
        underWay--;
        answered.push({ stream, texts, revision: nextExpectedRevision, position: position!.commit });
      }
    });
    const ended = Promise.allSettled(writers);
    await sleep(300 + round * 50);
    if (underWay > 0) inFlight++;
    await server.kill();
    await ended;
  }
  const server = await givenProcess(directory);
  const client = clientOf(server.url);
  await expectWhole(client, answered);
  process.stdout.write(
    `killed five times, with appends under way ${inFlight} times; ${answered.length} answers are all there\n`,
  );
  expect(answered.length).toBeGreaterThan(100);
}, 120_000);

it('cuts off what was not written to its end, says so, and goes on after the last whole append', async () => {
  const directory = givenDirectory();
  const file = join(directory, 'events.log');
  const server = await startServer({ directory });
  const client = clientOf(server.url);
  await append(client, 'Append', 's', facts('a', 'b'), 'no_stream');
  const { size: before } = statSync(file);
  await append(client, 'Append', 's', facts('c', 'd'), 1n);
  await client.dispose();
  await server.stop();
  const { size } = statSync(file);
  for (let cut = size - 1; cut > before; cut -= 17) {
    const copy = join(directory, `cut-${cut}`);
    mkdirSync(copy);
    copyFileSync(file, join(copy, 'events.log'));
    truncateSync(join(copy, 'events.log'), cut);
    const reopened = await startServer({ directory: copy });
    const reader = clientOf(reopened.url);
    expect(reopened.cutOffBytes).toBe(cut - before);
    expect(await textsOf(reader, 's')).toEqual(['a', 'b']);
    await append(reader, 'Append', 's', facts('e'), 1n);
    await reader.dispose();
    await reopened.stop();
  }
  appendFileSync(file, Buffer.from('no append at all'));
  const reopened = await startServer({ directory });
  ends.push(() => reopened.stop());
  expect(await textsOf(clientOf(reopened.url), 's')).toEqual(['a', 'b', 'c', 'd']);
});

it('takes no other file for its log', async () => {
  const directory = givenDirectory();
  writeFileSync(join(directory, 'events.log'), 'a file of somebody else, and quite long');
  await expect(startServer({ directory })).rejects.toThrow('another program');
  expect(readFileSync(join(directory, 'events.log'), 'utf8')).toContain('somebody else');
});

it('is the same after a start as before: positions, links, metadata, and what it knows again', async () => {
  const directory = givenDirectory();
  const first = await givenProcess(directory, '--deduplicate');
  const client = clientOf(first.url);
  const events = facts(...'abcdef');
  const answer = await append(client, 'Append', 's', events, 'no_stream');
  await client.setStreamMetadata('s', { maxCount: 2 });
  const before = await allOf(client);
  await first.kill();
  const second = await givenProcess(directory, '--deduplicate');
  const again = clientOf(second.url);
  expect(await allOf(again)).toEqual(before);
  expect(await textsOf(again, 's')).toEqual(['e', 'f']);
  expect(await append(again, 'Append', 's', events, 'no_stream')).toEqual(answer);
});

it('fails as its parent process tells it', async () => {
  const server = await givenProcess(givenDirectory());
  const client = clientOf(server.url);
  await server.tell({ order: 'set', fault: { name: 'connection-cut', recorded: true, after: 1 } });
  await append(client, 'Append', 's', facts('a'), 'no_stream');
  await refusalOf(append(client, 'Append', 's', facts('b'), 0n));
  expect(await textsOf(client, 's')).toEqual(['a', 'b']);
  expect(await server.tell({ order: 'struck', name: 'connection-cut' })).toEqual({ done: true, struck: 1 });
});

it('says loudly that it does not wait for the disk', async () => {
  const server = await givenProcess(givenDirectory(), '--no-sync');
  expect(server.warnings()).toContain('NOT synced');
});

async function allOf(client: EventStoreDBClient): Promise<string[]> {
  const all: string[] = [];
  for await (const { event } of client.readAll())
    all.push(
      [
        event!.position.commit,
        event!.streamId,
        event!.revision,
        event!.id,
        event!.type,
        event!.created.toISOString(),
      ].join(' '),
    );
  return all;
}

/** Every answer is found where it said; the revisions of each stream have no gap, and an append is there whole or not at all. */
async function expectWhole(client: EventStoreDBClient, answered: readonly Answered[]): Promise<void> {
  const found = new Map<string, { text: string; position: bigint }[]>();
  for await (const { event } of client.readAll()) {
    if (event!.streamId.startsWith('$')) continue;
    const events = found.get(event!.streamId) ?? [];
    expect(event!.revision).toBe(BigInt(events.length));
    events.push({ text: Buffer.from(event!.data as Uint8Array).toString('utf8'), position: event!.position.commit });
    found.set(event!.streamId, events);
  }
  for (const [, events] of found)
    expect(events.map(({ text }) => text)).toEqual(
      events.map((_, index) => `${Math.floor(index / 3)}${'abc'[index % 3]}`),
    );
  for (const [, events] of found) expect(events.length % 3).toBe(0);
  for (const { stream, texts, revision, position } of answered) {
    const last = found.get(stream)?.[Number(revision)];
    expect(last).toEqual({ text: texts.at(-1), position });
  }
}
