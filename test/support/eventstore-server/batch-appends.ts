import { batchStatus, deletedInBatch, tooLargeInBatch, wrongVersionOfBatch } from './answers.js';
import type { Expected } from './decide-append.js';
import type { Outcome } from './event-store.js';
import type { Node } from './node.js';
import { countedBytes, expectedOf, proposed } from './proposed.js';
import {
  type BatchAppendReq,
  Empty,
  type ServerDuplexStream,
  type ServiceError,
  type UUID,
  grpc,
  identifierOf,
  shared,
  streamNameOf,
  streams,
} from './protocol.js';
import type { ProposedEvent } from './record.js';

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;
type BatchAppendResp = InstanceType<typeof streams.BatchAppendResp>;

interface Batch {
  id: UUID;
  stream: string;
  expected: Expected;
  deadlineMs: number;
  events: ProposedEvent[];
  bytes: number;
}

/** Streams.BatchAppend: many appends over one call, each known by its correlation id. */
export function batchAppend(node: Node, call: Call): void {
  const refused = node.refuses(call.metadata);
  const denied = refused?.code === grpc.status.PERMISSION_DENIED;
  if (refused && !denied) return void call.emit('error', refused);
  const pending = new Map<string, Batch>();
  let underWay = 0;
  let ended = false;
  const finish = (): void => {
    if (ended && underWay === 0) call.end();
  };
  const refuse = (batch: Batch, error: ReturnType<typeof batchStatus>): void => {
    pending.delete(batch.id.getString());
    call.write(answer(batch, (it) => it.setError(error)));
  };
  call.on('error', () => undefined);
  call.on('end', () => {
    ended = true;
    finish();
  });
  call.on('data', (request: BatchAppendReq) => {
    const batch = understood(call, pending, request);
    if (!batch) return;
    if (denied)
      return refuse(batch, batchStatus(grpc.status.PERMISSION_DENIED, 'AccessDenied', new shared.AccessDenied()));
    if (batch.bytes > node.options.maxAppendBytes) return refuse(batch, tooLargeInBatch(node.options.maxAppendBytes));
    if (!request.getIsFinal()) return;
    pending.delete(batch.id.getString());
    underWay++;
    void record(node, call, batch).finally(() => {
      underWay--;
      finish();
    });
  });
}

function understood(call: Call, pending: Map<string, Batch>, request: BatchAppendReq): Batch | undefined {
  try {
    return collected(pending, request);
  } catch (error) {
    call.emit('error', error as ServiceError);
    return undefined;
  }
}

function collected(pending: Map<string, Batch>, request: BatchAppendReq): Batch | undefined {
  const id = request.getCorrelationId()!;
  const options = request.getOptions();
  if (options)
    pending.set(id.getString(), {
      id,
      stream: streamNameOf(options.getStreamIdentifier()),
      expected: expectedOf(options, options.hasStreamPosition() ? options.getStreamPosition() : undefined),
      deadlineMs: options.getDeadline()?.toDate().getTime() ?? Infinity,
      events: [],
      bytes: 0,
    });
  const batch = pending.get(id.getString());
  for (const message of batch ? request.getProposedMessagesList() : []) {
    const event = proposed(message);
    batch!.events.push(event);
    batch!.bytes += countedBytes(event);
  }
  return batch;
}

async function record(node: Node, call: Call, batch: Batch): Promise<void> {
  const { stream, expected, events } = batch;
  if (batch.deadlineMs <= Date.now()) return void call.write(answer(batch, timeout));
  try {
    const outcome = await node.record('batch-append', call, {
      stream,
      expected,
      events,
      cancelled: () => call.cancelled,
    });
    call.write(answer(batch, (it) => tell(it, batch, outcome)));
  } catch (error) {
    const { code } = error as ServiceError;
    const isTimeout = code === grpc.status.ABORTED || code === grpc.status.DEADLINE_EXCEEDED;
    // A timeout is told of the one append; what else befalls it ends the whole call, with whatever was under way on it.
    if (isTimeout) call.write(answer(batch, timeout));
    else call.emit('error', error as ServiceError);
  }
}

const timeout = (message: BatchAppendResp): void =>
  void message.setError(batchStatus(grpc.status.DEADLINE_EXCEEDED, 'Timeout', new shared.Timeout()));

function tell(message: BatchAppendResp, { stream, expected }: Batch, outcome: Outcome): void {
  if (outcome.kind === 'wrong') return void message.setError(wrongVersionOfBatch(expected, outcome.current));
  if (outcome.kind === 'deleted') return void message.setError(deletedInBatch(stream));
  const success = new streams.BatchAppendResp.Success();
  if (outcome.kind === 'success' && outcome.lastRevision >= 0) success.setCurrentRevision(String(outcome.lastRevision));
  else success.setNoStream(new Empty());
  if (outcome.kind === 'success' && outcome.position !== undefined) {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    success.setPosition(position);
  } else success.setNoPosition(new Empty());
  message.setSuccess(success);
}

function answer(batch: Batch, fill: (message: BatchAppendResp) => void): BatchAppendResp {
  const message = new streams.BatchAppendResp();
  message.setCorrelationId(batch.id);
  message.setStreamIdentifier(identifierOf(batch.stream));
  fill(message);
  return message;
}
