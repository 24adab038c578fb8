import { chartAccount, exact } from '@ledger/views';
import { htmlPage } from '../html-page.js';
import { markup } from '../markup.js';
import {
  amountCell,
  type Cell,
  type Column,
  name,
  type Row,
  type Table,
  textCell,
  type Words,
  words,
  YUAN,
} from '../table.js';
import { bilingual, tableMarkup } from '../table-markup.js';
import { accountWords } from './account-words.js';
import { entriesHeading } from './entries-heading.js';
import type { EntriesAsked, EntryNames, ListedEntries, ListedEntry } from './listed-entries.js';

/** The entries for a reader in a browser. */
export function entriesPage(entries: ListedEntries, { filter, names, nextHref }: EntriesAsked): string {
  const { title, times } = entriesHeading(entries, filter, names);
  return htmlPage({
    title,
    subtitles: [times],
    demo: names.demo,
    main: markup`${tableMarkup(entriesTable(entries, names, nextHref !== null))}${nextHref !== null && markup`<p><a href="${nextHref}">${bilingual(NEXT)}</a></p>\n`}`,
  });
}

const NEXT = words('下一页 →', 'next page');

function entriesTable({ rows, totalFen }: ListedEntries, names: EntryNames, more: boolean): Table {
  const lines = rows.map((row): Row => ({
    cells: [
      name(called(row.village, names.places)),
      name(row.period),
      name(row.voucher === null ? `#${row.position}` : `记-${row.voucher.voucherNo}`, row.href ?? undefined),
      name(row.bookedOn),
      name(row.effectiveOn),
      accountCell(row, names),
      name(row.project === null ? '' : (names.projects.get(row.project) ?? row.project)),
      name(row.summary ?? ''),
      amountCell('fen', row.amountFen),
    ],
  }));
  const pageFen = rows.reduce((sum, { amountFen }) => exact(sum + amountFen), 0);
  const sums = [sumRow(words('全部合计', 'total of all'), totalFen)];
  // The total of all must not be taken for that of what is seen.
  if (more || pageFen !== totalFen) sums.unshift(sumRow(words('本页小计', 'of this page'), pageFen));
  return {
    key: 'entries',
    title: words('构成', 'What it is made of'),
    tab: '',
    unit: YUAN,
    columns: COLUMNS,
    rows: [...lines, ...sums],
  };
}

function called(code: string, places: ReadonlyMap<string, string>): string {
  const known = places.get(code);
  return known === undefined ? code : `${known} ${code}`;
}

function accountCell({ account, period }: ListedEntry, { accounts }: EntryNames): Cell {
  const { code } = chartAccount(account, period);
  const { zh, en } = accountWords(account, accounts);
  return textCell(words(`${code} ${zh}`.trim(), en));
}

function sumRow(title: Words, fen: number): Row {
  const empty = Array.from({ length: COLUMNS.length - 2 }, () => name(''));
  return { total: true, cells: [textCell(title), ...empty, amountCell('fen', fen)] };
}

const COLUMNS: readonly Column[] = [
  { key: 'village', title: words('村', 'Village'), width: 0 },
  { key: 'period', title: words('记账期间', 'Period'), width: 0 },
  { key: 'voucher', title: words('凭证', 'Voucher'), width: 0 },
  { key: 'bookedOn', title: words('记账日期', 'Booked on'), width: 0 },
  { key: 'effectiveOn', title: words('业务日期', 'Effective on'), width: 0 },
  { key: 'account', title: words('科目', 'Account'), width: 0 },
  { key: 'project', title: words('项目', 'Project'), width: 0 },
  { key: 'summary', title: words('摘要', 'Summary'), width: 0 },
  { key: 'amountFen', title: words('金额', 'Amount'), width: 0 },
];
