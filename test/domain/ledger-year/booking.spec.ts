import { describe, it } from '@jest/globals';
import { BookPosting, type BookingLine } from '@ledger/domain';
import {
  BOOK,
  bookOf,
  close,
  given,
  income,
  line,
  recorded,
  reversal,
  VILLAGE,
} from '../../support/given-ledger-year.js';

const share = (amountFen: number): BookingLine[] => [
  { account: '112', side: 'debit', amountFen, project: 'greens', party: 'brand', wanted: 'incomeSettlement' },
  { account: '50106', side: 'credit', amountFen, project: 'greens', wanted: 'income' },
];

const booking = (said: Partial<BookPosting> = {}): BookPosting =>
  Object.assign(new BookPosting(), {
    book: BOOK,
    effectiveOn: '2024-01-31',
    summary: '一月分成',
    lines: share(600_00),
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    ...said,
  });

const booked = (amountFen: number, where: object) => ({
  type: 'VoucherPosted',
  version: 1,
  division: VILLAGE,
  effectiveOn: '2024-01-31',
  data: {
    book: BOOK,
    ...where,
    kind: 'booking',
    summary: '一月分成',
    lines: [
      line('112', 'debit', amountFen, '一月分成', { project: 'greens', party: 'brand' }),
      line('50106', 'credit', amountFen, '一月分成', { project: 'greens' }),
    ],
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    attachmentCount: 0,
  },
});

describe('what another stream asks a book to hold', () => {
  const january = recorded([close('2024-01')]);

  it('stands in its month while that is open', () =>
    given()
      .when(booking())
      .records(booked(600_00, { period: '2024-01', bookedOn: '2024-01-31', voucherNo: 1 })));

  it('stands in the oldest open month, with the month it corrects, when its own is closed', () => {
    const where = { period: '2024-02', bookedOn: '2024-02-29', voucherNo: 1 };
    const fact = booked(600_00, where);
    const corrects = { period: '2024-01', reason: '一月分成' };
    given(...january)
      .when(booking())
      .records({ ...fact, data: { ...fact.data, corrects } });
  });

  it('takes back in red letters on the same sides', () =>
    given()
      .when(booking({ lines: share(-250_00) }))
      .records(booked(-250_00, { period: '2024-01', bookedOn: '2024-01-31', voucherNo: 1 })));

  it('is refused while no month is open', () =>
    given(...january)
      .beside({ today: '2024-01-31' })
      .when(booking())
      .refuses('PERIOD_NOT_OPEN', { period: '2024-02', startPeriod: '2024-01', oldestOpen: '2024-02' }, 'effectiveOn'));

  it('is refused where the number means another account in the book’s own chart', () =>
    given()
      .beside({ book: bookOf('rural-collective-2024') })
      .when(
        booking({
          lines: [
            { account: '102', side: 'debit', amountFen: 100, wanted: 'incomeSettlement' },
            { account: '511', side: 'credit', amountFen: 100, wanted: 'income' },
          ],
        }),
      )
      .refuses('ACCOUNT_KIND', { account: '511', name: '经营支出', wanted: 'income' }, 'lines.1.account'));

  it('is refused when its sides differ or a line says nothing', () => {
    const [debit, credit] = share(100) as [BookingLine, BookingLine];
    given()
      .when(booking({ lines: [debit, { ...credit, amountFen: 99 }] }))
      .refuses('VOUCHER_UNBALANCED', { debitFen: 100, creditFen: 99 }, 'lines');
    given()
      .when(booking({ lines: [debit, { ...credit, amountFen: 0 }] }))
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: 0 }, 'lines.1.amountFen');
  });

  it('may name a paper that another booking names, but none that somebody has entered', () => {
    const facts = recorded([booking({ sourceDocument: 'INV-7' })]);
    given(...facts)
      .when(booking({ sourceDocument: 'INV-7' }))
      .recordsData({ voucherNo: 2, sourceDocument: 'INV-7' });
    const duplicate = { sourceDocument: 'INV-7', period: '2024-01', voucherNo: 1 };
    given(...facts)
      .when(income({ sourceDocument: 'INV-7' }))
      .refuses('SOURCE_DOCUMENT_DUPLICATE', duplicate, 'sourceDocument');
    given(...recorded([income({ sourceDocument: 'INV-7' })]))
      .when(booking({ sourceDocument: 'INV-7' }))
      .refuses('SOURCE_DOCUMENT_DUPLICATE', duplicate, 'sourceDocument');
  });

  it('is not reversed in the book: the stream that asked would not know', () =>
    given(...recorded([booking()]))
      .when(reversal('2024-01', 1))
      .refuses('NOT_REVERSIBLE', { period: '2024-01', voucherNo: 1, kind: 'booking' }, 'voucherNo'));
});
