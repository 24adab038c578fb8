import type { LocalDate, Period } from '@ledger/domain';
import type { Basis } from '@ledger/views';
import { htmlPage } from '../html-page.js';
import { markup } from '../markup.js';
import { amountCell, name, type Row, type Table, textCell, type Words, words, YUAN } from '../table.js';
import { bilingual, tableMarkup } from '../table-markup.js';

/** What a link of a report leads to: the voucher lines that an amount is made of. */
export interface ListedEntries {
  readonly division: string;
  readonly from: Period;
  readonly to: Period;
  readonly measure: string;
  readonly basis: Basis;
  readonly asOf: LocalDate;
  readonly knownAt: number;
  readonly totalFen: number;
  readonly rows: readonly ListedEntry[];
}

export interface ListedEntry {
  readonly village: string;
  readonly account: string;
  readonly project: string | null;
  readonly period: Period;
  readonly bookedOn: LocalDate;
  readonly effectiveOn: LocalDate;
  readonly position: number;
  readonly voucher: { readonly period: Period; readonly voucherNo: number } | null;
  readonly summary: string | null;
  readonly amountFen: number;
  readonly href: string;
}

/** The entries for a reader in a browser; `nextHref` leads to those after them. */
export function entriesPage(entries: ListedEntries, nextHref: string | null): string {
  const { division, from, to, measure, asOf, knownAt, basis } = entries;
  const what = MEASURES[measure] ?? words(measure, '');
  const title = words(`收入明细：${what.zh}`, `Entries of income: ${what.en}`);
  const times = words(
    `区划${division}，${from}至${to}，截至${asOf}，账本位置${knownAt}，${basis}`,
    `division ${division}, ${from} to ${to}, as of ${asOf}, known at position ${knownAt}`,
  );
  return htmlPage({
    title,
    subtitles: [times],
    demo: false,
    main: markup`${tableMarkup(entriesTable(entries))}${nextHref !== null && markup`<p><a href="${nextHref}">${bilingual(NEXT)}</a></p>\n`}`,
  });
}

const NEXT = words('下一页 →', 'next page');

const MEASURES: Readonly<Record<string, Words>> = {
  recognised: words('确认', 'recognised'),
  collected: words('收到', 'collected'),
  nonRecurring: words('非经常', 'one-off'),
  corrected: words('更正', 'corrected'),
  unallocated: words('未核销收款', 'unallocated receipts'),
};

function entriesTable({ rows, totalFen }: ListedEntries): Table {
  const lines = rows.map((row): Row => ({
    cells: [
      name(row.village),
      name(row.period),
      name(row.voucher === null ? `#${row.position}` : `记-${row.voucher.voucherNo}`, row.href),
      name(row.bookedOn),
      name(row.effectiveOn),
      name(row.account),
      name(row.project ?? ''),
      name(row.summary ?? ''),
      amountCell('fen', row.amountFen),
    ],
  }));
  const empty = Array.from({ length: 7 }, () => name(''));
  const total: Row = {
    total: true,
    cells: [textCell(words('全部合计', 'total of all')), ...empty, amountCell('fen', totalFen)],
  };
  return {
    key: 'entries',
    title: words('构成', 'What it is made of'),
    tab: '',
    unit: YUAN,
    columns: [
      { key: 'village', title: words('村', 'Village'), width: 0 },
      { key: 'period', title: words('记账期间', 'Period'), width: 0 },
      { key: 'voucher', title: words('凭证', 'Voucher'), width: 0 },
      { key: 'bookedOn', title: words('记账日期', 'Booked on'), width: 0 },
      { key: 'effectiveOn', title: words('业务日期', 'Effective on'), width: 0 },
      { key: 'account', title: words('科目', 'Account'), width: 0 },
      { key: 'project', title: words('项目', 'Project'), width: 0 },
      { key: 'summary', title: words('摘要', 'Summary'), width: 0 },
      { key: 'amountFen', title: words('金额', 'Amount'), width: 0 },
    ],
    rows: [...lines, total],
  };
}
