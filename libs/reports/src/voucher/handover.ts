import type { AccountantHandedOver, LocalDate } from '@ledger/domain';
import { markup, type Markup } from '../markup.js';
import { type Words, words } from '../table.js';
import { bilingual } from '../table-markup.js';

/** What a book is handed over with, as the ledger states it or would. */
export interface PrintedHandover extends Pick<
  AccountantHandedOver['data'],
  'from' | 'to' | 'witness' | 'lastClosed' | 'openMonths' | 'openItems'
> {
  readonly on: LocalDate;
}

export const HANDOVER_TITLE = words('会计交接书', 'Handover of a book');

/** How far the books have come, and what is unfinished. */
export function handoverMarkup({ on, lastClosed, openMonths, openItems }: PrintedHandover): Markup {
  const months = openMonths.map(({ period, vouchers }) => `${period}（${vouchers}）`).join('、');
  const none = words('未了事项：无', 'Nothing is unfinished');
  return markup`${[
    words(`交接日期：${on}`, `handed over on ${on}`),
    words(`已结账至：${lastClosed ?? '尚未结账'}`, `closed up to ${lastClosed ?? 'no month yet'}`),
    words(`未结账月份（凭证数）：${months || '无'}`, 'months not closed, with their vouchers'),
    openItems.length === 0 ? none : words('未了事项：', 'Unfinished:'),
  ].map(noteMarkup)}${openItems.length > 0 && markup`<ol>${openItems.map((item) => markup`<li>${item}</li>`)}</ol>
`}`;
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
