import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { NO_SUCH_STREAM, readAnswer, type StoredEvent } from '@ledger/eventlog';
import * as fc from 'fast-check';
import { identifierOf, shared, streams } from '../support/eventstore-server/protocol.js';

type Recorded = InstanceType<typeof streams.ReadResp.ReadEvent.RecordedEvent>;
type Answer = InstanceType<typeof streams.ReadResp>;

const number = fc.oneof(fc.nat(300), fc.maxSafeNat(), fc.constantFrom(0, 127, 128, 2 ** 49 - 1, 2 ** 49, 2 ** 53 - 1));
const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const plain = { noNullPrototype: true };
const event: fc.Arbitrary<StoredEvent> = fc.record(
  {
    stream: text,
    id: fc.uuid(),
    revision: number,
    type: text,
    data: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
    metadata: fc.option(fc.record({ position: number, leaf: text }, plain), { nil: undefined }),
    position: fc.record({ commit: number.map(BigInt), prepare: number.map(BigInt) }, plain),
  },
  plain,
);

function recorded({ stream, id, revision, type, data, metadata, position }: StoredEvent): Recorded {
  const message = new streams.ReadResp.ReadEvent.RecordedEvent();
  const uuid = new shared.UUID();
  uuid.setString(id);
  message.setId(uuid);
  message.setStreamIdentifier(identifierOf(stream));
  message.setStreamRevision(String(revision));
  message.setCommitPosition(String(position.commit));
  message.setPreparePosition(String(position.prepare));
  message.getMetadataMap().set('created', '17').set('type', type).set('content-type', 'application/octet-stream');
  if (metadata !== undefined) message.setCustomMetadata(Buffer.from(JSON.stringify(metadata)));
  message.setData(data);
  return message;
}

function answer(fill: (read: InstanceType<typeof streams.ReadResp.ReadEvent>) => void): Buffer {
  const read = new streams.ReadResp.ReadEvent();
  fill(read);
  return bytesOf((said) => said.setEvent(read));
}

function bytesOf(fill: (said: Answer) => void): Buffer {
  const message = new streams.ReadResp();
  fill(message);
  return Buffer.from(message.serializeBinary());
}

describe('an answer of EventStoreDB', () => {
  it('gives every event, and every link with what it points to, as they were written', () => {
    fc.assert(
      fc.property(event, fc.option(event, { nil: undefined }), (target, link) => {
        const bytes = answer((read) => {
          read.setEvent(recorded(target));
          if (link !== undefined) read.setLink(recorded(link));
          read.setCommitPosition(String(target.position.commit));
        });
        expect(readAnswer(bytes)).toStrictEqual({ entry: link ?? target, target });
      }),
    );
  });

  it('gives a link whose target is gone without it', () => {
    const [link] = fc.sample(event, 1) as [StoredEvent];
    expect(readAnswer(answer((read) => read.setLink(recorded(link))))).toStrictEqual({
      entry: link,
      target: undefined,
    });
  });

  it('says that there is no such stream, and nothing of what carries no event', () => {
    expect(readAnswer(bytesOf((said) => said.setStreamNotFound(new streams.ReadResp.StreamNotFound())))).toBe(
      NO_SUCH_STREAM,
    );
    expect(readAnswer(bytesOf((said) => said.setFirstStreamPosition('12')))).toBeUndefined();
    expect(readAnswer(bytesOf((said) => said.setCaughtUp(new streams.ReadResp.CaughtUp())))).toBeUndefined();
    expect(readAnswer(Buffer.alloc(0))).toBeUndefined();
  });

  it('is refused where a position does not fit a number, as nodes before 22.6 tell none', () => {
    const [told] = fc.sample(event, 1) as [StoredEvent];
    const untold = { ...told, position: { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n } };
    expect(() => readAnswer(answer((read) => read.setEvent(recorded(untold))))).toThrow('22.6');
  });

  it('is refused when it is cut off anywhere', () => {
    const whole: StoredEvent = {
      stream: 'a',
      id: randomUUID(),
      revision: 300,
      type: 'Fact',
      data: Buffer.from('text'),
      metadata: { position: 1 },
      position: { commit: 1n, prepare: 1n },
    };
    const bytes = answer((read) => read.setEvent(recorded(whole)));
    for (let length = 1; length < bytes.length; length++) {
      expect(() => readAnswer(bytes.subarray(0, length))).toThrow('ends in the middle');
    }
  });
});
