import type { ChangesSince, MonthlyIncomeReport, WhyChanged } from '@ledger/views';
import {
  amountCell,
  type Column,
  countCell,
  name,
  type Row,
  type Table,
  textCell,
  type Words,
  words,
  YUAN,
} from '../table.js';
import { type LinkTo, type Span, SPANS } from './columns.js';

const WHY: Readonly<Record<WhyChanged, Words>> = {
  late: words('补记', 'late'),
  reversal: words('冲销', 'reversal'),
  correction: words('更正', 'correction'),
  recode: words('区划变更', 'division change'),
};

/** The sums then and now, where the report was asked what has changed. */
export function comparedTable(report: MonthlyIncomeReport, { since, before }: ChangesSince): Table {
  const parts = [
    { title: words('总收入', 'Total'), now: report.total, known: before.total },
    { title: words('经营性收入', 'Operating'), now: report.operating, known: before.operating },
  ];
  const spans = Object.keys(SPANS) as Span[];
  const rows = parts.flatMap(({ title, now, known }) =>
    spans.map((span): Row => {
      const { recognisedFen, collectedFen } = known[span];
      const { recognised, collected } = now[span];
      const amounts = [recognisedFen, recognised.fen, recognised.fen - recognisedFen];
      const receipts = [collectedFen, collected.fen, collected.fen - collectedFen];
      return {
        cells: [
          textCell(title),
          textCell(SPANS[span]),
          ...[...amounts, ...receipts].map((fen) => amountCell('fen', fen)),
        ],
      };
    }),
  );
  return {
    key: 'compared',
    title: words(`变动：第${since}条事实以来`, `Changed since position ${since}`),
    tab: '变动',
    unit: YUAN,
    columns: [
      { key: 'measure', title: words('指标', 'Measure'), width: 18 },
      { key: 'span', title: words('期间', 'Span'), width: 18 },
      ...timeColumns(words('确认', 'Recognised'), 'recognised'),
      ...timeColumns(words('收到', 'Collected'), 'collected'),
    ],
    rows,
  };
}

/** The facts that made the difference. */
export function changesTable({ count, facts }: ChangesSince, linkTo: LinkTo): Table {
  const rows = facts.map((fact): Row => ({
    cells: [
      countCell(fact.position),
      textCell(WHY[fact.why]),
      name(fact.division),
      name(
        fact.voucher === null ? fact.type : `${fact.voucher.period} 记-${fact.voucher.voucherNo}`,
        linkTo(fact.href),
      ),
      name(fact.effectiveOn),
      name(fact.summary ?? ''),
      amountCell('fen', fact.recognisedFen),
      amountCell('fen', fact.collectedFen),
      amountCell('fen', fact.unallocatedFen),
    ],
  }));
  const shown = facts.length;
  return {
    key: 'changes',
    title: words('变动的事实', 'The facts that changed it'),
    tab: '变动事实',
    unit: YUAN,
    columns: [
      { key: 'position', title: words('位置', 'Position'), width: 12 },
      { key: 'why', title: words('原因', 'Why'), width: 16 },
      { key: 'division', title: words('村', 'Village'), width: 14 },
      { key: 'voucher', title: words('凭证', 'Voucher'), width: 20 },
      { key: 'effectiveOn', title: words('业务日期', 'Effective on'), width: 12 },
      { key: 'summary', title: words('摘要', 'Summary'), width: 36 },
      { key: 'recognisedFen', title: words('确认', 'recognised'), width: 17 },
      { key: 'collectedFen', title: words('收到', 'collected'), width: 17 },
      { key: 'unallocatedFen', title: words('未核销收款', 'unallocated'), width: 17 },
    ],
    rows,
    notes: [
      shown < count
        ? words(`共${count}条，列出前${shown}条。`, `${count} facts, the first ${shown} of which are listed.`)
        : words(`共${count}条。`, `${count} facts.`),
    ],
  };
}

function timeColumns(group: Words, key: string): Column[] {
  return TIMES.map(([time, title]) => ({ key: `${key}.${time}`, group, title, width: 17 }));
}

const TIMES: readonly (readonly [string, Words])[] = [
  ['then', words('当时', 'then')],
  ['now', words('现在', 'now')],
  ['difference', words('差额', 'difference')],
];
