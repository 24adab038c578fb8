import type { RecordedEvent } from './record.js';

/** What a stream keeps readable: its last so many events, and none before a revision. */
export interface Retention {
  maxCount?: number;
  truncateBefore?: number;
}

// A stream that is deleted softly is truncated before the greatest revision there is.
export const DELETED = Number(2n ** 63n - 1n);
const METASTREAM_PREFIX = '$$';

export const isMetastream = (stream: string): boolean => stream.startsWith(METASTREAM_PREFIX);
export const originalOf = (metastream: string): string => metastream.slice(METASTREAM_PREFIX.length);
export const metastreamOf = (stream: string): string => METASTREAM_PREFIX + stream;

/** What the last event of a metastream says; what cannot be read as such says nothing, as on a node. */
export function retentionOf(event: Pick<RecordedEvent, 'data'>): Retention {
  const said = parsed(Buffer.from(event.data).toString('utf8'));
  return {
    ...(isCount(said['$maxCount']) && { maxCount: said['$maxCount'] }),
    ...(isCount(said['$tb']) && { truncateBefore: said['$tb'] }),
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
