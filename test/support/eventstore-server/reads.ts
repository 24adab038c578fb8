import { invalidPosition, refusal } from './answers.js';
import { Delivery } from './delivery.js';
import { selectionOf } from './filters.js';
import type { LogIndex } from './log-index.js';
import type { Node } from './node.js';
import { ordinalAt } from './positions.js';
import {
  type ReadReq,
  type ReadResp,
  type ServerWritableStream,
  type ServiceError,
  grpc,
  identifierOf,
  streamNameOf,
  streams,
} from './protocol.js';
import { Sending } from './sending.js';
import { subscribe } from './subscriptions.js';

type Options = NonNullable<ReturnType<ReadReq['getOptions']>>;

const PAGE = 64;

/** Streams.Read: what is there now, or with a subscription also what comes. */
export function read(node: Node, call: ServerWritableStream<ReadReq, ReadResp>): void {
  const fail = (error: ServiceError): void => void call.emit('error', error);
  const refused = node.refuses(call.metadata);
  if (refused) return fail(refused);
  const options = call.request.getOptions();
  if (!options) return fail(invalidPosition());
  admitted(node, call, options).then(() => call.end(), fail);
}

async function admitted(node: Node, call: ServerWritableStream<ReadReq, ReadResp>, options: Options): Promise<void> {
  const sending = new Sending(call);
  const kind = options.hasSubscription() ? 'subscribe' : 'read';
  const stream = options.getStream();
  await node.admit(kind, call, stream ? streamNameOf(stream.getStreamIdentifier()) : '$all');
  const delivery = new Delivery(node, sending, kind, options.getResolveLinks());
  await (kind === 'read' ? page(node, sending, delivery, options) : subscribe(node, sending, delivery, options));
}

async function page(node: Node, sending: Sending, delivery: Delivery, options: Options): Promise<void> {
  const { index } = node.store;
  const stream = options.getStream();
  // A node finds no event number for the end of a stream when it shall read forwards from there.
  if (stream?.hasEnd() === true && !isBackwards(options))
    throw refusal(grpc.status.UNKNOWN, 'Unexpected ReadStreamResult: Error');
  const name = stream && streamNameOf(stream.getStreamIdentifier());
  if (name !== undefined && (index.lastRevision(name) < 0 || index.isSoftDeleted(name)))
    return void (await sending.send(notFound(name)));
  const ordinals = name === undefined ? ordinalsOfAll(index, options) : ordinalsOfStream(index, name, options);
  let left = Number(options.getCount());
  let next: number[] = [];
  const flush = async (): Promise<boolean> => {
    const events = node.store.read(next);
    next = [];
    return delivery.deliver(events);
  };
  for (const ordinal of ordinals) {
    if (left-- <= 0) break;
    if (next.push(ordinal) === PAGE && !(await flush())) return;
  }
  await flush();
}

function* ordinalsOfStream(index: LogIndex, name: string, options: Options): Generator<number> {
  const stream = options.getStream()!;
  const first = index.firstReadable(name);
  const last = index.lastRevision(name);
  if (isBackwards(options)) {
    const from = stream.hasRevision() ? Number(stream.getRevision()) : stream.hasEnd() ? last : 0;
    for (let revision = Math.min(from, last); revision >= first; revision--) yield index.ordinal(name, revision)!;
  } else {
    const from = stream.hasRevision() ? Number(stream.getRevision()) : 0;
    for (let revision = Math.max(from, first); revision <= last; revision++) yield index.ordinal(name, revision)!;
  }
}

/** Forwards a position is within, backwards it is without: so a reader turns round without seeing an event twice. */
function* ordinalsOfAll(index: LogIndex, options: Options): Generator<number> {
  const selection = selectionOf(options.getFilter());
  const all = options.getAll()!;
  const count = index.count;
  const at = all.getPosition();
  const from = at ? ordinalAt(index, Number(at.getCommitPosition())) : all.hasEnd() ? count : 0;
  if (isBackwards(options)) for (let it = from - 1; it >= 0; it--) if (selection.allows(index, it)) yield it;
  if (isBackwards(options)) return;
  for (let it = from; it < count; it++) if (selection.allows(index, it)) yield it;
}

function notFound(stream: string): ReadResp {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  const answer = new streams.ReadResp();
  answer.setStreamNotFound(missing);
  return answer;
}

const isBackwards = (options: Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
