import type { MonthlyIncomeReport } from '@ledger/views';
import { chartImage } from '../chart-image.js';
import { wanHundredths } from '../figures.js';
import { type Markup, markup, trusted } from '../markup.js';
import { type Words, words } from '../table.js';
import { bilingual } from '../table-markup.js';

const FONT = 'SimSun, Songti SC, Noto Serif CJK SC, serif';
const THIS_YEAR = '#1f3864';
const LAST_YEAR = '#b4b4b4';
const MOST_PLACES = 30;

/** The pictures of a page: the months of both years, and the places below by their income. */
export function chartsOf(report: MonthlyIncomeReport): Markup {
  return markup`<div class="charts">
${picture(MONTHS, monthsChart(report))}${report.scope.level !== 'village' && picture(placesTitle(report), placesChart(report))}</div>
`;
}

const MONTHS = words('总收入逐月与上年比较（万元）', 'Total income by month, against last year (10,000 yuan)');

function picture(title: Words, svg: string): Markup {
  return markup`<figure><figcaption>${bilingual(title)}</figcaption>${trusted(svg)}</figure>
`;
}

function monthsChart({ months, period, booksFrom }: MonthlyIncomeReport): string {
  const year = period.slice(0, 4);
  const lastYear = String(Number(year) - 1);
  const ofYear = (of: string) =>
    Array.from({ length: 12 }, (_, i) => {
      const name = `${of}-${String(i + 1).padStart(2, '0')}`;
      const month = months.find((candidate) => candidate.period === name);
      const unknown = booksFrom === null || name < booksFrom;
      return month === undefined || (unknown && month.total.recognised.href === null)
        ? '-'
        : inWan(month.total.recognised.fen);
    });
  return chartImage(
    'months',
    { width: 520, height: 190 },
    {
      textStyle: { fontFamily: FONT, color: '#222' },
      grid: { left: 8, right: 8, top: 34, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: { top: 0, itemWidth: 14, itemHeight: 9, data: [lastYear, year] },
      xAxis: { type: 'category', data: Array.from({ length: 12 }, (_, i) => `${i + 1}月`), axisTick: { show: false } },
      yAxis: { type: 'value', splitLine: { lineStyle: { color: '#ddd' } } },
      series: [
        { name: lastYear, type: 'bar', silent: true, itemStyle: { color: LAST_YEAR }, data: ofYear(lastYear) },
        { name: year, type: 'bar', silent: true, itemStyle: { color: THIS_YEAR }, data: ofYear(year) },
      ],
    },
  );
}

function placesTitle({ byTownship, byVillage }: MonthlyIncomeReport): Words {
  if (byTownship.length > 0) {
    return words('各镇街本年累计经营性收入（万元）', 'Operating income to date by township (10,000 yuan)');
  }
  const most =
    byVillage.length > MOST_PLACES
      ? { zh: `（前${MOST_PLACES}个村）`, en: `, first ${MOST_PLACES}` }
      : { zh: '', en: '' };
  return words(
    `各村本年累计经营性收入（万元）${most.zh}`,
    `Operating income to date by village (10,000 yuan)${most.en}`,
  );
}

function placesChart({ byTownship, byVillage }: MonthlyIncomeReport): string {
  const places = (byTownship.length > 0 ? byTownship : byVillage)
    .map(({ name, code, operating }) => ({ name, code, fen: operating.yearToDate.recognised.fen }))
    .toSorted((a, b) => b.fen - a.fen || (a.code < b.code ? -1 : 1))
    .slice(0, MOST_PLACES);
  return chartImage(
    'places',
    { width: 520, height: 190 },
    {
      textStyle: { fontFamily: FONT, color: '#222' },
      grid: { left: 8, right: 8, top: 18, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: {
        type: 'category',
        data: places.map(({ name }) => name),
        axisTick: { show: false },
        axisLabel: { interval: 0, rotate: places.length > 8 ? 60 : 0, fontSize: places.length > 20 ? 8 : 10 },
      },
      yAxis: { type: 'value', splitLine: { lineStyle: { color: '#ddd' } } },
      series: [
        {
          type: 'bar',
          silent: true,
          barMaxWidth: 22,
          itemStyle: { color: THIS_YEAR },
          data: places.map(({ fen }) => inWan(fen)),
        },
      ],
    },
  );
}

function inWan(fen: number): number {
  return wanHundredths(fen) / 100;
}
