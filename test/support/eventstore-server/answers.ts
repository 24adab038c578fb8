import type { Expected } from './decide-append.js';
import {
  Any,
  Empty,
  type Metadata,
  type ServiceError,
  grpc,
  identifierOf,
  shared,
  status,
  streams,
} from './protocol.js';

export interface Address {
  address: string;
  port: number;
}

/** Errors as a node gives them: a status, and where clients look for more, metadata named by the client. */
export const notReady = (): ServiceError => refusal(grpc.status.UNAVAILABLE, 'Server Is Not Ready');
export const timedOut = (): ServiceError => refusal(grpc.status.ABORTED, 'Operation timed out: Commit phase timeout.');
export const unauthenticated = (): ServiceError => refusal(grpc.status.UNAUTHENTICATED, 'Unauthenticated');
export const invalidPosition = (): ServiceError =>
  refusal(grpc.status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
export const invalidArgument = (details: string): ServiceError => refusal(grpc.status.INVALID_ARGUMENT, details);

export const accessDenied = (): ServiceError =>
  refusal(grpc.status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notLeader = (leader: Address): ServiceError =>
  refusal(grpc.status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.address,
    'leader-endpoint-port': String(leader.port),
  });

export const streamDeleted = (stream: string): ServiceError =>
  refusal(grpc.status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const appendTooLarge = (maxAppendBytes: number): ServiceError =>
  refusal(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${maxAppendBytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maxAppendBytes),
  });

export function refusal(code: number, details: string, said: Record<string, string> = {}): ServiceError {
  const metadata: Metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(said)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** A status within an answer of BatchAppend, packed as the client unpacks it. */
export function batchStatus(
  code: number,
  name: 'WrongExpectedVersion' | 'StreamDeleted' | 'MaximumAppendSizeExceeded' | 'AccessDenied' | 'Timeout',
  details: { serializeBinary(): Uint8Array },
): InstanceType<typeof status.Status> {
  const packed = new Any();
  packed.pack(details.serializeBinary(), `event_store.client.${name}`);
  const said = new status.Status();
  said.setCode(code);
  said.setMessage(name);
  said.setDetails(packed);
  return said;
}

export function wrongVersionOfBatch(expected: Expected, current: number): InstanceType<typeof status.Status> {
  const wrong = new shared.WrongExpectedVersion();
  if (current < 0) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (typeof expected === 'number') wrong.setExpectedStreamPosition(String(expected));
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new Empty());
  else wrong.setExpectedAny(new Empty());
  return batchStatus(grpc.status.ALREADY_EXISTS, 'WrongExpectedVersion', wrong);
}

export function deletedInBatch(stream: string): InstanceType<typeof status.Status> {
  const deleted = new shared.StreamDeleted();
  deleted.setStreamIdentifier(identifierOf(stream));
  return batchStatus(grpc.status.NOT_FOUND, 'StreamDeleted', deleted);
}

export function tooLargeInBatch(maxAppendBytes: number): InstanceType<typeof status.Status> {
  const tooLarge = new shared.MaximumAppendSizeExceeded();
  tooLarge.setMaxappendsize(maxAppendBytes);
  return batchStatus(grpc.status.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', tooLarge);
}

export function wrongVersionOfAppend(expected: Expected, current: number): InstanceType<typeof streams.AppendResp> {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(current));
  if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedAny(new shared.Empty());
  const answer = new streams.AppendResp();
  answer.setWrongExpectedVersion(wrong);
  return answer;
}
