import { dayNumber, monthNumber } from './calendar.js';
import { register } from './register.js';

export const periodClose = register({
  name: 'period_close',
  version: 1,
  columns: {
    book: 'book',
    period: 'integer',
    position: 'integer',
    effective_on: 'integer',
    closed_by: 'text',
    vouchers: 'integer',
    ledger_hash: 'text',
  },
  key: ['book', 'period', 'position'],
  on: {
    PeriodClosed: ({ data, effectiveOn }, position) => [
      {
        book: data.book,
        period: monthNumber(data.period),
        position,
        effective_on: dayNumber(effectiveOn),
        closed_by: data.closedBy,
        vouchers: data.vouchers,
        ledger_hash: data.ledgerHash,
      },
    ],
  },
});

export const yearClose = register({
  name: 'year_close',
  version: 1,
  columns: { book: 'book', year: 'integer', position: 'integer', effective_on: 'integer', closed_by: 'text' },
  key: ['book', 'year', 'position'],
  on: {
    YearClosed: ({ data, effectiveOn }, position) => [
      { book: data.book, year: data.year, position, effective_on: dayNumber(effectiveOn), closed_by: data.closedBy },
    ],
  },
});
