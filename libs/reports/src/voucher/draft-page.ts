import { type LocalDate, type SignatureName, signatureNames, type Signatures, type VoucherRef } from '@ledger/domain';
import { htmlPage } from '../html-page.js';
import { markup, type Markup } from '../markup.js';
import { type Words, words } from '../table.js';
import { bilingual, tableMarkup } from '../table-markup.js';
import { handoverMarkup, handoverSignatures, HANDOVER_TITLE, type PrintedHandover } from './handover.js';
import { linesTable } from './lines-table.js';
import { papersOf } from './page.js';
import type { Named, PrintedLine } from './printed-voucher.js';

/** What is submitted for review, with the vouchers that it would become, or has: to be signed on paper, and no voucher. */
export interface PrintedDraft {
  readonly ledger: { readonly name: string; readonly demo: boolean };
  readonly village: Named;
  readonly organization: Named | null;
  readonly book: Named | null;
  readonly draft: {
    readonly id: string;
    readonly version: number;
    readonly status: keyof typeof STATUS;
    /** Who was asked to review it; another reviewer may have. */
    readonly reviewer: string;
    readonly signatures: Signatures;
    readonly missing: readonly SignatureName[];
    readonly summary: string | null;
  };
  /** Who was asked to close the year with it. */
  readonly closer: string | null;
  readonly reverses: VoucherRef | null;
  /** Why it was sent back, while it is. */
  readonly returnedFor: string | null;
  readonly recorded: { readonly position: number; readonly vouchers: readonly VoucherRef[] } | null;
  /** As the ledger has recorded them or would now; none of what it would refuse, nor of a draft that was withdrawn. */
  readonly vouchers: readonly DraftedVoucher[];
  /** Where no voucher comes of it, but the book goes to another accountant. */
  readonly handover: PrintedHandover | null;
  /** Why the ledger would refuse it now. */
  readonly refused: Words | null;
  /** How much goes with it: paper sheets, and files. */
  readonly papers: { readonly sheets: number; readonly files: number };
}

export interface DraftedVoucher {
  readonly period: string | null;
  readonly bookedOn: LocalDate | null;
  readonly lines: readonly PrintedLine[];
}

/** A draft for a reader in a browser, and for the desk. */
export function draftPage(printed: PrintedDraft): string {
  const { ledger, village, organization, book, draft, recorded, vouchers, handover, papers } = printed;
  const owners = [organization, book, village].flatMap((of) => (of === null || of.name === '' ? [] : [of.name]));
  const { zh, en } = handover !== null && recorded !== null ? RECORDED : STATUS[draft.status];
  return htmlPage({
    title: titleOf(printed),
    subtitles: [
      words(owners.join(' · '), `division ${village.code}`),
      words(`送审单${draft.id}　第${draft.version}版　${zh}`, `version ${draft.version}, ${en}`),
      ...(draft.summary === null ? [] : [words(`摘要：${draft.summary}`, '')]),
    ],
    demo: ledger.demo,
    main: markup`${recorded === null ? markup`<p class="warning">${bilingual(handover === null ? DRAFT : DRAFT_HANDOVER)}</p>\n` : noteMarkup(recordedAs(recorded, handover !== null))}${remarksOf(printed).map(noteMarkup)}${vouchers.map((voucher) => voucherMarkup(voucher, recorded !== null))}${handover !== null && handoverMarkup(handover)}${noteMarkup(papersOf(papers.sheets, papers.files))}<div class="signatures">${handover === null ? signatures(printed) : handoverSignatures(handover)}</div>
`,
  });
}

const DRAFT = words(
  '草稿，未入账，不是记账凭证。审核入账后另行打印。',
  'DRAFT: not in the books and no voucher. Print the voucher once it is approved.',
);

const DRAFT_HANDOVER = words(
  '草稿，尚未记录。监交人审核后生效。',
  'DRAFT: not recorded, and nothing is handed over. It counts once the witness has approved it.',
);

function titleOf({ handover, recorded }: PrintedDraft): Words {
  if (handover === null) {
    return recorded === null
      ? words('记账凭证（草稿）', 'Voucher, DRAFT')
      : words('送审单（已入账）', 'Draft, recorded');
  }
  const { zh, en } = HANDOVER_TITLE;
  return recorded === null ? words(`${zh}（草稿）`, `${en}, DRAFT`) : HANDOVER_TITLE;
}

const STATUS = {
  SUBMITTED: words('待审核', 'waiting for review'),
  RETURNED: words('已退回', 'returned'),
  WITHDRAWN: words('已撤回', 'withdrawn'),
  APPROVED: words('已入账', 'recorded'),
};

const RECORDED = words('已记录', 'recorded');

function recordedAs({ position, vouchers }: NonNullable<PrintedDraft['recorded']>, isHandover: boolean): Words {
  if (isHandover) return words(`已记录：账本第${position}条。`, `Recorded: position ${position} of the ledger.`);
  const zh = vouchers.map(({ period, voucherNo }) => `${period} 记字第${voucherNo}号，`);
  const en = vouchers.map(({ period, voucherNo }) => `voucher ${voucherNo} of ${period}, `);
  return words(
    `已入账：${zh.join('')}账本第${position}条。归档请另行打印记账凭证。`,
    `Recorded: ${en.join('')}position ${position} of the ledger. Print the voucher itself for the binder.`,
  );
}

function remarksOf({ refused, returnedFor, reverses }: PrintedDraft): Words[] {
  return [
    ...(reverses === null
      ? []
      : [
          words(
            `红字冲销：${reverses.period} 记字第${reverses.voucherNo}号`,
            `Reverses voucher ${reverses.voucherNo} of ${reverses.period}`,
          ),
        ]),
    ...(returnedFor === null ? [] : [words(`退回原因：${returnedFor}`, 'Returned, for the reason given')]),
    ...(refused === null ? [] : [words(`现在审核会被拒绝：${refused.zh}`, refused.en)]),
  ];
}

function voucherMarkup({ period, bookedOn, lines }: DraftedVoucher, isRecorded: boolean): Markup {
  const when = isRecorded
    ? words(`记入${period}，记账日期${bookedOn}`, `booked on ${bookedOn}`)
    : words(`拟记入${period}，记账日期${bookedOn}`, `to be booked on ${bookedOn}`);
  return markup`${tableMarkup(linesTable(lines))}${period !== null && noteMarkup(when)}`;
}

function noteMarkup(note: Words): Markup {
  return markup`<p class="note">${bilingual(note)}</p>
`;
}

/** Lines to sign on by hand, below the names of those who have signed for it, and of those who are asked to. */
function signatures({ draft, closer }: PrintedDraft): Markup[] {
  const asked = { preparedBy: '', reviewedBy: draft.reviewer, closedBy: closer ?? '' };
  return signatureNames
    .filter((name) => draft.signatures[name] !== undefined || draft.missing.includes(name))
    .map((name) => {
      const signed = draft.signatures[name];
      const role = signed === undefined ? TO_SIGN[name] : SIGNED[name];
      return markup`<span>${bilingual(role)} ${signed ?? asked[name]}<i></i></span>`;
    });
}

const SIGNED: Readonly<Record<SignatureName, Words>> = {
  preparedBy: words('制单', 'Prepared by'),
  reviewedBy: words('复核', 'Reviewed by'),
  closedBy: words('结账', 'Closed by'),
};

const TO_SIGN: Readonly<Record<SignatureName, Words>> = {
  preparedBy: SIGNED.preparedBy,
  reviewedBy: words('复核', 'To be reviewed by'),
  closedBy: words('结账', 'To be closed by'),
};
