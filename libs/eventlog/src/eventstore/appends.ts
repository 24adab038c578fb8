import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { frozen, receiptFor } from '../append-check.js';
import {
  type Append,
  type Appended,
  FingerprintMismatch,
  NO_STREAM,
  OutcomeUnknown,
  WrongRevision,
} from '../event-log.js';
import { type Claim, type Claims, receiptOfSlot } from './claims.js';
import { type FactMetadata, factEvents } from './facts.js';
import type { Names } from './names.js';
import { StreamMoved, Unanswered } from './events.js';
import type { EventStore } from './store.js';

const AGAIN_AFTER_MS = 25;

/**
 * The write path of the cluster: claim the slot, fill it. Each step is tried again after a lost answer until
 * `persistMs` are over; then nobody knows, and repeating the command finds out.
 */
export class Appends {
  constructor(
    private readonly store: EventStore,
    private readonly names: Names,
    private readonly claims: Claims,
    private readonly persistMs: number,
  ) {}

  async append(wanted: Append): Promise<Appended> {
    const texts = frozen(wanted);
    const { stream, expectedRevision } = wanted;
    if (expectedRevision < NO_STREAM) {
      throw new WrongRevision(stream, expectedRevision, await this.revisionOf(stream));
    }
    const attempt = randomUUID();
    const until = performance.now() + this.persistMs;
    let waitMs = AGAIN_AFTER_MS;
    let isSent = false;
    for (let first = true; ; first = false) {
      try {
        const claim = first ? undefined : await this.claims.lastOf(wanted.by.commandId);
        if (claim === undefined) await this.claims.claim(wanted.by.commandId, wanted);
        else {
          const known = await this.#settle(wanted, claim, attempt, texts);
          if (known !== undefined) return known;
        }
        refuseLate(wanted, isSent);
        isSent = true;
        return await this.#fill(wanted, texts, attempt);
      } catch (error) {
        if (error instanceof Unanswered) {
          if (performance.now() + waitMs > until) {
            throw new OutcomeUnknown(`command ${wanted.by.commandId} had no answer`, { cause: error });
          }
          await pause(waitMs);
          waitMs *= 2;
        } else if (!(error instanceof StreamMoved)) throw error;
      }
    }
  }

  /** What a claim that is already there makes of the append: its answer, or nothing when the slot is to be filled. */
  async #settle(
    wanted: Append,
    claim: Claim,
    attempt: string,
    texts: readonly string[],
  ): Promise<Appended | undefined> {
    const { by, fingerprint, stream, expectedRevision } = wanted;
    const slot = await this.claims.slotOf(by.commandId, claim);
    if (slot.kind === 'taken') {
      await this.claims.claim(by.commandId, wanted, claim);
      return undefined;
    }
    if (claim.fingerprint !== fingerprint) {
      throw new FingerprintMismatch(`command ${by.commandId} was another request`);
    }
    if (slot.kind === 'own') {
      const mine = slot.facts.every(({ metadata }) => (metadata as FactMetadata).attempt === attempt);
      return { receipt: receiptOfSlot(claim.stream, slot.facts), facts: mine ? texts : [], replayed: !mine };
    }
    if (claim.stream !== stream) {
      // It might still be filled by whoever claimed it; what is recorded next in that stream decides.
      throw new OutcomeUnknown(`command ${by.commandId} has claimed a place in ${claim.stream} that is still free`);
    }
    if (claim.expectedRevision !== expectedRevision) {
      throw new WrongRevision(stream, expectedRevision, await this.revisionOf(stream));
    }
    return undefined;
  }

  async #fill(wanted: Append, texts: readonly string[], attempt: string): Promise<Appended> {
    const { stream, expectedRevision, by } = wanted;
    try {
      const events = factEvents(wanted, texts, attempt);
      await this.store.append(this.names.facts(stream), expectedRevision, events);
    } catch (error) {
      if (!(error instanceof StreamMoved)) throw error;
      // Either the slot is filled, perhaps by ourselves or by another try of the same command, or it is still to come.
      const claim = await this.claims.lastOf(by.commandId);
      const slot = claim && (await this.claims.slotOf(by.commandId, claim));
      if (slot?.kind === 'own') throw error;
      throw new WrongRevision(stream, expectedRevision, await this.revisionOf(stream));
    }
    return { receipt: receiptFor(wanted, undefined), facts: texts, replayed: false };
  }

  async revisionOf(stream: string): Promise<number> {
    return (await this.store.last(this.names.facts(stream)))?.revision ?? NO_STREAM;
  }
}

/** What was decided alone is not recorded by who is alone no longer. */
function refuseLate({ stillAlone, by }: Append, isSent: boolean): void {
  try {
    stillAlone?.();
  } catch (error) {
    if (!isSent) throw error;
    throw new OutcomeUnknown(`command ${by.commandId} had no answer in its turn`, { cause: error });
  }
}
