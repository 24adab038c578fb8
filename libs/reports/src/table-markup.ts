import { yuan } from '@ledger/domain';
import { percent, wan } from './figures.js';
import { markup, type Markup } from './markup.js';
import type { Cell, Column, Row, Table, Words } from './table.js';

/** A table as HTML: its header is repeated on every printed page, each amount leads to its vouchers. */
export function tableMarkup(table: Table): Markup {
  const { key, title, unit, columns, rows, notes = [] } = table;
  return markup`<section id="${key}">
<h2>${bilingual(title)}<span class="unit">单位：${bilingual(unit)}</span></h2>
<table>
<thead>${headerRows(columns)}</thead>
<tbody>
${rows.map(rowMarkup)}</tbody>
</table>
${notes.map((note) => markup`<p class="note">${bilingual(note)}</p>\n`)}</section>
`;
}

/** Chinese, and the English smaller behind it. */
export function bilingual({ zh, en }: Words): Markup {
  return en === '' || en === zh ? markup`${zh}` : markup`${zh} <span class="en" lang="en">${en}</span>`;
}

function headerRows(columns: readonly Column[]): Markup {
  if (!columns.some(({ group }) => group !== undefined)) {
    return markup`<tr>${columns.map(({ title }) => markup`<th scope="col">${bilingual(title)}</th>`)}</tr>`;
  }
  const upper = columns.map(({ group, title }, i) => {
    if (group === undefined) return markup`<th scope="col" rowspan="2">${bilingual(title)}</th>`;
    if (columns[i - 1]?.group?.zh === group.zh) return undefined;
    const after = columns.slice(i).findIndex((column) => column.group?.zh !== group.zh);
    const span = after < 0 ? columns.length - i : after;
    return markup`<th scope="colgroup" colspan="${span}">${bilingual(group)}</th>`;
  });
  const lower = columns
    .filter(({ group }) => group !== undefined)
    .map(({ title }) => markup`<th scope="col">${bilingual(title)}</th>`);
  return markup`<tr>${upper}</tr><tr>${lower}</tr>`;
}

function rowMarkup({ cells, total }: Row): Markup {
  return markup`<tr${total === true && markup` class="total"`}>${cells.map(cellMarkup)}</tr>\n`;
}

function cellMarkup(cell: Cell): Markup {
  switch (cell.kind) {
    case 'text':
      return markup`<td>${linked(bilingual(cell.text), cell.href)}</td>`;
    case 'fen':
      return figure(cell.fen, linked(markup`${cell.fen === null ? '–' : yuan(cell.fen)}`, cell.href));
    case 'wan':
      return figure(cell.fen, linked(markup`${cell.fen === null ? '–' : wan(cell.fen)}`, cell.href));
    case 'ratio':
      return figure(cell.basisPoints, markup`${cell.basisPoints === null ? '–' : percent(cell.basisPoints)}`);
  }
  return figure(cell.count, markup`${cell.count ?? '–'}`);
}

/** Negative amounts are in red, as they are in the books. */
function figure(value: number | null, shown: Markup): Markup {
  return markup`<td class="${value !== null && value < 0 ? 'figure red' : 'figure'}">${shown}</td>`;
}

function linked(shown: Markup, href: string | undefined): Markup {
  return href === undefined ? shown : markup`<a href="${href}">${shown}</a>`;
}
