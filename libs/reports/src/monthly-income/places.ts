import type { Figures, MonthlyIncomeReport, PlaceLine } from '@ledger/views';
import { type Cell, type Column, name, type Row, type Table, textCell, type Words, words, YUAN } from '../table.js';
import {
  amountColumn,
  amountOf,
  type FigureColumn,
  type LinkTo,
  ratioColumn,
  type Showing,
  unknownSpans,
} from './columns.js';
import { NOT_CLOSED, REASONS } from './without-data.js';

/** The townships of a district. */
export function townshipsTable(report: MonthlyIncomeReport, linkTo: LinkTo): Table {
  return placesTable('townships', report, linkTo);
}

/** The villages of a township or district, every one of them, with or without data. */
export function villagesTable(report: MonthlyIncomeReport, linkTo: LinkTo): Table {
  return placesTable('villages', report, linkTo);
}

const TITLES = { townships: words('镇街', 'Townships'), villages: words('村', 'Villages') };

/** Of the total: what is recognised and collected; of operating income: what the tiers and comparisons go by. */
const TOTAL: readonly FigureColumn[] = [
  amountColumn('month', 'recognised'),
  amountColumn('month', 'collected'),
  amountColumn('yearToDate', 'recognised'),
  amountColumn('yearToDate', 'collected'),
  amountColumn('yearToDate', 'nonRecurring'),
  amountColumn('yearToDateLastYear', 'recognised'),
  ratioColumn('yearToDate', {
    key: 'change.yearToDate.percent',
    group: words('累计', 'To date'),
    title: words('增减%', 'change'),
    width: 10,
  }),
];
const OPERATING = TOTAL.filter((_, i) => [0, 2, 5, 6].includes(i));

function placesTable(key: keyof typeof TITLES, report: MonthlyIncomeReport, linkTo: LinkTo): Table {
  const townships = key === 'townships';
  const open = new Set(report.villages.notClosed.map(({ code }) => code));
  const columns: Column[] = [
    { key: 'name', title: TITLES[key], width: 16 },
    { key: 'code', title: words('代码', 'Code'), width: 14 },
    ...(townships ? [{ key: 'villages', title: words('村数', 'Villages'), width: 8 }] : []),
    ...TOTAL.map(of('total')),
    ...OPERATING.map(of('operating')),
    { key: 'unallocatedReceipts.yearToDate', title: words('未核销收款累计', 'Unallocated to date'), width: 14 },
    { key: 'remark', title: words('备注', 'Remark'), width: 14 },
  ];
  const rows = (townships ? report.byTownship : report.byVillage).map((place): Row => {
    const show: Showing = { unit: 'fen', linkTo, unknown: unknownSpans(report.period, place.booksFrom) };
    const figures = (own: Figures, over: readonly FigureColumn[]): Cell[] => over.map(({ cell }) => cell(own, show));
    return {
      cells: [
        name(place.name),
        name(place.code),
        ...(townships ? [{ kind: 'count', count: place.villages } as const] : []),
        ...figures(place.total, TOTAL),
        ...figures(place.operating, OPERATING),
        amountOf(place.unallocatedReceipts.yearToDate, show, 'yearToDate'),
        remarkOf(place, open.has(place.code)),
      ],
    };
  });
  return { key, title: TITLES[key], tab: TITLES[key].zh, unit: YUAN, columns, rows };
}

const OF = { total: words('总收入', 'Total'), operating: words('经营性', 'Operating') };

function of(part: keyof typeof OF) {
  return ({ column: { key, group, title, width } }: FigureColumn): Column => ({
    key: `${part}.${key}`,
    group: OF[part],
    title: words(`${group?.zh ?? ''}${title.zh}`, `${group?.en ?? ''} ${title.en}`),
    width,
  });
}

/** What is out of the ordinary: no data, a month that is still open, and figures of a demo that were published. */
function remarkOf({ withoutData, origins }: PlaceLine, open: boolean): Cell {
  const said: Words[] = [];
  if (withoutData !== null) said.push(REASONS[withoutData]);
  else if (open) said.push(NOT_CLOSED);
  if (origins.includes('SEED')) said.push(origins.length === 1 ? PUBLISHED : PARTLY_PUBLISHED);
  return textCell(words(said.map(({ zh }) => zh).join('、'), said.map(({ en }) => en).join(', ')));
}

const PUBLISHED = words('公开数字', 'published');
const PARTLY_PUBLISHED = words('含公开数字', 'partly published');
