import { randomUUID } from 'node:crypto';
import {
  type AppendExpectedRevision,
  EventStoreDBClient,
  MaxAppendSizeExceededError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  binaryEvent,
  jsonEvent,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GivenEventStore, givenEventStore } from '../support/event-store.js';

// What an EventStoreDB does, as the public client sees it. Every expectation holds on a real node; the streams have a
// prefix of their own, so that the node need not be empty.
let given: GivenEventStore;
let client: EventStoreDBClient;
const prefix = `conformance${randomUUID().slice(0, 8)}`;
let number = 0;
const newStream = (): string => `${prefix}-${++number}`;

beforeAll(async () => {
  given = await givenEventStore();
  client = EventStoreDBClient.connectionString(given.url);
}, 180_000);

afterAll(async () => {
  await client.dispose();
  await given.stop();
  process.stdout.write(`conformance of EventStoreDB: ran against ${given.kind} (${given.url})\n`);
});

const fact = (text: string): ReturnType<typeof binaryEvent> =>
  binaryEvent({ type: 'Recorded', data: Buffer.from(text, 'utf8') });

const facts = (...texts: string[]): ReturnType<typeof binaryEvent>[] => texts.map(fact);

// With credentials the client takes Append, a call of its own with a deadline; without, BatchAppend.
const credentials = { username: 'admin', password: 'changeit' };
type Way = 'Append' | 'BatchAppend';

const append = (way: Way, stream: string, events: ReturnType<typeof binaryEvent>[], expectedRevision: AppendExpectedRevision) =>
  client.appendToStream(stream, events, { expectedRevision, ...(way === 'Append' && { credentials }) });

async function textsOf(stream: string, options: Parameters<EventStoreDBClient['readStream']>[1] = {}): Promise<string[]> {
  const texts: string[] = [];
  for await (const { event } of client.readStream(stream, options)) texts.push(Buffer.from(event!.data as Uint8Array).toString());
  return texts;
}

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
    const refused = async (expected: AppendExpectedRevision): Promise<unknown> =>
      append(way, stream, facts('x', 'y'), expected).catch((error: unknown) => error);
    for (const expected of [0n, 2n, 'no_stream'] as const) {
      const error = await refused(expected);
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ streamName: stream, expectedVersion: expected, actualVersion: 1n });
    }
    expect(await textsOf(stream)).toEqual(['a', 'b']);
  });

  it('refuses a revision or any stream at all of one that is not there, and says so', async () => {
    for (const expected of [0n, 'stream_exists'] as const) {
      const error = await append(way, newStream(), facts('x'), expected).catch((problem: unknown) => problem);
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
    const large = Array.from({ length: 3 }, () => fact('x'.repeat(400_000)));
    const error = await append(way, stream, large, 'no_stream').catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(error).toMatchObject({ maxAppendSize: 1_048_576 });
    await expect(textsOf(stream)).rejects.toBeInstanceOf(StreamNotFoundError);
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
    expect(await textsOf(stream, { fromRevision: 'end' })).toEqual([]);
    expect(await textsOf(stream, { direction: 'backwards', fromRevision: 'end', maxCount: 2 })).toEqual(['j', 'i']);
    expect(await textsOf(stream, { direction: 'backwards', fromRevision: 1n })).toEqual(['b', 'a']);
    expect(await textsOf(stream, { direction: 'backwards', fromRevision: 'start' })).toEqual(['a']);
  });

  it('says of a stream that is not there that it is not', async () => {
    const stream = newStream();
    const error = await textsOf(stream).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(StreamNotFoundError);
    expect(error).toMatchObject({ streamName: stream });
  });
});
