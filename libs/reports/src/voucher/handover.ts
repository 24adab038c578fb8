import type { AccountantHandedOver, LocalDate } from '@ledger/domain';
import { markup, type Markup } from '../markup.js';
import { type Words, words } from '../table.js';
import { bilingual } from '../table-markup.js';

type Said = AccountantHandedOver['data'];

/** Who hands a book over to whom, and with what. */
export interface PrintedHandover extends Pick<Said, 'from' | 'to' | 'witness' | 'openItems'> {
  readonly on: LocalDate;
  /** How far the books have come, as the ledger states it; null of a draft that it would refuse, or that was withdrawn. */
  readonly books: Pick<Said, 'lastClosed' | 'openMonths'> | null;
}

export const HANDOVER_TITLE = words('会计交接书', 'Handover of a book');

/** How far the books have come, and what is unfinished. */
export function handoverMarkup({ on, books, openItems }: PrintedHandover): Markup {
  const none = words('未了事项：无', 'Nothing is unfinished');
  const items = openItems.map((item) => markup`<li>${item}</li>`);
  return markup`${[
    words(`交接日期：${on}`, `handed over on ${on}`),
    ...(books === null ? [] : stateOf(books)),
    openItems.length === 0 ? none : words('未了事项：', 'Unfinished:'),
  ].map(noteMarkup)}${items.length > 0 && markup`<ol>${items}</ol>\n`}`;
}

function stateOf({ lastClosed, openMonths }: NonNullable<PrintedHandover['books']>): Words[] {
  const months = openMonths.map(({ period, vouchers }) => `${period}（${vouchers}）`).join('、');
  return [
    words(`已结账至：${lastClosed ?? '尚未结账'}`, `closed up to ${lastClosed ?? 'no month yet'}`),
    words(`未结账月份（凭证数）：${months || '无'}`, 'months not closed, with their vouchers'),
  ];
}

/** The three who sign on paper: two for the books, one for having seen it. */
export function handoverSignatures({ from, to, witness }: PrintedHandover): Markup[] {
  const signers: [Words, string][] = [
    [words('移交人', 'Handed over by'), from],
    [words('接管人', 'Taken over by'), to],
    [words('监交人', 'Witnessed by'), witness],
  ];
  return signers.map(([role, name]) => markup`<span>${bilingual(role)} ${name}<i></i></span>`);
}

function noteMarkup(note: Words): Markup {
  return markup`<p class="note">${bilingual(note)}</p>
`;
}
