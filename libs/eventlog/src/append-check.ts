import { factIdOf, freeze, Refusal } from '@ledger/domain';
import { type Append, MAX_APPEND_BYTES, MAX_FACTS_IN_APPEND, type Receipt, type ReceiptFact } from './event-log.js';

/** What a store may key by: it is kept as bytes in one store and as text in another, and must be equal in both. */
const COMMAND_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FINGERPRINT = /^[0-9a-f]{64}$/;
const STREAM = /^[^\p{C}\s]+$/u;

/** The exact texts of an append's facts, or a `Refusal`; the same in every adapter, before anything is written. */
export function frozen(append: Append): string[] {
  const { facts, stream, expectedRevision, by, fingerprint } = append;
  if (facts.length === 0 || facts.length > MAX_FACTS_IN_APPEND) {
    throw new RangeError(`an append has 1 to ${MAX_FACTS_IN_APPEND} facts, not ${facts.length}`);
  }
  if (!COMMAND_ID.test(by.commandId)) throw new RangeError(`a command id is a UUID, not ${by.commandId}`);
  if (!FINGERPRINT.test(fingerprint)) throw new RangeError(`a fingerprint is 64 hex digits, not ${fingerprint}`);
  if (!STREAM.test(stream)) throw new RangeError(`a stream's name is printable, not ${JSON.stringify(stream)}`);
  const texts = facts.map((draft, index) => freeze(draft, stream, expectedRevision + 1 + index, index, by));
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > MAX_APPEND_BYTES) {
    throw new Refusal('FACT_TOO_LARGE', { type: facts[0]?.type ?? '', bytes, limitBytes: MAX_APPEND_BYTES });
  }
  return texts;
}

/** What a first recording answers; a replay gives the same again. The position is left out where it is decided later. */
export function receiptFor(append: Append, position: number | undefined): Receipt {
  const facts = append.facts.map(({ type }, index): ReceiptFact => ({
    id: factIdOf(append.by.commandId, index),
    type,
    revision: append.expectedRevision + 1 + index,
  }));
  return { stream: append.stream, revision: append.expectedRevision + facts.length, position, facts };
}
