import type { Interval, MonthlyIncomeReport, RestOfYear } from '@ledger/views';
import { amountCell, type Cell, name, type Row, type Table, textCell, type Words, words, YUAN } from '../table.js';
import { amountOf, type LinkTo, type Showing, unknownSpans } from './columns.js';

/** The months of this year and last, as they were recognised and collected. */
export function monthsTable(report: MonthlyIncomeReport, linkTo: LinkTo): Table {
  const total = words('总收入', 'Total');
  const operating = words('经营性收入', 'Operating');
  const recognised = words('确认', 'recognised');
  const collected = words('收到', 'collected');
  return {
    key: 'months',
    title: words('各月', 'Months'),
    tab: '各月',
    unit: YUAN,
    columns: [
      { key: 'period', title: words('月份', 'Month'), width: 12 },
      { key: 'total.recognised', group: total, title: recognised, width: 18 },
      { key: 'total.collected', group: total, title: collected, width: 18 },
      { key: 'operating.recognised', group: operating, title: recognised, width: 18 },
      { key: 'operating.collected', group: operating, title: collected, width: 18 },
    ],
    rows: report.months.map((month) => {
      const unknown = unknownSpans(month.period, report.booksFrom);
      const show: Showing = { unit: 'fen', linkTo, unknown };
      const amounts = [month.total, month.operating].flatMap((own) => [own.recognised, own.collected]);
      return { cells: [name(month.period), ...amounts.map((amount) => amountOf(amount, show, 'month'))] };
    }),
  };
}

/** What the rest of the year may bring, with what the past says about how wrong that may be. */
export function forecastTable({ forecast, period }: MonthlyIncomeReport): Table {
  const parts: [Words, RestOfYear][] = [
    [words('总收入', 'Total'), forecast.total],
    [words('经营性收入', 'Operating'), forecast.operating],
  ];
  return {
    key: 'forecast',
    title: words('全年预测', 'Forecast of the year'),
    tab: '预测',
    unit: YUAN,
    columns: [
      { key: 'measure', title: words('指标', 'Measure'), width: 20 },
      { key: 'period', title: words('月份', 'Month'), width: 14 },
      { key: 'fen', title: words('预测', 'Forecast'), width: 18 },
      { key: 'lowFen', title: words('区间下限', 'Low'), width: 18 },
      { key: 'highFen', title: words('区间上限', 'High'), width: 18 },
    ],
    rows: parts.flatMap(([title, rest]) => rowsOf(title, rest, period.slice(0, 4))),
    notes: parts.map(([title, rest]) => howOf(title, rest)),
  };
}

function rowsOf(title: Words, { months, year: whole }: RestOfYear, year: string): Row[] {
  const rows = months.map((month): Row => ({ cells: [textCell(title), name(month.period), ...intervalCells(month)] }));
  if (whole === null) return rows;
  const cells = [textCell(title), textCell(words(`${year}全年`, 'whole year')), ...intervalCells(whole)];
  return [...rows, { total: true, cells }];
}

function intervalCells({ fen, lowFen, highFen }: Interval): Cell[] {
  return [fen, lowFen, highFen].map((amount) => amountCell('fen', amount));
}

/** A forecast says how it was made, or why there is none. */
function howOf(title: Words, { refused, historyMonths, coverageBasisPoints }: RestOfYear): Words {
  if (refused === 'MONTH_NOT_OVER') {
    return words(
      `${title.zh}：本月尚未结束，不作预测。`,
      `${title.en}: the month is not over, so nothing is forecast.`,
    );
  }
  if (refused === 'VILLAGES_WITHOUT_DATA') {
    return words(
      `${title.zh}：一成以上的村本月未记账，不作预测。`,
      `${title.en}: more than a tenth of the villages have no entries this month, so nothing is forecast.`,
    );
  }
  if (refused !== null) {
    return words(
      `${title.zh}：历史只有${historyMonths}个月，不足24个月，不作预测。`,
      `${title.en}: only ${historyMonths} ${historyMonths === 1 ? 'month' : 'months'} of history, fewer than 24, so nothing is forecast.`,
    );
  }
  const percent = Math.round(coverageBasisPoints / 100);
  return words(
    `${title.zh}：季节性朴素法（各月取上年同月），依据${historyMonths}个月；区间由以往误差推算，覆盖其${percent}%：收入逐年增长时，可整体高于上年同月；误差太少时不给区间。`,
    `${title.en}: seasonal naive (each month as the same month of last year), from ${historyMonths} months; the interval comes from its past errors and holds ${percent} % of them: where income grows from year to year it may lie above last year’s month altogether. It is left out where they are too few.`,
  );
}
