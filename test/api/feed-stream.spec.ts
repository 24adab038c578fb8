import { setTimeout as pause } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type EventLog, NO_STREAM, openMemoryLog } from '@ledger/eventlog';
import { fastify } from 'fastify';
import { concat, finalize, NEVER, type Observable, ReplaySubject, take, tap, throwError } from 'rxjs';
import { type Feed, feedStream } from '../../apps/api/src/read/feed-stream.js';
import { appendOf, rent } from '../support/appends.js';

const everything = { after: 0, wanted: () => true, closing: NEVER } satisfies Feed;

const nothing = { ...everything, wanted: () => false } satisfies Feed;

/** A log that says how many tails of it are open, and how many batches they gave. */
function watched(log: EventLog) {
  const seen = { open: 0, batches: 0 };
  const tail: EventLog['tail'] = (position) => {
    seen.open++;
    return counted(log.tail(position), seen);
  };
  return { seen, log: { tail } };
}

function counted<T>(source: Observable<T>, seen: { open: number; batches: number }): Observable<T> {
  return source.pipe(
    tap(() => seen.batches++),
    finalize(() => seen.open--),
  );
}

async function logOf(facts: number): Promise<EventLog> {
  const log = openMemoryLog();
  for (let revision = NO_STREAM; revision + 1 < facts; revision += 500) {
    await log.append(appendOf({ expectedRevision: revision, facts: Array.from({ length: 500 }, () => rent('租金')) }));
  }
  return log;
}

const idsIn = (text: string): number[] => [...text.matchAll(/^id: (\d+)\nevent: /gm)].map(([, id]) => Number(id));

async function read(stream: Readable, until: (text: string) => boolean): Promise<string> {
  let text = '';
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (until(text)) break;
  }
  return text;
}

describe('a feed', () => {
  it('reads no further than two batches ahead of a client that takes nothing', async () => {
    const { log, seen } = watched(await logOf(20_000));
    const stream = feedStream(log, everything);
    stream.read(0);
    await pause(200);
    expect(seen.batches).toBeLessThanOrEqual(2);
    const text = await read(stream, (all) => idsIn(all).length === 20_000);
    expect(idsIn(text)).toStrictEqual(Array.from({ length: 20_000 }, (_, i) => i + 1));
    stream.destroy();
    expect(seen.open).toBe(0);
  });

  it('ends a client that takes nothing for four heartbeats, and leaves nothing open', async () => {
    const { log, seen } = watched(await logOf(5_000));
    const stream = feedStream(log, { ...everything, heartbeatMs: 5 });
    stream.read(0);
    while (!stream.destroyed) await pause(5);
    expect(seen.open).toBe(0);
  });

  it('beats while nothing happens, with the id up to which nothing was missed', async () => {
    const log = await logOf(500);
    const stream = feedStream(log, { ...nothing, heartbeatMs: 5 });
    const text = await read(stream, (all) => all.split(': 500\nid: 500\n\n').length > 3);
    expect(text.startsWith('retry: 1000\nid: 0\n\n')).toBe(true);
    expect(idsIn(text)).toStrictEqual([]);
    stream.destroy();
  });

  it('ends when the process closes, also for who comes later, and when the log does', async () => {
    const log = await logOf(500);
    const closing = new ReplaySubject<void>(1);
    const before = feedStream(log, { ...everything, closing });
    const text = read(before, () => false);
    await pause(50);
    closing.next();
    expect(idsIn(await text)).toHaveLength(500);
    expect(await read(feedStream(log, { ...everything, closing }), () => false)).toBe('retry: 1000\nid: 0\n\n');

    const ofLog = read(feedStream(log, everything), () => false);
    await pause(50);
    await log.close();
    expect(idsIn(await ofLog)).toHaveLength(500);
  });

  it('leaves nothing open when its client goes away', async () => {
    const { log, seen } = watched(await logOf(500));
    const server = fastify();
    server.get('/feed', async (_, reply) => reply.send(feedStream(log, everything)));
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const clients = await Promise.all(Array.from({ length: 5 }, async () => fetch(`${url}/feed`)));
    for (const { body } of clients) {
      const reader = body?.getReader();
      await reader?.read();
      await pause(20);
      expect(seen.open).toBeGreaterThan(0);
      await reader?.cancel();
    }
    while (seen.open > 0) await pause(5);
    await server.close();
  });

  it('fails with the log', async () => {
    const log = await logOf(500);
    const broken = {
      tail: (position: number) =>
        concat(
          log.tail(position).pipe(take(1)),
          throwError(() => new Error('the disk is gone')),
        ),
    };
    await expect(read(feedStream(broken, nothing), () => false)).rejects.toThrow('the disk is gone');
  });
});
