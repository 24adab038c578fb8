import {
  type AppendExpectedRevision,
  type AppendResult,
  type EventStoreDBClient,
  binaryEvent,
} from '@eventstore/db-client';

/** The two calls that record events: one append a call with a deadline of its own, or many over one call without. */
export type Way = 'Append' | 'BatchAppend';

export const CREDENTIALS = { username: 'admin', password: 'changeit' };

export const facts = (...texts: string[]): ReturnType<typeof binaryEvent>[] =>
  texts.map((text) => binaryEvent({ type: 'Recorded', data: Buffer.from(text, 'utf8') }));

/** Appends in the way named: the client takes Append for credentials of the call's own, else BatchAppend. */
export function append(
  client: EventStoreDBClient,
  way: Way,
  stream: string,
  events: ReturnType<typeof binaryEvent>[],
  expectedRevision: AppendExpectedRevision,
  options: { deadline?: number; requiresLeader?: boolean } = {},
): Promise<AppendResult> {
  const credentials = way === 'Append' && { credentials: CREDENTIALS };
  return client.appendToStream(stream, events, { expectedRevision, ...credentials, ...options });
}

export async function textsOf(
  client: EventStoreDBClient,
  stream: string,
  options: Parameters<EventStoreDBClient['readStream']>[1] = {},
): Promise<string[]> {
  const texts: string[] = [];
  for await (const { event } of client.readStream(stream, options))
    texts.push(Buffer.from(event!.data as Uint8Array).toString('utf8'));
  return texts;
}

/** What a promise is refused with; it is an error of the test when it is not. */
export async function refusalOf(answer: Promise<unknown>): Promise<Error> {
  let value: unknown;
  try {
    value = await answer;
  } catch (error) {
    return error as Error;
  }
  throw new Error(`expected a refusal, got ${String(value)}`);
}
