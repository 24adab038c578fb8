import { randomUUID } from 'node:crypto';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { Channel } from './channel.js';
import { type FilePosition, type NewEvent, StreamMoved, Unanswered } from './events.js';

type Call = ClientDuplexStream<Streams.BatchAppendReq, Streams.BatchAppendResp>;

interface Waiting {
  readonly resolve: (at: FilePosition | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Who waits for an answer over a call, by the id of the append. */
interface Line {
  readonly waiting: Map<string, Waiting>;
  ended?: Error;
}

/**
 * Appends over one lasting call: a call for each costs both sides twice the time. Each has its own deadline and is known by
 * an id; when the call ends, all that wait have no answer. The client's own way does this too, but all its connections share
 * one table of who waits, and an answer that comes after another's end would end the process.
 */
export class BatchAppends {
  readonly #open = new WeakMap<StreamsClient, Call>();
  readonly #lines = new WeakMap<Call, Line>();

  constructor(private readonly channel: Channel) {}

  /** Rejects with `StreamMoved`, `Unanswered`, one of the client's errors, or one that says what can never be recorded. */
  async append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    withinMs: number,
  ): Promise<FilePosition | undefined> {
    const call = await this.#call();
    const line = this.#lines.get(call);
    if (line === undefined || line.ended !== undefined)
      throw line?.ended ?? new Unanswered('there is no call for appends');
    const { waiting } = line;
    const id = randomUUID();
    const request = this.#requestFor(id, stream, expectedRevision, events);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        timer = setTimeout(() => reject(new Unanswered(`no answer within ${withinMs} ms`)), withinMs);
        call.write(request);
      });
    } finally {
      clearTimeout(timer);
      waiting.delete(id);
    }
  }

  #call(): Promise<Call> {
    return this.channel.begin((streams, metadata, options) => {
      const call = streams.batchAppend(metadata, options);
      const line: Line = { waiting: new Map() };
      this.#lines.set(call, line);
      const end = (error: Error): void => {
        line.ended ??= error;
        if (this.#open.get(streams) === call) this.#open.delete(streams);
        for (const { reject } of line.waiting.values()) reject(error);
      };
      return call
        .on('data', (answer: Streams.BatchAppendResp) => settle(line.waiting, answer))
        .on('error', (error: Error) => end(this.channel.commandError(error)))
        .on('end', () => end(new Unanswered('the call for appends has ended')));
    }, this.#open);
  }

  #requestFor(
    id: string,
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
  ): Streams.BatchAppendReq {
    const { BatchAppendReq } = this.channel.streams;
    const { Empty, StreamIdentifier } = this.channel.shared;
    const identifier = new StreamIdentifier();
    identifier.setStreamName(Buffer.from(stream));
    const options = new BatchAppendReq.Options();
    options.setStreamIdentifier(identifier);
    if (expectedRevision < 0) options.setNoStream(new Empty());
    else options.setStreamPosition(String(expectedRevision));
    const request = new BatchAppendReq();
    request.setCorrelationId(this.#uuid(id));
    request.setOptions(options);
    request.setProposedMessagesList(events.map((event) => this.#proposed(event)));
    request.setIsFinal(true);
    return request;
  }

  #proposed({ id = randomUUID(), type, data, metadata }: NewEvent): Streams.BatchAppendReq.ProposedMessage {
    const message = new this.channel.streams.BatchAppendReq.ProposedMessage();
    message.setId(this.#uuid(id));
    message.getMetadataMap().set('type', type).set('content-type', 'application/octet-stream');
    message.setData(data);
    if (metadata !== undefined) message.setCustomMetadata(Buffer.from(JSON.stringify(metadata)));
    return message;
  }

  #uuid(text: string): InstanceType<Channel['shared']['UUID']> {
    const uuid = new this.channel.shared.UUID();
    uuid.setString(text);
    return uuid;
  }
}

/** An answer that nobody waits for any more came after its deadline. */
function settle(waiting: ReadonlyMap<string, Waiting>, answer: Streams.BatchAppendResp): void {
  const asked = waiting.get(answer.getCorrelationId()?.getString() ?? '');
  const error = answer.getError();
  if (error !== undefined) asked?.reject(refusal(error.getDetails()?.getTypeName() ?? '', error.getMessage()));
  else asked?.resolve(positionIn(answer));
}

/** Never recorded, whenever it is tried again. */
const NEVER = new Set(['AccessDenied', 'BadRequest', 'MaximumAppendSizeExceeded', 'StreamDeleted']);

function refusal(type: string, message: string): Error {
  const name = type.slice(type.lastIndexOf('.') + 1);
  if (name === 'WrongExpectedVersion') return new StreamMoved('another revision was expected');
  // Time that has passed, a node that is busy or not ready yet, and what nobody has foreseen: it may have been recorded.
  return NEVER.has(name) ? new Error(`${name} ${message}`) : new Unanswered(`${name} ${message}`);
}

function positionIn(answer: Streams.BatchAppendResp): FilePosition | undefined {
  const position = answer.getSuccess()?.getPosition();
  if (position === undefined) return undefined;
  return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
}
