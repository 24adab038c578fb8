import type { MonthlyIncomeReport } from '@ledger/views';
import { htmlPage } from '../html-page.js';
import { markup } from '../markup.js';
import { bilingual, tableMarkup } from '../table-markup.js';
import { chartsOf } from './charts.js';
import type { LinkTo } from './columns.js';
import { incomePaper, SIGNATURES } from './paper.js';

/** The report as a page. */
export function incomePage(report: MonthlyIncomeReport, linkTo: LinkTo): string {
  const { title, subtitle, summary, tables, notes } = incomePaper(report, linkTo);
  return htmlPage({
    title,
    subtitles: [subtitle],
    demo: report.ledger.demo,
    // Signed beneath what is signed for, on the first sheet, however many notes the month needs.
    main: markup`${tableMarkup(summary)}<div class="signatures">${SIGNATURES.map((who) => markup`<span>${bilingual(who)}<i></i></span>`)}</div>
${chartsOf(report)}
${tables.map(tableMarkup)}<section id="notes">
<h2>${bilingual({ zh: '说明', en: 'Notes' })}</h2>
<ol>
${notes.map((note) => markup`<li>${bilingual(note)}</li>\n`)}</ol>
</section>
`,
  });
}
