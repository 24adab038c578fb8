import { factIdOf } from '@ledger/domain';
import type { Append } from '../event-log.js';
import type { NewEvent, StoredEvent } from './events.js';

/** What stands beside a fact's bytes. */
export interface FactMetadata {
  /** How many facts of the same append follow. */
  readonly remaining: number;
  /** Which call of `append` wrote it, so that one whose answer was lost knows its own. */
  readonly attempt: string;
}

/** The facts of an append as binary events: the very bytes, under the fact's own id and type. */
export function factEvents({ facts, by }: Append, texts: readonly string[], attempt: string): NewEvent[] {
  return texts.map((text, index) => ({
    id: factIdOf(by.commandId, index),
    type: facts[index]?.type ?? '',
    data: Buffer.from(text),
    metadata: { remaining: texts.length - 1 - index, attempt } satisfies FactMetadata,
  }));
}

export function factText({ data }: StoredEvent): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString();
}
