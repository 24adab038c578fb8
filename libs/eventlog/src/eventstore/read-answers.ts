import { UnusableEventStore } from './connection-string.js';
import type { ReadEvent, StoredEvent } from './events.js';

/** What `Streams.Read` answers of a stream that is not there. */
export const NO_SUCH_STREAM = Symbol('no such stream');

/**
 * An answer of `Streams.Read` (streams.proto of EventStoreDB), undefined for one that carries no event. The client makes objects of
 * every part of a message, which costs more than half of a long read; this takes out only what a stored event is made of.
 */
export function readAnswer(message: Buffer): ReadEvent | typeof NO_SUCH_STREAM | undefined {
  const answer = new Fields(message, 0, message.length);
  for (let field = answer.next(); field !== 0; field = answer.next()) {
    if (field === ANSWER.event) return readEvent(answer.nested());
    if (field === ANSWER.noSuchStream) return NO_SUCH_STREAM;
    answer.skip();
  }
  return undefined;
}

/** The numbers of the fields, as streams.proto and shared.proto give them. */
const ANSWER = { event: 1, noSuchStream: 4 };
const EVENT = { event: 1, link: 2 };
const RECORDED = { id: 1, stream: 2, revision: 3, prepare: 4, commit: 5, properties: 6, metadata: 7, data: 8 };
const UUID_TEXT = 2;
const STREAM_NAME = 3;
const PROPERTY = { name: 1, value: 2 };

function readEvent(fields: Fields): ReadEvent {
  let event: StoredEvent | undefined;
  let link: StoredEvent | undefined;
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === EVENT.event) event = recorded(fields.nested());
    else if (field === EVENT.link) link = recorded(fields.nested());
    else fields.skip();
  }
  const entry = link ?? event;
  if (entry === undefined) throw new Error('EventStoreDB answered neither an event nor a link');
  return { entry, target: event };
}

/** Nodes before 22.6 do not tell where in the file an event of a stream stands: they give the end of all numbers. */
export function positionUntold(stream: string, revision: number | bigint): UnusableEventStore {
  return new UnusableEventStore(
    `EventStoreDB没有给出${stream}@${revision}的位置:节点版本须为22.6或更高。` +
      ` EventStoreDB told no position of ${stream}@${revision}: a node of 22.6 or later is needed.`,
  );
}

const NOTHING = Buffer.alloc(0);

function recorded(fields: Fields): StoredEvent {
  let [id, stream, type] = ['', '', ''];
  // A number is left out where it is 0.
  let [revision, prepare, commit] = [0, 0, 0];
  let metadata: unknown;
  let data: Uint8Array = NOTHING;
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === RECORDED.id) id = textIn(fields.nested(), UUID_TEXT);
    else if (field === RECORDED.stream) stream = textIn(fields.nested(), STREAM_NAME);
    else if (field === RECORDED.revision) revision = fields.number();
    else if (field === RECORDED.prepare) prepare = fields.number();
    else if (field === RECORDED.commit) commit = fields.number();
    else if (field === RECORDED.properties) type = typeIn(fields.nested()) ?? type;
    else if (field === RECORDED.metadata) metadata = jsonOf(fields.text());
    else if (field === RECORDED.data) data = fields.bytes();
    else fields.skip();
  }
  if (!Number.isSafeInteger(commit) || !Number.isSafeInteger(prepare)) throw positionUntold(stream, revision);
  return { stream, id, revision, type, data, metadata, position: { commit: BigInt(commit), prepare: BigInt(prepare) } };
}

function textIn(fields: Fields, wanted: number): string {
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === wanted) return fields.text();
    fields.skip();
  }
  return '';
}

/** The type of an event, where this entry of its properties is that. */
function typeIn(fields: Fields): string | undefined {
  let name = '';
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === PROPERTY.name) name = fields.text();
    else if (field === PROPERTY.value && name === 'type') return fields.text();
    else fields.skip();
  }
  return undefined;
}

const jsonOf = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));

const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 };

/** The fields of a message of protocol buffers, one after the other. */
class Fields {
  #wire = 0;

  constructor(
    private readonly buffer: Buffer,
    private at: number,
    private readonly end: number,
  ) {}

  /** The number of the next field, 0 after the last one. */
  next(): number {
    if (this.at >= this.end) return 0;
    const tag = this.number();
    this.#wire = tag & 7;
    return tag >>> 3;
  }

  /** Exact up to the largest safe integer. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.buffer[this.at++];
      if (byte === undefined) throw new RangeError('an answer of EventStoreDB ends in the middle of a number');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  nested(): Fields {
    const end = this.#endOfBytes();
    const nested = new Fields(this.buffer, this.at, end);
    this.at = end;
    return nested;
  }

  text(): string {
    const end = this.#endOfBytes();
    const text = this.buffer.toString('utf8', this.at, end);
    this.at = end;
    return text;
  }

  bytes(): Buffer {
    const end = this.#endOfBytes();
    const bytes = this.buffer.subarray(this.at, end);
    this.at = end;
    return bytes;
  }

  skip(): void {
    if (this.#wire === WIRE.varint) this.number();
    else if (this.#wire === WIRE.bytes) this.at = this.#endOfBytes();
    else if (this.#wire === WIRE.fixed64) this.at += 8;
    else if (this.#wire === WIRE.fixed32) this.at += 4;
    else throw new RangeError(`an answer of EventStoreDB has a field of the unknown kind ${this.#wire}`);
  }

  #endOfBytes(): number {
    const length = this.number();
    if (this.at + length > this.end) throw new RangeError('an answer of EventStoreDB ends in the middle of a field');
    return this.at + length;
  }
}
