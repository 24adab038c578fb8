import type { AccountantHandedOver, FactDraft } from '@ledger/domain';
import type { Headline } from '@ledger/drafts';
import { voucherIn } from './draft-answers.js';
import { figuresOf } from './figures.js';

/** What any fact may say of these. */
interface Said {
  readonly book?: string;
  readonly summary?: string;
  readonly amountFen?: number;
}

/** What a queue shows, from what the ledger would have recorded when it was submitted. */
export function headlineOf(facts: readonly FactDraft[]): Headline {
  const [first] = facts;
  if (first === undefined) throw new Error('a command that is signed records no fact');
  const said = first.data as Said;
  const vouchers = facts.flatMap(voucherIn);
  const debitFen = vouchers.reduce((fen, voucher) => fen + voucher.debitFen, 0);
  return {
    division: first.division,
    touched: [...new Set(facts.flatMap(({ division, concerns = [] }) => [division, ...concerns]))],
    book: said.book ?? null,
    summary: vouchers[0]?.summary ?? said.summary ?? handoverIn(first),
    amountFen: vouchers.length === 0 ? (said.amountFen ?? null) : debitFen,
    effectiveOn: first.effectiveOn,
    figures: figuresOf(facts),
  };
}

function handoverIn({ type, data }: FactDraft): string | null {
  if (type !== 'AccountantHandedOver') return null;
  const { from, to } = data as AccountantHandedOver['data'];
  return `会计交接:${from}移交${to}`;
}
