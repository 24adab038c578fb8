import type { RefusalCode } from '@ledger/domain';
import type { Operation } from './rules/index.js';

/** Why a book did not take something, as it is kept and told. */
export interface RefusalWords {
  readonly code: string;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** The refusals whose sentences say what stands on the accounts of a book, in which of its vouchers, or who keeps it. */
export const tellingOfBooks: ReadonlySet<string> = new Set<RefusalCode>([
  'CASH_NEGATIVE',
  'CLOSE_BLOCKED',
  'DISTRIBUTION_EXCEEDS_DISTRIBUTABLE',
  'CONVERSION_INCOMPLETE',
  'CONVERSION_UNBALANCED',
  'SOURCE_DOCUMENT_DUPLICATE',
  'ALREADY_REVERSED',
  'DEPRECIATION_DUPLICATE_PERIOD',
  'HANDOVER_REQUIRED',
]);

/** The read that tells the same: whoever reads balances reads vouchers and handovers too. */
export const BOOKS_READ_BY: Operation = 'getBooksBalances';

/** Who does not read the book hears by which code it refuses, and none of the figures. */
export function asTold<W extends RefusalWords>(words: W, readsBook: boolean): W {
  const { code } = words;
  if (readsBook || !tellingOfBooks.has(code)) return words;
  return {
    ...words,
    messageZh: `账本未予记录(${code})。所涉账目请向本账套的会计了解。`,
    messageEn: `The ledger does not record it (${code}). Ask the accountant of the book what it is about.`,
  };
}
