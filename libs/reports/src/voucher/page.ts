import { htmlPage } from '../html-page.js';
import { markup, type Markup } from '../markup.js';
import { provenance } from '../provenance.js';
import { type Words, words } from '../table.js';
import { bilingual, tableMarkup } from '../table-markup.js';
import { linesTable } from './lines-table.js';
import type { LinkedVoucher, PrintedVoucher } from './printed-voucher.js';

/** A voucher (记账凭证) for a reader in a browser, and for the binder. */
export function voucherPage(printed: PrintedVoucher): string {
  const { ledger, village, organization, book, voucher, lines } = printed;
  const { period, voucherNo, bookedOn, effectiveOn, summary } = voucher;
  const days =
    bookedOn === effectiveOn ? words('', '') : words(` · 业务日期${effectiveOn}`, `, effective on ${effectiveOn}`);
  return htmlPage({
    title: words(`记账凭证　${period} 记字第${voucherNo}号`, `Voucher ${voucherNo} of ${period}`),
    subtitles: [
      words(
        `${organization.name} · ${book.name} · ${village.name}`,
        `credit code ${organization.code}, book ${book.code}, division ${village.code}`,
      ),
      words(`记账日期${bookedOn}${days.zh}`, `booked on ${bookedOn}${days.en}`),
      words(`摘要：${summary}`, ''),
    ],
    demo: ledger.demo,
    main: markup`${tableMarkup(linesTable(lines))}${remarksOf(printed)}<div class="signatures">${signatures(voucher)}</div>
<p class="note">${bilingual(provenance(printed))}</p>
`,
  });
}

function remarksOf({ voucher, reverses, reversedBy }: PrintedVoucher): Markup[] {
  const { position, kind, attachmentCount, sourceDocument, nonRecurring, corrects, origin, evidence } = voucher;
  const kindWords = KINDS[kind];
  return [
    ...(reverses === null ? [] : [linked(words('红字冲销', 'Reverses'), reverses)]),
    ...(reversedBy === null ? [] : [linked(words('已被冲销，冲销凭证', 'Reversed by'), reversedBy)]),
    ...[
      ...(corrects === null
        ? []
        : [words(`更正${corrects.period}：${corrects.reason}`, `Corrects ${corrects.period}`)]),
      ...(kindWords === undefined ? [] : [kindWords]),
      ...(nonRecurring ? [words('非经常性收支', 'One-off')] : []),
      papersOf(attachmentCount, evidence.length),
      ...(sourceDocument === null ? [] : [words(`原始凭证：${sourceDocument}`, 'Source document')]),
      ...evidence.map(({ sha256, mediaType, bytes }) =>
        words(`电子附件：${sha256}（${mediaType}，${bytes}字节）`, 'Evidence, by its SHA-256'),
      ),
      ...(origin === null ? [] : [words(`来源：${origin}`, 'Origin')]),
      words(`账本第${position}条`, `Position ${position} of the ledger`),
    ].map((remark) => markup`<p class="note">${bilingual(remark)}</p>\n`),
  ];
}

/** Sheets that lie behind the voucher are one thing, files that are kept with it another. */
export function papersOf(sheets: number, files: number): Words {
  if (files === 0) return words(`附单据${sheets}张`, `Paper sheets attached: ${sheets}`);
  return words(`附单据${sheets}张，电子附件${files}份`, `Paper sheets attached: ${sheets}; files attached: ${files}`);
}

/** Of those that people did not write line by line; a reversal names what it reverses. */
const KINDS: Readonly<Record<string, Words>> = {
  closing: words('年末结转凭证', 'Closing voucher of a year end'),
  booking: words('由账本自动记账', 'Booked by the ledger itself'),
};

function linked({ zh, en }: Words, { period, voucherNo, bookedOn, href }: LinkedVoucher): Markup {
  const shown = words(
    `${zh}：${period} 记字第${voucherNo}号（${bookedOn}）`,
    `${en} voucher ${voucherNo} of ${period}`,
  );
  return markup`<p class="note"><a href="${href}">${bilingual(shown)}</a></p>\n`;
}

function signatures({ preparedBy, reviewedBy }: PrintedVoucher['voucher']): Markup[] {
  const signed: (readonly [Words, string])[] = [
    [words('制单', 'Prepared by'), preparedBy],
    [words('复核', 'Reviewed by'), reviewedBy],
  ];
  return signed.map(([role, who]) => markup`<span>${bilingual(role)}<i>${who}</i></span>`);
}
