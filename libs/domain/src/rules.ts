import type { Sight } from './access/sight.js';
import type { Origin } from './command.js';
import type { LocalDate } from './local-date.js';
import { MAX_AMOUNT_FEN } from './money.js';
import { personalDataIn } from './personal-data.js';
import { Refusal } from './refusal.js';

/** What every decider may look at beside its own stream. */
export interface Setting {
  /** The day it is in Shanghai on the log's clock. */
  readonly today: LocalDate;
  readonly demo: boolean;
  /** How far whoever asks may see; without one, everything. */
  readonly sight?: Sight;
}

export function refuseFuture(date: LocalDate, today: LocalDate, field: string): void {
  if (date > today) throw new Refusal('DATE_IN_FUTURE', { date, today }, field);
}

export function refuseForeignOrigin(origin: Origin | undefined, demo: boolean): void {
  if (origin !== undefined && !demo) throw new Refusal('ORIGIN_ONLY_IN_DEMO', { origin }, 'origin');
}

/** Amounts are whole fen above zero and at most 10^13. */
export function refuseAmount(amountFen: number, field: string): void {
  if (!Number.isInteger(amountFen)) throw new Refusal('AMOUNT_PRECISION', { amount: amountFen }, field);
  if (amountFen <= 0) throw new Refusal('AMOUNT_NOT_POSITIVE', { amountFen }, field);
  if (amountFen > MAX_AMOUNT_FEN) throw new Refusal('AMOUNT_TOO_LARGE', { amountFen, limitFen: MAX_AMOUNT_FEN }, field);
}

/** Free text and references must not identify a person. */
export function refusePersonalData(texts: Readonly<Record<string, string | undefined>>): void {
  for (const [field, text] of Object.entries(texts)) {
    const kind = text === undefined ? undefined : personalDataIn(text, { grouped: !field.endsWith('sourceDocument') });
    if (kind !== undefined) throw new Refusal('PERSONAL_DATA_IN_TEXT', { kind }, field);
  }
}

export function originOf(command: { origin?: Origin }): { origin?: Origin } {
  return command.origin === undefined ? {} : { origin: command.origin };
}
