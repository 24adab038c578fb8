import { CorruptLog, readFact } from '@ledger/domain';
import type { EventLog, RecordedFact } from '../event-log.js';
import type { Claims } from './claims.js';
import type { FactMetadata } from './facts.js';
import type { Names } from './names.js';
import { type StoredEvent, StreamMoved } from './events.js';
import type { EventStore } from './store.js';

/** Says in EventStoreDB what a command id was used for, unless it is said already. */
export async function importedClaim(
  append: readonly RecordedFact[],
  source: Pick<EventLog, 'receiptOf'>,
  claims: Claims,
): Promise<void> {
  const { commandId, stream, expectedRevision } = slotOf(append);
  const known = await source.receiptOf(commandId);
  if (known === undefined) throw new CorruptLog(`the log does not remember command ${commandId}`);
  const claim = { stream, expectedRevision, fingerprint: known.fingerprint };
  try {
    await claims.claim(commandId, claim);
  } catch (error) {
    if (!(error instanceof StreamMoved)) throw error;
    const there = await claims.lastOf(commandId);
    const same =
      there?.stream === stream &&
      there.expectedRevision === expectedRevision &&
      there.fingerprint === known.fingerprint;
    if (!same) throw new CorruptLog(`command ${commandId} was used for something else in EventStoreDB`);
  }
}

/** Writes an append's bytes into its stream, unless they stand there already; resolves with where they stand. */
export async function importedFacts(
  append: readonly RecordedFact[],
  store: EventStore,
  names: Names,
): Promise<StoredEvent[]> {
  const { stream, expectedRevision } = slotOf(append);
  const name = names.facts(stream);
  const events = append.map(({ fact, remaining }) => {
    const { id, type } = readFact(fact);
    return { id, type, data: Buffer.from(fact), metadata: { remaining, attempt: 'import' } satisfies FactMetadata };
  });
  try {
    const position = await store.append(name, expectedRevision, events);
    const [only] = events;
    // Most appends are of one fact, whose place needs no reading back.
    if (only !== undefined && events.length === 1 && position !== undefined) {
      return [{ ...only, stream: name, revision: expectedRevision + 1, position }];
    }
  } catch (error) {
    if (!(error instanceof StreamMoved)) throw error;
  }
  const stored = (await store.read(name, { from: expectedRevision + 1, limit: events.length })).map(
    ({ entry }) => entry,
  );
  for (const [index, event] of events.entries()) {
    const there = stored[index];
    if (there?.id !== event.id || !event.data.equals(there.data)) {
      throw new CorruptLog(`${stream} has something else in EventStoreDB at revision ${expectedRevision + 1 + index}`);
    }
  }
  return stored;
}

function slotOf(append: readonly RecordedFact[]): { commandId: string; stream: string; expectedRevision: number } {
  const first = append[0];
  if (first === undefined) throw new RangeError('an append has at least one fact');
  const { commandId, stream, revision } = readFact(first.fact);
  return { commandId, stream, expectedRevision: revision - 1 };
}
