import { exact } from '@ledger/views';
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
import { capitalAmount } from './capital-amount.js';
import type { Named, PrintedLine } from './printed-voucher.js';

/** The lines of a voucher; what they refer to has a column where one of them does. */
export function linesTable(lines: readonly PrintedLine[]): Table {
  const references = lines.map(referencesOf);
  const referring = references.some(({ zh }) => zh !== '');
  const only = (...cells: Cell[]): Cell[] => (referring ? cells : []);
  const rows = lines.map(({ summary, account, side, amountFen }, i): Row => ({
    cells: [
      name(summary),
      name(account.code),
      textCell(words(account.name, account.nameEn ?? '')),
      ...only(textCell(references[i] ?? words('', ''))),
      side === 'debit' ? amountCell('fen', amountFen) : name(''),
      side === 'credit' ? amountCell('fen', amountFen) : name(''),
    ],
  }));
  const debitFen = sumFen(lines, 'debit');
  const total: Row = {
    total: true,
    cells: [
      textCell(words(`合计　${capitalAmount(debitFen)}`, 'Total')),
      name(''),
      name(''),
      ...only(name('')),
      amountCell('fen', debitFen),
      amountCell('fen', sumFen(lines, 'credit')),
    ],
  };
  return {
    key: 'lines',
    title: words('分录', 'Lines'),
    tab: '',
    unit: YUAN,
    columns: [
      { key: 'summary', title: words('摘要', 'Summary'), width: 0 },
      { key: 'account', title: words('科目编码', 'Account'), width: 0 },
      { key: 'name', title: words('科目名称', 'Name'), width: 0 },
      ...(referring ? [REFERENCES] : []),
      { key: 'debitFen', title: words('借方', 'Debit'), width: 0 },
      { key: 'creditFen', title: words('贷方', 'Credit'), width: 0 },
    ],
    rows: [...rows, total],
  };
}

const REFERENCES: Column = { key: 'references', title: words('辅助核算', 'Refers to'), width: 0 };

function sumFen(lines: readonly PrintedLine[], of: PrintedLine['side']): number {
  return lines.reduce((sum, { side, amountFen }) => (side === of ? exact(sum + amountFen) : sum), 0);
}

function referencesOf({ project, party, contract, grant, asset, settles }: PrintedLine): Words {
  const told = [
    { of: words('项目', 'project'), text: project && shown(project) },
    { of: words('往来', 'party'), text: party },
    { of: words('合同', 'contract'), text: contract },
    { of: words('专项资金', 'grant'), text: grant },
    { of: words('资产', 'asset'), text: asset && shown(asset) },
    { of: words('核销', 'settles'), text: settles && `${settles.period} 记-${settles.voucherNo}` },
  ].flatMap(({ of, text }) => (text === undefined ? [] : [{ of, text }]));
  return words(told.map(({ of, text }) => `${of.zh}：${text}`).join('；'), told.map(({ of }) => of.en).join(', '));
}

function shown({ code, name: called }: Named): string {
  return called === '' ? code : `${called}（${code}）`;
}
