import { beforeEach, describe, expect, it } from '@jest/globals';
import { bookAggregate, CommandHandling, ledgerAggregate } from '@ledger/commands';
import { ClosePeriod, CloseYear, MAX_AMOUNT_FEN, OpenBook, PostVoucher, RecordIncome } from '@ledger/domain';
import { openMemoryLog } from '@ledger/eventlog';
import { type Ask, asking, openVillageBook, ORGANIZATION, SIGNED } from '../support/asking.js';

const MONTHS = Array.from({ length: 11 }, (_, i) => `2022-${String(i + 1).padStart(2, '0')}`);

let ask: Ask;
let book = '';

const opening = { name: '谢家坞账套', standard: 'village-2004', startPeriod: '2022-01' } as const;

/** A voucher of 398 lines fills all but a two-hundredth of what a book may move. */
const full = (effectiveOn: string, lines: number): Partial<PostVoucher> => ({
  book,
  ...SIGNED,
  effectiveOn,
  summary: '转',
  lines: Array.from({ length: lines }, (_, i) => ({
    account: '102',
    side: i % 2 === 0 ? 'debit' : 'credit',
    amountFen: MAX_AMOUNT_FEN,
  })),
});

beforeEach(async () => {
  ask = asking(new CommandHandling(openMemoryLog({ now: () => Date.UTC(2023, 5, 15) }), { demo: false }));
  book = await openVillageBook(ask, opening);
});

describe('a book over its years', () => {
  it('refuses in 2022 what 2023 has left no room for', async () => {
    await ask(ledgerAggregate, PostVoucher, full('2023-01-05', 398));
    await ask(ledgerAggregate, PostVoucher, full('2022-01-05', 2));
    await expect(ask(ledgerAggregate, PostVoucher, full('2022-01-05', 2))).rejects.toMatchObject({
      code: 'AMOUNT_TOO_LARGE',
      facts: { amountFen: 402 * MAX_AMOUNT_FEN },
    });
  });

  it('finds a late paper that was booked in the year it belongs to', async () => {
    const income: Partial<RecordIncome> = {
      ...SIGNED,
      book,
      effectiveOn: '2022-11-05',
      account: '501',
      amountFen: 100,
      settlement: { account: '102' },
      summary: '租金',
      sourceDocument: 'INV-1',
    };
    await ask(ledgerAggregate, RecordIncome, income);
    for (const period of MONTHS) await ask(ledgerAggregate, ClosePeriod, { book, period, closedBy: 'head-1' });
    await ask(ledgerAggregate, CloseYear, { book, year: 2022, closedBy: 'head-1', ...SIGNED });
    await expect(
      ask(ledgerAggregate, RecordIncome, { ...income, correction: { reason: '发票迟到' } }),
    ).rejects.toMatchObject({
      code: 'SOURCE_DOCUMENT_DUPLICATE',
      facts: { sourceDocument: 'INV-1', period: '2022-11', voucherNo: 1 },
    });
  });

  it('is the one book of its organisation, whatever key asks for it', () =>
    expect(ask(bookAggregate, OpenBook, { organization: ORGANIZATION, ...opening })).rejects.toMatchObject({
      code: 'BOOK_DUPLICATE',
      facts: { organization: ORGANIZATION, book },
    }));
});
