import { freeze } from '@ledger/domain';
import { type Append, MAX_FACTS_IN_APPEND } from './event-log.js';

/** The exact texts of an append's facts; the same in every adapter, before anything is written. */
export function frozen(append: Append): string[] {
  const { facts, stream, expectedRevision, by } = append;
  if (facts.length === 0 || facts.length > MAX_FACTS_IN_APPEND) {
    throw new RangeError(`an append has 1 to ${MAX_FACTS_IN_APPEND} facts, not ${facts.length}`);
  }
  return facts.map((draft, index) => freeze(draft, stream, expectedRevision + 1 + index, index, by));
}
