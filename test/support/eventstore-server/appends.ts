import { appendTooLarge, streamDeleted, wrongVersionOfAppend } from './answers.js';
import type { Expected } from './decide-append.js';
import type { Outcome } from './event-store.js';
import type { Node } from './node.js';
import { countedBytes, expectedOf, proposed } from './proposed.js';
import {
  type AppendReq,
  type AppendResp,
  type ServerReadableStream,
  type ServiceError,
  grpc,
  type sendUnaryData,
  shared,
  streamNameOf,
  streams,
} from './protocol.js';
import type { ProposedEvent } from './record.js';

type Call = ServerReadableStream<AppendReq, AppendResp>;

/** Streams.Append: one append a call, its options first and then its events. */
export function append(node: Node, call: Call, answer: sendUnaryData<AppendResp>): void {
  let open = true;
  const close = (error: ServiceError | null, response?: AppendResp): void => {
    if (open) answer(error, response ?? null);
    open = false;
  };
  const request = new Request(node.options.maxAppendBytes);
  const refused = node.refuses(call.metadata);
  if (refused) return close(refused);
  call.on('data', (message: AppendReq) => {
    try {
      if (open) request.take(message);
    } catch (error) {
      close(error as ServiceError);
    }
  });
  call.on('error', () => (open = false));
  call.on('end', () => {
    if (open) void record(node, call, request, close);
  });
}

async function record(
  node: Node,
  call: Call,
  { stream, expected, events }: Request,
  close: (error: ServiceError | null, response?: AppendResp) => void,
): Promise<void> {
  try {
    if (expected === undefined) throw Object.assign(new Error('no options'), { code: grpc.status.UNKNOWN });
    const outcome = await node.record('append', call, { stream, expected, events, cancelled: () => call.cancelled });
    if (outcome.kind === 'deleted') return close(streamDeleted(stream));
    close(null, answered(outcome, expected));
  } catch (error) {
    close(error as ServiceError);
  }
}

function answered(outcome: Exclude<Outcome, { kind: 'deleted' }>, expected: Expected): AppendResp {
  if (outcome.kind === 'wrong') return wrongVersionOfAppend(expected, outcome.current);
  const success = new streams.AppendResp.Success();
  if (outcome.kind === 'success' && outcome.lastRevision >= 0) success.setCurrentRevision(String(outcome.lastRevision));
  else success.setNoStream(new shared.Empty());
  if (outcome.kind === 'success' && outcome.position !== undefined) {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    success.setPosition(position);
  } else success.setNoPosition(new shared.Empty());
  const response = new streams.AppendResp();
  response.setSuccess(success);
  return response;
}

class Request {
  stream = '';
  expected: Expected | undefined;
  readonly events: ProposedEvent[] = [];
  #bytes = 0;

  constructor(private readonly maxAppendBytes: number) {}

  take(message: AppendReq): void {
    const options = message.getOptions();
    if (options) {
      this.stream = streamNameOf(options.getStreamIdentifier());
      this.expected = expectedOf(options, options.hasRevision() ? options.getRevision() : undefined);
      return;
    }
    const event = proposed(message.getProposedMessage()!);
    this.#bytes += countedBytes(event);
    if (this.#bytes > this.maxAppendBytes) throw appendTooLarge(this.maxAppendBytes);
    this.events.push(event);
  }
}
