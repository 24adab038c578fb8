import type { EventLog } from '@ledger/eventlog';
import { account, lines, NEIGHBOUR, VILLAGE, VillageLedger } from './village-ledger.js';

/** A reproducible random number in [0, 1), by mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const BOOKS = ['book-a', 'book-b', 'book-c'];
const INCOME = ['50102', '50103', '50202'];
const two = (number: number): string => String(number).padStart(2, '0');
const EXPENSE = ['51302', '51401', '515'];

/**
 * Three books with openings, entries into two or three open months at once, corrections of closed months, reversals and
 * closing vouchers, in an order that no village would keep but every view must add up.
 */
export async function randomLedger(seed: number, postings: number, log?: EventLog): Promise<VillageLedger> {
  const ledger = new VillageLedger(log);
  const random = seeded(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  await ledger.open();
  await ledger.divisions();
  for (const [i, id] of BOOKS.entries()) {
    const start = i === 1 ? '2024-04' : '2024-01';
    await ledger.book(start, { id, village: i === 2 ? NEIGHBOUR : VILLAGE });
    if (i === 2) continue;
    const yearToDate = i === 1 ? { yearToDateDebitFen: 0, yearToDateCreditFen: 40 } : {};
    const balances = [
      { account: account('102'), side: 'debit', amountFen: 40 },
      { account: account('50102'), side: 'credit', amountFen: 40, ...yearToDate },
    ];
    await ledger.opening(
      start,
      i === 1 ? balances : [balances[0] as object, { ...balances[1], account: account('301') }],
      {
        book: id,
      },
    );
  }
  for (let i = 0; i < postings; i++) {
    const month = Math.min(12, 4 + Math.floor((i / postings) * 9)) - (random() < 0.3 ? Math.floor(random() * 3) : 0);
    const period = `2024-${two(Math.max(month, 4))}`;
    const corrects = month > 5 && random() < 0.1 ? { period: `2024-${two(month - 1)}`, reason: '迟到' } : undefined;
    const effectiveOn = `${corrects?.period ?? period}-${two(1 + Math.floor(random() * 30))}`;
    const income = random() < 0.6;
    const project = random() < 0.3 ? pick(['project-1', 'project-2']) : undefined;
    const amountFen = 1 + Math.floor(random() * 9999);
    const entry = income
      ? lines(pick(['101', '102']), pick(INCOME), amountFen, project)
      : lines(pick(EXPENSE), pick(['101', '102']), amountFen, project);
    const red = random() < 0.1;
    const signed = red ? entry.map((line) => ({ ...line, amountFen: -line.amountFen })) : entry;
    const kind = red ? 'reversal' : random() < 0.05 ? 'closing' : 'ordinary';
    const bookedOn = corrects === undefined ? effectiveOn : `${period}-${two(1 + Math.floor(random() * 30))}`;
    const said = {
      book: pick(BOOKS),
      period,
      bookedOn,
      kind,
      lines: signed,
      ...(corrects === undefined ? {} : { corrects }),
    } as const;
    await ledger.post(effectiveOn, said);
  }
  return ledger;
}
