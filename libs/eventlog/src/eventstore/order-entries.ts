import { leafOf } from '@ledger/transparency';
import type { RecordedFact } from '../event-log.js';
import { CorruptLog } from '@ledger/domain';
import { type FactMetadata, factText } from './facts.js';
import type { FilePosition, NewEvent, ReadEvent, StoredEvent } from './events.js';

/** How far the order has come: said by its last entry, whatever that is. */
export interface Standing {
  /** Of the newest fact in the order; 0 before the first. */
  readonly position: number;
  readonly recordedAtMs: number;
  /** Where the newest fact stands in the file; undefined before the first. */
  readonly file: FilePosition | undefined;
  /** Counts those who have decided the order, one after the other. */
  readonly epoch: number;
}

/** A fact's place in the order, as a link to it carries it. */
export interface Place {
  readonly position: number;
  readonly recordedAtMs: number;
  readonly leaf: string;
  readonly remaining: number;
}

/** The type that EventStoreDB resolves as a link; its data is `revision@stream`. */
const LINK = '$>';
const EPOCH = 'epoch';

interface WrittenStanding {
  readonly position: number;
  readonly recordedAtMs: number;
  readonly epoch: number;
  /** Unsigned 64-bit numbers, which JSON cannot hold as numbers. */
  readonly commit?: string;
  readonly prepare?: string;
}

/** The entry of a fact that comes next in the order. */
export function linkTo(fact: StoredEvent, at: { position: number; recordedAtMs: number; epoch: number }): NewEvent {
  const { remaining } = fact.metadata as FactMetadata;
  const metadata: WrittenStanding & Omit<Place, 'position' | 'recordedAtMs'> = {
    ...at,
    leaf: leafOf(at.position, at.recordedAtMs, factText(fact)),
    remaining,
    ...written(fact.position),
  };
  return { type: LINK, data: Buffer.from(`${fact.revision}@${fact.stream}`), metadata };
}

/** The entry of a fact that has its place already. */
export function importedLink(fact: RecordedFact, stored: StoredEvent | undefined, epoch: number): NewEvent {
  const { position, recordedAtMs, leaf } = fact;
  if (stored === undefined) throw new CorruptLog(`the fact at position ${position} did not arrive in EventStoreDB`);
  const link = linkTo(stored, { position, recordedAtMs, epoch });
  if ((link.metadata as Place).leaf !== leaf)
    throw new CorruptLog(`the leaf at position ${position} does not fit its bytes`);
  return link;
}

/** The mark of a new epoch: after it, nothing that an earlier one still wants to append can be appended. */
export function epochMark({ position, recordedAtMs, file, epoch }: Standing): NewEvent {
  const metadata: WrittenStanding = { position, recordedAtMs, epoch, ...(file && written(file)) };
  return { type: EPOCH, data: Buffer.alloc(0), metadata };
}

const written = ({ commit, prepare }: FilePosition) => ({ commit: String(commit), prepare: String(prepare) });

export const isMark = ({ type }: StoredEvent): boolean => type === EPOCH;

export const NOTHING_ORDERED: Standing = { position: 0, recordedAtMs: 0, file: undefined, epoch: 0 };

export function standingAt(entry: StoredEvent): Standing {
  const { position, recordedAtMs, epoch, commit, prepare } = entry.metadata as WrittenStanding;
  const file =
    commit === undefined || prepare === undefined ? undefined : { commit: BigInt(commit), prepare: BigInt(prepare) };
  return { position, recordedAtMs, epoch, file };
}

export function placeAt(entry: StoredEvent): Place {
  const { position, recordedAtMs, leaf, remaining } = entry.metadata as Place;
  return { position, recordedAtMs, leaf, remaining };
}

/** The fact that an entry of the order links to. */
export function recordedFact({ entry, target }: ReadEvent): RecordedFact {
  const place = placeAt(entry);
  if (target === undefined) throw new CorruptLog(`the fact at position ${place.position} is gone from EventStoreDB`);
  return { ...place, fact: factText(target) };
}

export function isAfter(one: FilePosition, other: FilePosition): boolean {
  return one.commit > other.commit || (one.commit === other.commit && one.prepare > other.prepare);
}
