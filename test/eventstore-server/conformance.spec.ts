import { randomUUID } from 'node:crypto';
import {
  type AppendExpectedRevision,
  type AppendResult,
  EventStoreDBClient,
  MaxAppendSizeExceededError,
  type Position,
  StreamNotFoundError,
  UnknownError,
  WrongExpectedVersionError,
  binaryEvent,
  eventTypeFilter,
  jsonEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Way, append as appendBy, facts, refusalOf, textsOf as textsBy } from '../support/appending.js';
import { type GivenEventStore, givenEventStore } from '../support/event-store.js';
import { listen } from '../support/subscription-listener.js';

// What an EventStoreDB does, as the public client sees it. Every expectation holds on a real node; the streams have a
// prefix of their own, so that the node need not be empty.
let given: GivenEventStore;
let client: EventStoreDBClient;
const prefix = `conformance${randomUUID().slice(0, 8)}`;
let streams = 0;
const newStream = (): string => `${prefix}-${++streams}`;

beforeAll(async () => {
  // A node knows the events again that it has recorded lately.
  given = await givenEventStore({ deduplicate: true });
  client = EventStoreDBClient.connectionString(given.url);
}, 180_000);

afterAll(async () => {
  await client.dispose();
  await given.stop();
});

// The two ways to append, with the client of this suite.
const append = (
  way: Way,
  stream: string,
  events: Parameters<typeof appendBy>[3],
  expected: AppendExpectedRevision,
): Promise<AppendResult> => appendBy(client, way, stream, events, expected);

const textsOf = (stream: string, options?: Parameters<typeof textsBy>[2]): Promise<string[]> =>
  textsBy(client, stream, options);

describe.each(['Append', 'BatchAppend'] as const)('%s', (way) => {
  it('records where the stream is as expected, and answers with the last revision and its position', async () => {
    const stream = newStream();
    const first = await append(way, stream, facts('a', 'b'), 'no_stream');
    const second = await append(way, stream, facts('c'), 1n);
    expect([first.success, first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([true, 1n, 2n]);
    expect(second.position!.commit > first.position!.commit).toBe(true);
    expect(await textsOf(stream)).toEqual(['a', 'b', 'c']);
  });

  it('refuses what the stream is not as expected, says where it stands, and records nothing of it', async () => {
    const stream = newStream();
    await append(way, stream, facts('a', 'b'), 'no_stream');
    for (const expected of [0n, 2n, 'no_stream'] as const) {
      const error = await refusalOf(append(way, stream, facts('x', 'y'), expected));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ streamName: stream, expectedVersion: expected, actualVersion: 1n });
    }
    expect(await textsOf(stream)).toEqual(['a', 'b']);
  });

  it('refuses a revision or any stream at all of one that is not there, and says so', async () => {
    for (const expected of [0n, 'stream_exists'] as const) {
      const error = await refusalOf(append(way, newStream(), facts('x'), expected));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ expectedVersion: expected, actualVersion: 'no_stream' });
    }
  });

  it('records without an expectation, and where the stream must only exist', async () => {
    const stream = newStream();
    await append(way, stream, facts('a'), 'any');
    await append(way, stream, facts('b'), 'any');
    await append(way, stream, facts('c'), 'stream_exists');
    expect(await textsOf(stream)).toEqual(['a', 'b', 'c']);
  });

  it('refuses more bytes than one append may have, and records nothing of them', async () => {
    const stream = newStream();
    const large = facts(...Array.from({ length: 3 }, () => 'x'.repeat(400_000)));
    const error = await refusalOf(append(way, stream, large, 'no_stream'));
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(error).toMatchObject({ maxAppendSize: 1_048_576 });
    await expect(textsOf(stream)).rejects.toBeInstanceOf(StreamNotFoundError);
  });

  it('answers the same events at the same expected revision as it did before, and records them once', async () => {
    const stream = newStream();
    const events = facts('a', 'b');
    const first = await append(way, stream, events, 'no_stream');
    await append(way, stream, facts('c'), 1n);
    expect(await append(way, stream, events, 'no_stream')).toEqual(first);
    expect(await append(way, stream, events, 'any')).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const half = refusalOf(append(way, stream, [events[0]!, ...facts('x')], 'no_stream'));
    expect(await half).toBeInstanceOf(WrongExpectedVersionError);
    expect(await textsOf(stream)).toEqual(['a', 'b', 'c']);
  });

  it('gives a revision to one of many who want it', async () => {
    const stream = newStream();
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => append(way, stream, facts(`${index}`), 'no_stream')),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await textsOf(stream)).toHaveLength(1);
  });
});

it('gives back the bytes, the metadata and the id of an event as they were', async () => {
  const stream = newStream();
  const id = randomUUID();
  const data = Buffer.from([0, 255, 10, 13, 228, 189, 160]);
  const metadata = Uint8Array.from([1, 0, 2]);
  await client.appendToStream(stream, binaryEvent({ id, type: '记账', data, metadata }));
  await client.appendToStream(stream, jsonEvent({ type: 'Json', data: { fen: 1 }, metadata: { by: 'clerk' } }));
  const read = [];
  for await (const { event } of client.readStream(stream)) read.push(event!);
  expect(read[0]).toMatchObject({ id, type: '记账', isJson: false, revision: 0n, streamId: stream });
  expect(Buffer.from(read[0]!.data as Uint8Array)).toEqual(data);
  expect(Buffer.from(read[0]!.metadata as Uint8Array)).toEqual(Buffer.from(metadata));
  expect(read[1]).toMatchObject({ type: 'Json', isJson: true, data: { fen: 1 }, metadata: { by: 'clerk' } });
  expect(Math.abs(read[0]!.created.getTime() - Date.now())).toBeLessThan(60_000);
});

describe('reading a stream', () => {
  it('goes forwards and backwards, from either end or a revision, as far as asked', async () => {
    const stream = newStream();
    await append('Append', stream, facts(...'abcdefghij'), 'no_stream');
    expect(await textsOf(stream)).toEqual([...'abcdefghij']);
    expect(await textsOf(stream, { maxCount: 3 })).toEqual(['a', 'b', 'c']);
    expect(await textsOf(stream, { fromRevision: 7n })).toEqual(['h', 'i', 'j']);
    expect(await textsOf(stream, { fromRevision: 99n })).toEqual([]);
    expect(await textsOf(stream, { direction: 'backwards', fromRevision: 'end', maxCount: 2 })).toEqual(['j', 'i']);
    expect(await textsOf(stream, { direction: 'backwards', fromRevision: 1n })).toEqual(['b', 'a']);
    expect(await textsOf(stream, { direction: 'backwards', fromRevision: 99n, maxCount: 2 })).toEqual(['j', 'i']);
    expect(await textsOf(stream, { direction: 'backwards', fromRevision: 'start' })).toEqual(['a']);
  });

  it('fails when it shall go forwards from the end', async () => {
    const stream = newStream();
    await append('Append', stream, facts('a'), 'no_stream');
    expect(await refusalOf(textsOf(stream, { fromRevision: 'end' }))).toBeInstanceOf(UnknownError);
  });

  it('says of a stream that is not there that it is not', async () => {
    const stream = newStream();
    const error = await refusalOf(textsOf(stream));
    expect(error).toBeInstanceOf(StreamNotFoundError);
    expect(error).toMatchObject({ streamName: stream });
  });
});

describe('$all', () => {
  it('has every event in the order of its position, whatever stands between, and goes on after a position', async () => {
    const [one, other] = [newStream(), newStream()];
    const before = await append('Append', one, facts('before'), 'no_stream');
    for (const index of Array.from({ length: 30 }).keys())
      await append('Append', index % 2 === 0 ? one : other, facts(`${index}`, `${index}b`), 'any');
    const events = await readAll({ fromPosition: before.position! });
    expect(isRising(events.map(({ position }) => position))).toBe(true);
    expect(events[0]).toMatchObject({ text: 'before', position: before.position!.commit });
    const ours = events.filter(({ stream }) => stream === one || stream === other).slice(1);
    expect(ours.map(({ text }) => text)).toEqual(
      Array.from({ length: 30 }, (_, index) => [`${index}`, `${index}b`]).flat(),
    );
  });

  it('goes backwards from a position without what stands there, and from the end with the newest first', async () => {
    const stream = newStream();
    const answers = [];
    for (const text of ['a', 'b', 'c']) answers.push(await append('Append', stream, facts(text), 'any'));
    const before = await readAll({ direction: 'backwards', fromPosition: answers[2]!.position!, maxCount: 50 });
    expect(before.filter((event) => event.stream === stream).map(({ text }) => text)).toEqual(['b', 'a']);
    const newest = await readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 50 });
    expect(newest.filter((event) => event.stream === stream).map(({ text }) => text)).toEqual(['c', 'b', 'a']);
    expect(await readAll({ fromPosition: 'end' })).toEqual([]);
  });

  it('begins with what the node wrote of its own', async () => {
    await append('Append', newStream(), facts('a'), 'no_stream');
    const [first] = await readAll({ maxCount: 1 });
    expect(first!.stream.startsWith('$')).toBe(true);
  });

  it('gives an event the same positions as the read of its stream', async () => {
    const stream = newStream();
    const { position } = await append('Append', stream, facts('a', 'b'), 'no_stream');
    const read = [];
    for await (const resolved of client.readStream(stream)) read.push(resolved);
    expect(read[1]!.event!.position).toEqual(position);
    expect(read[1]!.commitPosition).toBe(position!.commit);
    const all = await readAll({ fromPosition: read[0]!.event!.position!, maxCount: 2 });
    expect(all.map((event) => event.position)).toEqual(read.map(({ event }) => event!.position!.commit));
  });
});

describe('a subscription to a stream', () => {
  it('is confirmed, gives what is there, says that it has caught up, and gives what comes', async () => {
    const stream = newStream();
    await append('Append', stream, facts('a', 'b'), 'no_stream');
    const heard = listen(client.subscribeToStream(stream));
    await heard.until(() => heard.log.includes('caught up'));
    await append('Append', stream, facts('c', 'd'), 1n);
    await heard.until(() => heard.log.includes('d'));
    expect(heard.log).toEqual(['confirmed', 'a', 'b', 'caught up', 'c', 'd']);
    await heard.stop();
  });

  it('goes on after the revision given, and waits for a stream that is not there yet', async () => {
    const stream = newStream();
    const early = listen(client.subscribeToStream(stream));
    await early.until(() => early.log.includes('caught up'));
    await append('Append', stream, facts('a', 'b', 'c'), 'no_stream');
    const late = listen(client.subscribeToStream(stream, { fromRevision: 1n }));
    const newest = listen(client.subscribeToStream(stream, { fromRevision: 'end' }));
    await newest.until(() => newest.log.includes('caught up'));
    await append('Append', stream, facts('d'), 2n);
    for (const heard of [early, late, newest]) await heard.until(() => heard.log.includes('d'));
    expect(early.texts()).toEqual(['a', 'b', 'c', 'd']);
    expect(late.texts()).toEqual(['c', 'd']);
    expect(newest.texts()).toEqual(['d']);
    for (const heard of [early, late, newest]) await heard.stop();
  });

  it('gives many events in their order, each once, while they are being written', async () => {
    const stream = newStream();
    const texts = Array.from({ length: 600 }, (_, index) => `${index}`);
    const heard = listen(client.subscribeToStream(stream));
    for (let at = 0; at < texts.length; at += 20)
      await append('Append', stream, facts(...texts.slice(at, at + 20)), at === 0 ? 'no_stream' : BigInt(at - 1));
    await heard.until(() => heard.texts().length >= texts.length);
    expect(heard.texts()).toEqual(texts);
    await heard.stop();
  });
});

describe('a subscription to $all', () => {
  it('gives what comes after a position, and not the event at it', async () => {
    const stream = newStream();
    const { position } = await append('Append', stream, facts('a'), 'no_stream');
    await append('Append', stream, facts('b', 'c'), 0n);
    const heard = listen(client.subscribeToAll({ fromPosition: position! }), (event) => event.streamId === stream);
    await heard.until(() => heard.texts().length === 2);
    expect(heard.texts()).toEqual(['b', 'c']);
    await heard.stop();
  });

  it.each([
    ['the beginning of a stream name', (stream: string) => streamNameFilter({ prefixes: [stream, 'no such'] })],
    ['a pattern of stream names', (stream: string) => streamNameFilter({ regex: `^${stream}$` })],
    ['the beginning of an event type', (stream: string) => eventTypeFilter({ prefixes: [`type of ${stream}`] })],
    ['a pattern of event types', (stream: string) => eventTypeFilter({ regex: `of ${stream}$` })],
  ])('filters by %s', async (_, filterFor) => {
    const [stream, other] = [`${newStream()}x`, newStream()];
    const event = (text: string) => binaryEvent({ type: `type of ${stream}`, data: Buffer.from(text) });
    const { position } = await append('Append', stream, [event('a')], 'no_stream');
    await append('Append', other, facts('x', 'y'), 'no_stream');
    await append('Append', stream, [event('b'), event('c')], 0n);
    const heard = listen(client.subscribeToAll({ fromPosition: position!, filter: filterFor(stream) }));
    await heard.until(() => heard.texts().length >= 2);
    await append('Append', other, facts('z'), 1n);
    await append('Append', stream, [event('d')], 2n);
    await heard.until(() => heard.texts().length >= 3);
    expect(heard.texts()).toEqual(['b', 'c', 'd']);
    await heard.stop();
  });

  it('hears how far it has got where nothing is for it, and can go on from there', async () => {
    const [stream, other] = [newStream(), newStream()];
    const { position } = await append('Append', other, facts('x'), 'no_stream');
    for (const index of Array.from({ length: 40 }).keys())
      await append('Append', other, facts('x', 'y', 'z'), BigInt(index * 3));
    const checkpoints: Position[] = [];
    const checkpointReached = (_: unknown, at: Position): void => void checkpoints.push(at);
    const filter = streamNameFilter({
      prefixes: [stream],
      checkpointInterval: 1,
      maxSearchWindow: 16,
      checkpointReached,
    });
    const heard = listen(client.subscribeToAll({ fromPosition: position!, filter }));
    await heard.until(() => checkpoints.length >= 3);
    await heard.stop();
    const [, at] = checkpoints;
    expect(isRising(checkpoints.map(({ commit }) => commit)) && checkpoints[0]!.commit > position!.commit).toBe(true);
    const all = await readAll({ fromPosition: position! });
    const after = all.filter((event) => event.stream === other && event.position > at!.commit).map(({ text }) => text);
    const resumed = listen(client.subscribeToAll({ fromPosition: at! }), (event) => event.streamId === other);
    await resumed.until(() => resumed.texts().length >= after.length);
    // A node may give the event at the checkpoint once more.
    expect(resumed.texts().slice(-after.length)).toEqual(after);
    expect(resumed.texts().length - after.length).toBeLessThanOrEqual(1);
    await resumed.stop();
  });
});

describe('links', () => {
  it('are followed on request: the target is the event, the link is beside it', async () => {
    const [target, links] = [newStream(), newStream()];
    await append('Append', target, facts('a', 'b'), 'no_stream');
    await append('Append', links, [link(`1@${target}`), link(`7@${target}`), link(`0@${newStream()}`)], 'no_stream');
    const read = [];
    for await (const resolved of client.readStream(links, { resolveLinkTos: true })) read.push(resolved);
    expect(read[0]).toMatchObject({
      event: { streamId: target, revision: 1n },
      link: { streamId: links, revision: 0n },
    });
    expect(read.slice(1).map(({ event, link: kept }) => [event, kept?.revision])).toEqual([
      [undefined, 1n],
      [undefined, 2n],
    ]);
    expect(read[0]!.commitPosition).toBe(read[0]!.link!.position!.commit);
    const [plain] = await textsOf(links, { maxCount: 1 });
    expect(plain).toBe(`1@${target}`);
    const heard = listen(client.subscribeToStream(links, { resolveLinkTos: true }));
    await heard.until(() => heard.log.includes('b'));
    await heard.stop();
  });
});

describe('the metadata of a stream', () => {
  it('leaves its newest events by $maxCount, and none before $tb', async () => {
    const stream = newStream();
    await append('Append', stream, facts(...'abcdef'), 'no_stream');
    await client.setStreamMetadata(stream, { maxCount: 3 });
    expect(await textsOf(stream)).toEqual(['d', 'e', 'f']);
    expect(await textsOf(stream, { direction: 'backwards', fromRevision: 'end' })).toEqual(['f', 'e', 'd']);
    await client.setStreamMetadata(stream, { truncateBefore: 5 });
    expect(await textsOf(stream)).toEqual(['f']);
    expect((await append('Append', stream, facts('g'), 5n)).nextExpectedRevision).toBe(6n);
    expect(await textsOf(stream)).toEqual(['f', 'g']);
    const { metadata } = await client.getStreamMetadata(stream);
    expect(metadata).toEqual({ truncateBefore: 5 });
    expect((await append('Append', stream, facts('h'), 6n)).nextExpectedRevision).toBe(7n);
  });
});

interface Seen {
  stream: string;
  text: string;
  position: bigint;
}

async function readAll(options: Parameters<EventStoreDBClient['readAll']>[0]): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const { event } of client.readAll(options)) {
    const text = event!.isJson ? JSON.stringify(event!.data) : Buffer.from(event!.data).toString();
    seen.push({ stream: event!.streamId, text, position: event!.position.commit });
  }
  return seen;
}

const isRising = (numbers: bigint[]): boolean =>
  numbers.every((number, index) => index === 0 || number > numbers[index - 1]!);

const link = (to: string): ReturnType<typeof binaryEvent> => binaryEvent({ type: '$>', data: Buffer.from(to) });
