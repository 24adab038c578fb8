import type { LogIndex } from './log-index.js';
import type { ReadReq } from './protocol.js';

type Filter = NonNullable<ReturnType<ReadReq.Options['getFilter']>>;

// A node looks through so many events at a time when the client does not say.
const SEARCH_WINDOW = 32;

export interface Selection {
  allows(index: LogIndex, ordinal: number): boolean;
  /** After how many events looked through a subscription gets a checkpoint; undefined without a filter. */
  checkpointEvery: number | undefined;
}

/** What of the log a read of `$all` shows. */
export function selectionOf(filter: Filter | undefined): Selection {
  if (!filter) return { allows: () => true, checkpointEvery: undefined };
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  const pattern = expression?.getRegex() ?? '';
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = new RegExp(pattern, 'u');
  const matches = (name: string): boolean =>
    pattern === '' ? prefixes.some((prefix) => name.startsWith(prefix)) : regex.test(name);
  const allows = (index: LogIndex, ordinal: number): boolean =>
    matches(byStream ? index.streamAt(ordinal) : index.typeAt(ordinal));
  const searchWindow = filter.hasMax() ? filter.getMax() : SEARCH_WINDOW;
  return { allows, checkpointEvery: Math.max(1, filter.getCheckpointintervalmultiplier()) * searchWindow };
}
