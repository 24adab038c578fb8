import { lastDay, previousPeriod } from '@ledger/domain';
import { growth, roleOf } from './account-roles.js';
import { dayNumber, monthNumber } from './calendar.js';
import { register, type Row } from './register.js';
import { turnover } from './turnover.js';

/** The year's income and expense so far that a book brings when it starts inside a year, line by line. */
export const openingIncome = register({
  name: 'opening_income',
  version: 1,
  columns: {
    book: 'book',
    period: 'integer',
    booked_on: 'integer',
    position: 'integer',
    line: 'integer',
    turnover,
    amount_fen: 'integer',
  },
  key: ['book', 'period', 'booked_on', 'position', 'line'],
  on: {
    OpeningBalancesRecorded: ({ data }, position) => {
      const before = previousPeriod(data.period);
      return data.lines.flatMap(({ account, yearToDateDebitFen = 0, yearToDateCreditFen = 0 }, index): Row[] => {
        const role = roleOf(account);
        const amountFen = role === undefined ? 0 : growth(role, yearToDateDebitFen, yearToDateCreditFen);
        if (role === undefined || amountFen === 0) return [];
        return [
          {
            book: data.book,
            period: monthNumber(before),
            booked_on: dayNumber(lastDay(before)),
            position,
            line: index + 1,
            turnover: [role, account, ''],
            amount_fen: amountFen,
          },
        ];
      });
    },
  },
});
