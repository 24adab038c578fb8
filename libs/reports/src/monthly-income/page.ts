import type { MonthlyIncomeReport } from '@ledger/views';
import { markup } from '../markup.js';
import { bilingual, tableMarkup } from '../table-markup.js';
import { chartsOf } from './charts.js';
import type { LinkTo } from './columns.js';
import { incomePaper, SIGNATURES } from './paper.js';
import { pageStyle } from './page-style.js';

/** The report as a page for a browser and a printer, complete in itself: no script, no picture or font from elsewhere. */
export function incomePage(report: MonthlyIncomeReport, linkTo: LinkTo): string {
  const { title, subtitle, warning, summary, tables, notes } = incomePaper(report, linkTo);
  return markup`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title.zh} ${title.en}</title>
<style>
${pageStyle(report.ledger.demo)}</style>
</head>
<body>
${warning !== undefined && markup`<p class="warning">${bilingual(warning)}</p>\n`}<header>
<h1>${bilingual(title)}</h1>
<p>${bilingual(subtitle)}</p>
</header>
<main>
${tableMarkup(summary)}${chartsOf(report)}<div class="signatures">${SIGNATURES.map((who) => markup`<span>${bilingual(who)}<i></i></span>`)}</div>
${tables.map(tableMarkup)}<section id="notes">
<h2>${bilingual({ zh: '说明', en: 'Notes' })}</h2>
<ol>
${notes.map((note) => markup`<li>${bilingual(note)}</li>\n`)}</ol>
</section>
</main>
</body>
</html>
`.text;
}
