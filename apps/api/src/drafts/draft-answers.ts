import { type FactDraft, Refusal } from '@ledger/domain';
import type { Content, Draft } from '@ledger/drafts';
import { asTold } from '../access/told-refusals.js';

/**
 * A draft as people read it: every field is there, but for those by which it is found out who may read and sign it, and
 * what waits for it. What its book refuses is told in full to who reads the book.
 */
export function draftAnswer(
  { refused, recorded, effectiveOn: _, touched: __, figures: ___, signedFigures: ____, ...draft }: Draft,
  readsBook = true,
) {
  return { ...draft, refused: refused === undefined ? null : asTold(refused, readsBook), recorded: recorded ?? null };
}

/** What approving it would come to now: facts, or the refusal. */
export type Outcome = readonly FactDraft[] | Refusal | undefined;

/** A draft with what was sent and, while it is open, what would come of it. */
export function draftDetailAnswer(draft: Draft, contents: readonly Content[], outcome: Outcome, readsBook: boolean) {
  const refusal = outcome instanceof Refusal ? outcome : undefined;
  const facts = outcome instanceof Refusal ? undefined : outcome;
  return {
    ...draftAnswer(draft, readsBook),
    body: contents.at(-1)?.body ?? {},
    contents,
    wouldRecord: facts === undefined ? null : { vouchers: facts.flatMap(voucherIn), facts: facts.map(stated) },
    refusedNow: refusal === undefined ? null : asTold(wordsOf(refusal), readsBook),
  };
}

export function wordsOf({ code, messageZh, messageEn }: Refusal) {
  return { code, messageZh, messageEn };
}

interface Line {
  readonly account?: string;
  readonly side?: 'debit' | 'credit';
  readonly amountFen: number;
}

/** What stands in a fact about a voucher: as one, or as the posting that an asset asks its book for. */
interface Vouched {
  readonly period?: string;
  readonly bookedOn?: string;
  readonly voucherNo?: number;
  readonly summary?: string;
  readonly lines?: readonly Line[];
  readonly posting?: Vouched;
}

/** The voucher that a fact is or asks for, as a reviewer looks at it: debits and credits. None for other facts. */
export function voucherIn({ data }: Pick<FactDraft, 'data'>) {
  const vouched = data as Vouched;
  const { period, bookedOn, voucherNo, summary, lines } = vouched.posting ?? vouched;
  if (lines === undefined || lines.some(({ account }) => account === undefined)) return [];
  const sum = (side: string): number =>
    lines.reduce((fen, line) => (line.side === side ? fen + line.amountFen : fen), 0);
  const head = { period: period ?? null, bookedOn: bookedOn ?? null, voucherNo: voucherNo ?? null };
  return [{ ...head, summary: summary ?? null, debitFen: sum('debit'), creditFen: sum('credit'), lines }];
}

function stated({ type, division, effectiveOn, data }: FactDraft) {
  return { type, division, effectiveOn, data };
}
