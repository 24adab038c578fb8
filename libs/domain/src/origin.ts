import type { FactDraft } from './fact.js';
import type { LocalDate } from './local-date.js';

/** The first fact of every ledger. The name is the origin of its checkpoints. */
export type LedgerOpened = FactDraft<'LedgerOpened', { name: string; demo: boolean }>;

export function originStream(name: string): string {
  return `origin-${name}`;
}

/** `division` is twelve zeros: the ledger belongs to no division. */
export function openLedger(name: string, demo: boolean, today: LocalDate): LedgerOpened {
  return { type: 'LedgerOpened', version: 1, division: '000000000000', effectiveOn: today, data: { name, demo } };
}
