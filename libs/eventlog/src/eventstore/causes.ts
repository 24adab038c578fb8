/** What an error of the client means for whoever asked. */
export type Cause = 'stream-moved' | 'no-stream' | 'unanswered' | 'refused';

/** gRPC status codes (grpc.io/docs/guides/status-codes) after which a call may or may not have had its effect. */
const UNANSWERED_CODES: ReadonlySet<unknown> = new Set([
  1, // CANCELLED
  2, // UNKNOWN
  4, // DEADLINE_EXCEEDED
  13, // INTERNAL: a connection that was cut
  14, // UNAVAILABLE
]);
const UNANSWERED_TYPES: ReadonlySet<unknown> = new Set([
  'timeout',
  'deadline-exceeded',
  'unavailable',
  'cancelled',
  'unknown',
  'not-leader',
]);

/** The client's errors carry a `type`; those of a server that is down are bare gRPC errors with a `code`. */
export function causeOf(error: unknown): Cause {
  const { name, type, code } = error as { name?: unknown; type?: unknown; code?: unknown };
  if (name === 'StreamMoved' || type === 'wrong-expected-version') return 'stream-moved';
  if (type === 'stream-not-found' || type === 'no-stream') return 'no-stream';
  if (name === 'Unanswered' || UNANSWERED_TYPES.has(type)) return 'unanswered';
  return type === undefined && UNANSWERED_CODES.has(code) ? 'unanswered' : 'refused';
}
