import type { LocalDate } from '@ledger/domain';
import { htmlPage } from '../html-page.js';
import { markup, type Markup } from '../markup.js';
import { type Words, words } from '../table.js';
import { bilingual, tableMarkup } from '../table-markup.js';
import { linesTable } from './lines-table.js';
import { papersOf } from './page.js';
import type { Named, PrintedLine } from './printed-voucher.js';

/** What is submitted for review, with the vouchers that it would become: to be signed on paper, and no voucher yet. */
export interface PrintedDraft {
  readonly ledger: { readonly name: string; readonly demo: boolean };
  readonly village: Named;
  readonly organization: Named | null;
  readonly book: Named | null;
  readonly draft: {
    readonly id: string;
    readonly version: number;
    readonly status: keyof typeof STATUS;
    readonly preparedBy: string;
    readonly reviewer: string;
    readonly summary: string | null;
  };
  /** As the ledger would record them now; none of what it would refuse, nor of a draft that is closed. */
  readonly vouchers: readonly DraftedVoucher[];
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
  const { ledger, village, organization, book, draft, vouchers, refused, papers } = printed;
  const owners = [organization, book, village].flatMap((of) => (of === null || of.name === '' ? [] : [of.name]));
  const { zh, en } = STATUS[draft.status];
  return htmlPage({
    title: words('记账凭证（草稿）', 'Voucher, DRAFT'),
    subtitles: [
      words(owners.join(' · '), `division ${village.code}`),
      words(`送审单${draft.id}　第${draft.version}版　${zh}`, `version ${draft.version}, ${en}`),
      ...(draft.summary === null ? [] : [words(`摘要：${draft.summary}`, '')]),
    ],
    demo: ledger.demo,
    main: markup`<p class="warning">${bilingual(DRAFT)}</p>
${refused !== null && noteMarkup(words(`现在审核会被拒绝：${refused.zh}`, refused.en))}${vouchers.map(voucherMarkup)}${noteMarkup(papersOf(papers.sheets, papers.files))}<div class="signatures">${signatures(draft)}</div>
`,
  });
}

const DRAFT = words(
  '草稿，未入账，不是记账凭证。审核入账后另行打印。',
  'DRAFT: not in the books and no voucher. Print the voucher once it is approved.',
);

const STATUS = {
  SUBMITTED: words('待审核', 'waiting for review'),
  RETURNED: words('已退回', 'returned'),
  WITHDRAWN: words('已撤回', 'withdrawn'),
  APPROVED: words('已入账', 'recorded'),
};

function voucherMarkup({ period, bookedOn, lines }: DraftedVoucher): Markup {
  const when = words(`拟记入${period}，记账日期${bookedOn}`, `to be booked on ${bookedOn}`);
  return markup`${tableMarkup(linesTable(lines))}${period !== null && noteMarkup(when)}`;
}

function noteMarkup(note: Words): Markup {
  return markup`<p class="note">${bilingual(note)}</p>
`;
}

/** Lines to sign on by hand, below the names of those who are asked to. */
function signatures({ preparedBy, reviewer }: PrintedDraft['draft']): Markup[] {
  const asked: (readonly [Words, string])[] = [
    [words('制单', 'Prepared by'), preparedBy],
    [words('复核', 'To be reviewed by'), reviewer],
  ];
  return asked.map(([role, who]) => markup`<span>${bilingual(role)} ${who}<i></i></span>`);
}
