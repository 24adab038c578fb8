import { type Line, qualified } from '@ledger/accounting';
import type { VoucherRef } from '@ledger/domain';
import type { EventLog } from '@ledger/eventlog';
import { seeded } from './random-ledger.js';
import { DISTRICT, fact, NEIGHBOUR, TOWNSHIP, VILLAGE, VillageLedger } from './village-ledger.js';

export const OTHER_TOWNSHIP = '330603002000';
const FAR_VILLAGE = '330603002201';
const BOOKS = [
  { id: 'book-a', village: VILLAGE },
  { id: 'book-b', village: NEIGHBOUR },
  { id: 'book-c', village: FAR_VILLAGE },
];
/** Each with the chart of its year. */
const INCOME = {
  2022: ['501', '51101', '51102', '511', '522', '531', '561'],
  2023: ['501', '51101', '51102', '511', '522', '531', '561'],
  2024: ['50101', '50102', '50202', '50301', '504'],
} as const;
type Year = keyof typeof INCOME;

interface Posted {
  readonly ref: VoucherRef;
  readonly effectiveOn: string;
  readonly lines: readonly Line[];
  readonly nonRecurring: boolean;
  reversed: boolean;
}

/**
 * Three years of income of three villages, under two charts: paid at once, owed, received later with and without saying for
 * what, several at once, refunded, reversed before and after it was received, booked late, and a township that is recoded.
 */
export async function randomIncome(seed: number, postings: number, log?: EventLog): Promise<VillageLedger> {
  const ledger = new VillageLedger(log);
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  await ledger.open();
  await ledger.division(DISTRICT, '柯桥区', '2022-01-01');
  for (const [code, name] of [
    [TOWNSHIP, '兰亭镇'],
    [OTHER_TOWNSHIP, '柯岩街道'],
    [NEIGHBOUR, '王家坞村'],
    [VILLAGE, '谢家坞村'],
    [FAR_VILLAGE, '叶家堰村'],
  ] as const) {
    await ledger.division(code, name, '2022-01-01');
  }
  for (const { id, village } of BOOKS) await ledger.book('2022-01', { id, village });
  const posted = new Map(BOOKS.map(({ id }) => [id, [] as Posted[]]));
  for (let i = 0; i < postings; i++) {
    if (i === Math.floor(postings * 0.7)) await recode(ledger);
    const months = Math.floor((i / postings) * 36);
    const period = monthOf(months);
    const late = months > 2 && random() < 0.15 ? 1 + below(Math.min(months, 14)) : 0;
    const belongs = monthOf(months - late);
    const effectiveOn = `${belongs}-${two(1 + below(28))}`;
    const bookedOn = late === 0 ? effectiveOn : `${period}-${two(1 + below(28))}`;
    const { id: book } = pick(BOOKS);
    const own = posted.get(book) ?? [];
    const year = Number(period.slice(0, 4)) as Year;
    const chart = year < 2024 ? 'village-2004' : 'rural-collective-2024';
    const line = (code: string, side: Line['side'], amountFen: number, more: Partial<Line> = {}): Line => {
      return { account: qualified(chart, code), side, amountFen, summary: '记账', ...more };
    };
    const place = { book, period, bookedOn, ...(late === 0 ? {} : { corrects: { period: belongs, reason: '迟到' } }) };
    const project = (): Partial<Line> => (random() < 0.4 ? { project: pick(['project-1', 'project-2']) } : {});
    const turn = random();
    const earlier = pick(own.length > 0 ? own : [undefined]);
    if (turn < 0.12 && earlier !== undefined && !earlier.reversed) {
      earlier.reversed = true;
      const said = { nonRecurring: earlier.nonRecurring, bookedOn: `${period}-${two(1 + below(28))}`, book };
      await ledger.reverse(earlier.effectiveOn, earlier.ref, earlier.lines, period, said);
      continue;
    }
    const lines: Line[] = [];
    if (turn < 0.45) {
      // A receipt: of one or two incomes, of none, or of more than was owed, partly set off against something else.
      const count = 1 + below(2);
      for (let n = 0; n < count; n++) {
        const of = random() < 0.75 && own.length > 0 ? { settles: pick(own).ref } : {};
        lines.push(line(pick(['112', '113']), 'credit', 1 + below(5000), of));
      }
      const fen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
      const setOff = random() < 0.2 ? below(fen) : 0;
      if (setOff > 0) lines.push(line(chart === 'village-2004' ? '551' : '515', 'debit', setOff));
      lines.push(line('102', 'debit', fen - setOff));
    } else {
      const count = 1 + below(3);
      for (let n = 0; n < count; n++) lines.push(line(pick(INCOME[year]), 'credit', 1 + below(9999), project()));
      if (random() < 0.3) lines.push(line(chart === 'village-2004' ? '202' : '214', 'credit', 1 + below(500)));
      if (random() < 0.1) lines.push(line(pick(INCOME[year]), 'debit', 1 + below(900), project()));
      const fen = lines.reduce((sum, { side, amountFen }) => sum + (side === 'credit' ? amountFen : -amountFen), 0);
      const owed = random() < 0.6 ? (random() < 0.5 ? fen : below(Math.max(1, fen))) : 0;
      const money = fen - owed;
      if (owed > 0) lines.push(line(pick(['112', '113']), 'debit', owed));
      if (money !== 0) lines.push(line(pick(['101', '102']), money > 0 ? 'debit' : 'credit', Math.abs(money)));
    }
    const nonRecurring = random() < 0.2;
    const posting = ledger.posting(effectiveOn, { ...place, lines, ...(nonRecurring ? { nonRecurring } : {}) });
    await ledger.append(`ledger-${book}-${period.slice(0, 4)}`, posting);
    const ref = { period, voucherNo: posting.data.voucherNo };
    own.push({ ref, effectiveOn, lines, nonRecurring, reversed: false });
  }
  return ledger;
}

/** The township of the first two villages gets another code in the middle of 2024. */
async function recode(ledger: VillageLedger): Promise<void> {
  const villages = [VILLAGE, NEIGHBOUR].map((oldCode) => ({ oldCode, newCode: oldCode.replace('603008', '603012') }));
  const data = { oldCode: TOWNSHIP, newCode: '330603012000', villages };
  await ledger.append('divisions-330603', fact('DivisionRecoded', '2024-01-15', data, TOWNSHIP));
}

function monthOf(number: number): string {
  return `${2022 + Math.floor(number / 12)}-${two(1 + (number % 12))}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
