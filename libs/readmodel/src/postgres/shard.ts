import { CorruptLog, type Fact } from '@ledger/domain';

/** The part of the ledger that one projector adds up, of so many; numbered from 0. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

export const wholeLedger: Shard = { number: 0, of: 1 };

const THINGS: readonly (readonly [kind: string, stream: RegExp])[] = [
  ['book', /^(?:book|assets)-(.+)$/],
  ['book', /^ledger-(.+)-\d{4}$/],
  ['project', /^project-(.+)$/],
  ['household', /^household-(.+)$/],
];

/**
 * The thing that a fact's stream is of: a book with its years and assets, a project with its shares and jobs, a household.
 * Whatever rows chain on each other (the months of an account, the states of an asset) are of one thing, and a fact makes
 * such rows of its own thing only. So a thing is one shard's for ever, and all else of a fact may be anyone's.
 * Facts of the district, of organisations or of the ledger itself are of no thing.
 */
export function thingOf(stream: string): string | undefined {
  for (const [kind, pattern] of THINGS) {
    const [, id] = pattern.exec(stream) ?? [];
    if (id !== undefined) return `${kind} ${id}`;
  }
  return undefined;
}

/** Whether it is the first fact of its thing, which stands in the thing's own stream: nothing is recorded of it before. */
export function opensThing({ stream, revision }: Pick<Fact, 'stream' | 'revision'>): boolean {
  return revision === 0 && /^(?:book|project|household)-/.test(stream);
}

/**
 * The shard of what begins in a division, by its township. Codes of a district's townships follow each other, so they are
 * spread evenly. What is recoded or merged later stays where it is: its first fact is the same for ever.
 */
export function shardAt({ division }: Pick<Fact, 'division'>, of: number): number {
  const township = Number(/^\d{9}/.exec(division)?.[0]);
  if (!Number.isInteger(township)) throw new CorruptLog(`${division} is no code of a division`);
  return township % of;
}
