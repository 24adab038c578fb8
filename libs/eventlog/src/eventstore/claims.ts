import { factIdOf } from '@ledger/domain';
import { NO_STREAM, type Receipt, type StoredReceipt } from '../event-log.js';
import type { FactMetadata } from './facts.js';
import type { Names } from './names.js';
import type { StoredEvent } from './events.js';
import type { EventStore } from './store.js';

/** What a command id was last used for: the slot, the place right after a revision, in which its facts may stand. */
export interface Claim {
  /** The claim's own revision in the stream of its command. */
  readonly revision: number;
  readonly fingerprint: string;
  readonly stream: string;
  readonly expectedRevision: number;
}

type NewClaim = Omit<Claim, 'revision'>;

/** What stands in a claim's slot: nothing yet, the facts of its command, or for ever somebody else's. */
export type Slot =
  { readonly kind: 'free' } | { readonly kind: 'taken' } | { readonly kind: 'own'; readonly facts: StoredEvent[] };

/**
 * Before its facts are appended, a command claims the slot for them in a stream of its own. A stream's slot is filled
 * once, so whoever repeats the command finds out from the slot alone what became of it: its facts stand there, or
 * somebody else's do and they never will, or it is free and the same slot may be tried again, however many try.
 */
export class Claims {
  constructor(
    private readonly store: EventStore,
    private readonly names: Names,
  ) {}

  /** Claims a slot as the claim after `last`. Rejects with `StreamMoved` when somebody has claimed since. */
  async claim(commandId: string, { fingerprint, stream, expectedRevision }: NewClaim, last?: Claim): Promise<void> {
    const data = Buffer.from(JSON.stringify({ fingerprint, stream, expectedRevision }));
    await this.store.append(this.names.command(commandId), last?.revision ?? NO_STREAM, [{ type: 'claim', data }]);
  }

  async lastOf(commandId: string): Promise<Claim | undefined> {
    const event = await this.store.last(this.names.command(commandId));
    if (event === undefined) return undefined;
    return { ...JSON.parse(Buffer.from(event.data).toString()), revision: event.revision };
  }

  async slotOf(commandId: string, { stream, expectedRevision }: Claim): Promise<Slot> {
    const name = this.names.facts(stream);
    const [first] = await this.store.read(name, { from: expectedRevision + 1, limit: 1 });
    if (first === undefined) return { kind: 'free' };
    if (first.entry.id !== factIdOf(commandId, 0)) return { kind: 'taken' };
    const { remaining } = first.entry.metadata as FactMetadata;
    if (remaining === 0) return { kind: 'own', facts: [first.entry] };
    const all = await this.store.read(name, { from: expectedRevision + 1, limit: remaining + 1 });
    return { kind: 'own', facts: all.map(({ entry }) => entry) };
  }

  async receiptOf(commandId: string): Promise<StoredReceipt | undefined> {
    const claim = await this.lastOf(commandId);
    if (claim === undefined) return undefined;
    const slot = await this.slotOf(commandId, claim);
    return slot.kind === 'own'
      ? { receipt: receiptOfSlot(claim.stream, slot.facts), fingerprint: claim.fingerprint }
      : undefined;
  }
}

/** The receipt as it was first answered: its position is decided later. */
export function receiptOfSlot(stream: string, facts: readonly StoredEvent[]): Receipt {
  return {
    stream,
    revision: facts.at(-1)?.revision ?? NO_STREAM,
    position: undefined,
    facts: facts.map(({ id, type, revision }) => ({ id, type, revision })),
  };
}
