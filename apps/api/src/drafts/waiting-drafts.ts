import {
  CloseYear,
  type CommandContext,
  type FactDraft,
  HandOverBook,
  type Period,
  periodOf,
  Refusal,
} from '@ledger/domain';
import type { Draft } from '@ledger/drafts';
import { Inject, Injectable } from '@nestjs/common';
import type { Permit } from '../access/permit.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { sightOfDrafts } from './drafts-in-sight.js';

/** Enough to begin with; the list of drafts has them all. */
const NAMED_AT_ONCE = 20;

/** What still waits for its reviewer: the month in whose books it would stand is not closed over it. */
@Injectable()
export class WaitingDrafts {
  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  /**
   * Looks at what is about to be recorded, in the turn of its book, and refuses a close that a submitted draft waits for.
   * One that was returned waits for its preparer and not for the office: he submits it as a correction of the month. What
   * several villages share is booked by the ledger itself, in whatever month is open then.
   */
  refusesCloses(permit: Permit): NonNullable<CommandContext['agreed']> {
    return (facts) => {
      for (const { type, data } of facts) {
        if (type === 'PeriodClosed') this.#refuse(data as { book: string; period: Period }, permit);
      }
    };
  }

  #refuse({ book, period }: { readonly book: string; readonly period: Period }, permit: Permit): void {
    const waiting = this.runtime.drafts.waitingOf(book).filter((draft) => isBookedBy(draft, period));
    if (waiting.length === 0) return;
    const { sees } = sightOfDrafts(permit, this.runtime.views.scopes);
    const seen = waiting.filter(sees);
    throw new Refusal('DRAFTS_WAITING', {
      book,
      period,
      waiting: seen.length,
      drafts: seen.slice(0, NAMED_AT_ONCE).map(({ id }) => id),
      others: seen.length < waiting.length ? 'some' : 'none',
    });
  }
}

/** An entry stands in the month of its business or, where that is closed, in the oldest open one: the next to be closed. */
function isBookedBy({ command, effectiveOn }: Draft, period: Period): boolean {
  return !BOOKS_NOTHING.has(command) && effectiveOn !== undefined && periodOf(effectiveOn) <= period;
}

/** The close of a year waits for nothing but itself; the witness of a handover is shown what was closed since. */
const BOOKS_NOTHING: ReadonlySet<string> = new Set([CloseYear.name, HandOverBook.name]);

/** Of several who look, each must agree. */
export function allOf(...agreed: readonly CommandContext['agreed'][]): NonNullable<CommandContext['agreed']> {
  return (facts: readonly FactDraft[]) => agreed.forEach((each) => each?.(facts));
}
