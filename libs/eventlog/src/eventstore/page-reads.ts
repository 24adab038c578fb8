import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientReadableStream } from '@grpc/grpc-js';
import type { Channel } from './channel.js';
import { NO_SUCH_STREAM, readAnswer } from './read-answers.js';
import type { ReadEvent } from './events.js';

export interface PageOfStream {
  readonly from: number | 'end';
  readonly backwards: boolean;
  readonly limit: number;
  readonly links: boolean;
}

/** A page that is being read. */
export interface Page {
  /** None of a stream that is not there. */
  readonly events: Promise<ReadEvent[]>;
  cancel(): void;
}

/** Asks the leader for a page of a stream. */
export function readPage(channel: Channel, stream: string, page: PageOfStream): Page {
  let cancelled = false;
  let reading: ClientReadableStream<Buffer> | undefined;
  const collected = async (): Promise<ReadEvent[]> => {
    const { path, requestSerialize } = channel.service.read;
    const request = requestFor(channel, stream, page);
    reading = await channel.begin((streams, metadata, options) =>
      streams
        .makeServerStreamRequest(path, requestSerialize, asItIs, request, metadata, options)
        // A broken channel is told of also when nobody reads any more, and an error that nobody hears ends the process.
        .on('error', () => undefined),
    );
    if (cancelled) reading.cancel();
    return collect(reading).catch((error: Error) => {
      throw channel.commandError(error);
    });
  };
  const events = collected();
  // Whoever has cancelled has heard why already.
  events.catch(() => undefined);
  const cancel = (): void => {
    cancelled = true;
    reading?.cancel();
  };
  return { events, cancel };
}

const asItIs = (message: Buffer): Buffer => message;

function collect(reading: ClientReadableStream<Buffer>): Promise<ReadEvent[]> {
  return new Promise((resolve, reject) => {
    const events: ReadEvent[] = [];
    reading
      .on('data', (message: Buffer) => {
        try {
          const answer = readAnswer(message);
          if (answer === NO_SUCH_STREAM) resolve([]);
          else if (answer !== undefined) events.push(answer);
        } catch (error) {
          reject(error);
          reading.cancel();
        }
      })
      .on('end', () => resolve(events))
      .on('error', reject);
  });
}

function requestFor(
  { streams, shared }: Channel,
  stream: string,
  { from, backwards, limit, links }: PageOfStream,
): Streams.ReadReq {
  const { ReadReq } = streams;
  const { Empty, StreamIdentifier } = shared;
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const of = new ReadReq.Options.StreamOptions();
  of.setStreamIdentifier(identifier);
  if (from === 'end') of.setEnd(new Empty());
  else of.setRevision(String(from));
  const ids = new ReadReq.Options.UUIDOption();
  ids.setString(new Empty());
  const options = new ReadReq.Options();
  options.setStream(of);
  options.setReadDirection(ReadReq.Options.ReadDirection[backwards ? 'BACKWARDS' : 'FORWARDS']);
  options.setResolveLinks(links);
  options.setCount(String(limit));
  options.setUuidOption(ids);
  options.setNoFilter(new Empty());
  const request = new ReadReq();
  request.setOptions(options);
  return request;
}
