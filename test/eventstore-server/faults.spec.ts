import { setTimeout as sleep } from 'node:timers/promises';
import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  EventStoreDBClient,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
  WrongExpectedVersionError,
  streamNameFilter,
} from '@eventstore/db-client';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type Way, append, facts, refusalOf, textsOf } from '../support/appending.js';
import { makeCertificate } from '../support/certificate.js';
import { givenProtocolServer } from '../support/event-store.js';
import type { EventStoreServer, ServerOptions } from '../support/eventstore-server/server.js';
import { listen } from '../support/subscription-listener.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { tellAtTheEnd } from '../support/told-at-the-end.js';

// What only our own server does: fail on request.
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function given(
  options: Omit<ServerOptions, 'directory'> = {},
): Promise<{ server: EventStoreServer; client: EventStoreDBClient }> {
  const store = await givenProtocolServer(options);
  ends.push(() => store.stop());
  return { server: store.server, client: clientOf(store.url) };
}

function clientOf(url: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  ends.push(() => client.dispose());
  return client;
}

describe.each(['Append', 'BatchAppend'] as const)('a fault of %s', (way: Way) => {
  const kind = way === 'Append' ? 'append' : 'batch-append';

  it('answers a wrong expected revision although it was right, once, and records nothing', async () => {
    const { server, client } = await given();
    await append(client, way, 's', facts('a'), 'no_stream');
    server.faults.set({ name: 'wrong-expected-revision', calls: [kind] });
    const error = await refusalOf(append(client, way, 's', facts('b'), 0n));
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ expectedVersion: 0n, actualVersion: 0n });
    await append(client, way, 's', facts('c'), 0n);
    expect(await textsOf(client, 's')).toEqual(['a', 'c']);
    expect(server.faults.struck('wrong-expected-revision')).toBe(1);
  });

  it.each([
    ['unavailable', UnavailableError],
    ['deadline-exceeded', DeadlineExceededError],
    ['timed-out', way === 'Append' ? TimeoutError : DeadlineExceededError],
  ] as const)('is %s with nothing recorded', async (name, kindOfError) => {
    const { server, client } = await given();
    server.faults.set({ name, after: 1 });
    await append(client, way, 's', facts('a'), 'no_stream');
    expect(await refusalOf(append(client, way, 's', facts('b'), 0n))).toBeInstanceOf(kindOfError);
    await append(client, way, 's', facts('c'), 0n);
    expect(await textsOf(client, 's')).toEqual(['a', 'c']);
  });

  it.each([
    ['deadline-exceeded', DeadlineExceededError],
    ['timed-out', way === 'Append' ? TimeoutError : DeadlineExceededError],
    ['connection-cut', UnavailableError],
  ] as const)('leaves the outcome unknown: %s, recorded or not', async (name, kindOfError) => {
    const { server, client } = await given();
    for (const recorded of [true, false]) {
      server.faults.set({ name, recorded, streamPrefix: `${recorded}` });
      expect(await refusalOf(append(client, way, `${recorded}`, facts('a'), 'no_stream'))).toBeInstanceOf(kindOfError);
    }
    expect(await textsOf(client, 'true')).toEqual(['a']);
    expect((await refusalOf(textsOf(client, 'false'))).constructor.name).toBe('StreamNotFoundError');
    expect(server.faults.struck(name)).toBe(2);
  });

  it('says that another address leads, the client goes there, and the append is recorded once', async () => {
    const { server, client } = await given({ nodes: 2 });
    await append(client, way, 's', facts('a'), 'no_stream');
    server.faults.set({ name: 'not-leader', calls: [kind] });
    const error = await refusalOf(append(client, way, 's', facts('b'), 0n));
    expect(error).toBeInstanceOf(NotLeaderError);
    expect((error as NotLeaderError).leader).toEqual(server.addresses[1]);
    await append(client, way, 's', facts('b'), 0n, { requiresLeader: true });
    expect(await textsOf(client, 's')).toEqual(['a', 'b']);
  });

  it('lasts for a while, or for so many calls, of the streams named', async () => {
    const { server, client } = await given();
    server.faults.set({ name: 'unavailable', streamPrefix: 'x-', times: 2 });
    await append(client, way, 'y-1', facts('a'), 'no_stream');
    for (const _ of [1, 2]) await refusalOf(append(client, way, 'x-1', facts('a'), 'no_stream'));
    await append(client, way, 'x-1', facts('a'), 'no_stream');
    server.faults.set({ name: 'unavailable', forMs: 200 });
    await refusalOf(append(client, way, 'x-1', facts('b'), 0n));
    await sleep(250);
    await append(client, way, 'x-1', facts('b'), 0n);
    expect(await textsOf(client, 'x-1')).toEqual(['a', 'b']);
  });
});

it.each([true, false])('never answers an append, recorded: %s, until the deadline of the client', async (recorded) => {
  const { server, client } = await given();
  server.faults.set({ name: 'no-answer', recorded });
  const error = await refusalOf(append(client, 'Append', 's', facts('a'), 'no_stream', { deadline: 300 }));
  expect(error).toBeInstanceOf(DeadlineExceededError);
  const read = textsOf(client, 's').catch(() => 'nothing');
  expect(await read).toEqual(recorded ? ['a'] : 'nothing');
});

describe('a fault of a subscription', () => {
  it('delivers an event twice', async () => {
    const { server, client } = await given();
    await append(client, 'Append', 's', facts('a', 'b', 'c'), 'no_stream');
    server.faults.set({ name: 'duplicate-delivery', after: 1 });
    const heard = listen(client.subscribeToStream('s'));
    await heard.until(() => heard.texts().length === 4);
    expect(heard.texts()).toEqual(['a', 'b', 'b', 'c']);
  });

  it('takes its time with every event', async () => {
    const { server, client } = await given();
    await append(client, 'Append', 's', facts('a', 'b', 'c'), 'no_stream');
    server.faults.set({ name: 'slow-subscription', delayMs: 100, times: Infinity });
    const begin = performance.now();
    const heard = listen(client.subscribeToStream('s'));
    await heard.until(() => heard.texts().length === 3);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(290);
  });

  it('drops it in the middle, and a new one goes on after what was heard', async () => {
    const { server, client } = await given();
    const { position } = await append(client, 'Append', 's', facts('a', 'b', 'c'), 'no_stream');
    server.faults.set({ name: 'subscription-dropped', after: 2, streamPrefix: 's' });
    const filter = streamNameFilter({ prefixes: ['s'] });
    const heard = listen(client.subscribeToAll({ filter }));
    const error = await refusalOf(heard.until(() => heard.texts().length === 3));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(heard.texts()).toEqual(['a', 'b']);
    const [, b] = await positionsOf(client, 's');
    expect(b! < position!.commit).toBe(true);
    const again = listen(client.subscribeToAll({ filter, fromPosition: { commit: b!, prepare: b! } }));
    await again.until(() => again.texts().length === 1);
    expect(again.texts()).toEqual(['c']);
  });

  it('ends with its connection while it waits', async () => {
    const { server, client } = await given();
    const heard = listen(client.subscribeToStream('s'));
    await heard.until(() => heard.log.includes('caught up'));
    server.disconnect();
    const error = await refusalOf(heard.until(() => false));
    expect([UnavailableError, CancelledError].some((kind) => error instanceof kind)).toBe(true);
  });
});

it('cuts a read in the middle', async () => {
  const { server, client } = await given();
  await append(client, 'Append', 's', facts(...'abcdef'), 'no_stream');
  server.faults.set({ name: 'read-cut', after: 4, calls: ['read'] });
  expect(await refusalOf(textsOf(client, 's'))).toBeInstanceOf(UnavailableError);
  expect(await textsOf(client, 's')).toEqual([...'abcdef']);
});

it('refuses a fault that cannot befall the calls named', async () => {
  const { server } = await given();
  expect(() => server.faults.set({ name: 'duplicate-delivery', calls: ['read'] })).toThrow('cannot befall');
});

it('does not fill the memory for a client that does not read', async () => {
  const { server, client } = await given();
  const large = facts(...Array.from({ length: 60 }, () => 'x'.repeat(16_000)));
  for (const _ of Array.from({ length: 30 })) await append(client, 'Append', 's', large, 'any');
  const subscription = client.subscribeToStream('s');
  const seen = await new Promise<number>((resolve) => {
    let count = 0;
    subscription.once('data', () => {
      subscription.pause();
      count++;
      setTimeout(() => resolve(count), 500);
    });
  });
  expect(seen).toBe(1);
  expect(server.delivered).toBeLessThan(600);
  await subscription.unsubscribe();
});

describe('a cluster', () => {
  it('is found from any of its addresses, and the client goes to the one that leads', async () => {
    const { server } = await given({ nodes: 3 });
    server.elect(2);
    const client = clientOf(server.url);
    await append(client, 'Append', 's', facts('a'), 'no_stream', { requiresLeader: true });
    expect(server.appends).toEqual([0, 0, 1]);
  });

  it('refuses at a follower what wants the leader, and says where it is; other calls a follower answers', async () => {
    const { server } = await given({ nodes: 2 });
    const follower = clientOf(server.urlOf(1));
    await append(follower, 'Append', 's', facts('a'), 'no_stream');
    const error = await refusalOf(append(follower, 'Append', 's', facts('b'), 0n, { requiresLeader: true }));
    expect(error).toBeInstanceOf(NotLeaderError);
    await append(follower, 'Append', 's', facts('b'), 0n, { requiresLeader: true });
    expect(await textsOf(follower, 's')).toEqual(['a', 'b']);
  });
});

it('does not know events again unless it is told to', async () => {
  const { client } = await given();
  const events = facts('a');
  await append(client, 'Append', 's', events, 'no_stream');
  expect(await refusalOf(append(client, 'Append', 's', events, 'no_stream'))).toBeInstanceOf(WrongExpectedVersionError);
  await append(client, 'Append', 's', events, 'any');
  expect(await textsOf(client, 's')).toEqual(['a', 'a']);
});

it('refuses to read from a position where no record begins', async () => {
  const { client } = await given();
  const { position } = await append(client, 'Append', 's', facts('a'), 'no_stream');
  const read = async (): Promise<void> => {
    for await (const _ of client.readAll({
      fromPosition: { commit: position!.commit - 1n, prepare: position!.commit - 1n },
    }));
  };
  expect((await refusalOf(read())).message).toContain('invalid position');
});

describe('a server with TLS and users', () => {
  const directory = temporaryDirectory();
  afterAll(() => directory.remove());
  const certificate = makeCertificate(directory.path);
  const users = { ledger: 'right:word' };
  const secured = certificate ? it : it.skip;
  if (!certificate) tellAtTheEnd('SKIPPED: no openssl on the path, so nothing is tested of TLS and credentials');

  secured('serves those it knows, and refuses wrong credentials and none', async () => {
    const { server, client } = await given({ certificate: certificate!, users });
    await client.appendToStream('s', facts('a'), { expectedRevision: 'no_stream' });
    await client.appendToStream('s', facts('b'), {
      expectedRevision: 0n,
      credentials: { username: 'ledger', password: 'right:word' },
    });
    expect(await textsOf(client, 's')).toEqual(['a', 'b']);
    const anonymous = clientOf(server.url.replace(/\/\/[^@]+@/u, '//'));
    expect(await refusalOf(anonymous.appendToStream('s', facts('x')))).toBeInstanceOf(AccessDeniedError);
    expect(await refusalOf(textsOf(anonymous, 's'))).toBeInstanceOf(AccessDeniedError);
    const wrong = { username: 'ledger', password: 'wrong' };
    expect(await refusalOf(client.appendToStream('s', facts('x'), { credentials: wrong }))).toBeInstanceOf(
      AccessDeniedError,
    );
    expect(await refusalOf(textsOf(client, 's', { credentials: wrong }))).toBeInstanceOf(AccessDeniedError);
    expect(await textsOf(client, 's')).toEqual(['a', 'b']);
  });

  secured('is not believed by a client that does not know its certificate', async () => {
    const { server } = await given({ certificate: certificate!, users });
    const stranger = clientOf(server.url.replace(/&tlsCAFile=[^&]+/u, ''));
    const error = await refusalOf(textsOf(stranger, 's'));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain('certificate');
  });

  secured('cuts a connection under TLS too', async () => {
    const { server, client } = await given({ certificate: certificate!, users });
    server.faults.set({ name: 'connection-cut', recorded: true });
    const credentials = { username: 'ledger', password: 'right:word' };
    const error = await refusalOf(client.appendToStream('s', facts('a'), { credentials }));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(await textsOf(client, 's')).toEqual(['a']);
  });
});

async function positionsOf(client: EventStoreDBClient, stream: string): Promise<bigint[]> {
  const positions: bigint[] = [];
  for await (const { event } of client.readStream(stream)) positions.push(event!.position!.commit);
  return positions;
}
