import type { MonthlyIncomeReport } from '@ledger/views';
import { DEMO, provenance } from '../provenance.js';
import { type Table, type Words, words } from '../table.js';

/** What the words of the report mean, where its amounts lead, if its reader may follow, and what it was made from. */
export function notesOf(report: MonthlyIncomeReport, tables: readonly Table[]): Words[] {
  return [
    ...MEANINGS,
    ...(tables.some(isLinked) ? [LINKED] : []),
    BASES[report.basis],
    words(
      '收入与居民人均可支配收入无关，后者由住户调查公布。',
      'None of this is disposable income of residents, which a household survey publishes.',
    ),
    ...(report.ledger.demo ? [DEMO] : []),
    provenance(report),
  ];
}

/** How a heading names the basis, in a few characters. */
export const BASIS_NAMES = {
  booked: words('记账口径', 'as booked'),
  restated: words('业务归属口径', 'restated'),
};

const BASES = {
  booked: words(
    '口径：按记账期间（booked）；已结账的月份不再变动。',
    'Basis: by the month in whose books an entry stands; a closed month never changes.',
  ),
  restated: words(
    '口径：按业务归属期间（restated）；以后月份更正的金额计入所属月份，单列其中更正。',
    'Basis: by the month an entry belongs to; what was corrected later stands in that month, and is marked.',
  ),
};

const LINKED = words('表中每个金额都链接到构成它的凭证。', 'Each amount in a table leads to its vouchers.');

function isLinked({ rows }: Table): boolean {
  return rows.some(({ cells }) => cells.some((cell) => 'href' in cell));
}

const MEANINGS: readonly Words[] = [
  words(
    '确认：按权责发生制计入的收入。收到：当时收到的和以后收回应收款的金额。两者并列，不相加。',
    'Recognised: as earned. Collected: as paid, at once or by receipts that settle a receivable. They are never added.',
  ),
  words(
    '未核销收款：收回应收款但未注明所收为哪笔收入，不计入以上任何一项。',
    'Unallocated receipts: on receivables, without saying which income they settle; part of nothing else.',
  ),
  words(
    '总收入=经营性收入+补助和其他收入。经营性收入按各自会计科目表的口径（2024年起为501、502）。',
    'Total = operating + grants and other. Operating income is what each chart of accounts says it is.',
  ),
  words(
    '非经常：凭证上注明的一次性收入，仍包含在确认数中。',
    'One-off: income whose voucher says so; it stays in what is recognised.',
  ),
];
