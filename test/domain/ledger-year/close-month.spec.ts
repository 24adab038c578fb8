import { describe, it } from '@jest/globals';
import {
  BOOK,
  bookOf,
  close,
  closed,
  expense,
  given,
  income,
  LEDGER_HASH,
  recorded,
  reversal,
  VILLAGE,
  voucher,
} from '../../support/given-ledger-year.js';

const a = (code: string) => `rural-collective-2024:${code}`;

describe('closing a month', () => {
  it('records its vouchers, its hash and the balances carried on', () =>
    given(...recorded([income({ amountFen: 500 }), expense({ amountFen: 200 }), income({ effectiveOn: '2024-02-01' })]))
      .beside({
        carried: new Map([
          [a('102'), 1_000],
          [a('301'), -1_000],
        ]),
      })
      .when(close('2024-01'))
      .records({
        type: 'PeriodClosed',
        version: 1,
        division: VILLAGE,
        effectiveOn: '2024-01-31',
        data: {
          book: BOOK,
          period: '2024-01',
          closedBy: 'director-1',
          vouchers: 2,
          ledgerHash: LEDGER_HASH,
          balances: [
            { account: a('102'), side: 'debit', amountFen: 1_300 },
            { account: a('301'), side: 'credit', amountFen: 1_000 },
            { account: a('50102'), side: 'credit', amountFen: 500 },
            { account: a('51302'), side: 'debit', amountFen: 200 },
          ],
        },
      }));

  it('closes an empty month too', () =>
    given().when(close('2024-01')).recordsData({ period: '2024-01', vouchers: 0, balances: [] }));

  it('waits for the last day of the month, because it is final', () => {
    const month = given(closed('2024-05'));
    month
      .beside({ today: '2024-06-29' })
      .when(close('2024-06'))
      .refuses('DATE_IN_FUTURE', { date: '2024-06-30', today: '2024-06-29' }, 'period');
    month
      .beside({ today: '2024-06-30' })
      .when(close('2024-06'))
      .recordsData({ period: '2024-06', vouchers: 0, balances: [] });
  });

  it('goes in order', () =>
    given().when(close('2024-02')).refuses('PERIOD_SEQUENCE', { period: '2024-02', expected: '2024-01' }, 'period'));

  it('starts with the first month of the book', () => {
    const book = bookOf('rural-collective-2024', '2024-03');
    const facts = { period: '2024-02', startPeriod: '2024-03' };
    given()
      .beside({ book })
      .when(close('2024-02'))
      .refuses('PERIOD_NOT_OPEN', { ...facts, oldestOpen: '2024-03' }, 'period');
    given()
      .beside({ book, lastClosed: '2024-03' })
      .when(close('2024-02'))
      .refuses('PERIOD_NOT_OPEN', { ...facts, oldestOpen: '2024-04' }, 'period');
    given().beside({ book }).when(close('2024-03')).recordsData({ period: '2024-03' });
  });

  it('is final', () =>
    given(closed('2024-01'))
      .when(close('2024-01'))
      .refuses('PERIOD_CLOSED', { period: '2024-01', lastClosed: '2024-01', oldestOpen: '2024-02' }, 'period'));

  it('waits until the month begins', () =>
    given()
      .beside({ lastClosed: '2024-06' })
      .when(close('2024-07'))
      .refuses('DATE_IN_FUTURE', { date: '2024-07-31', today: '2024-06-15' }, 'period'));

  it('leaves December to the close of the year', () =>
    given().when(close('2024-12')).refuses('CLOSE_BY_YEAR', { period: '2024-12', year: 2024 }, 'period'));

  it('waits for an unclosed last year', () =>
    given()
      .beside({ today: '2025-02-10', lastClosed: '2024-11' })
      .when(close('2025-01'))
      .refuses('PERIOD_SEQUENCE', { period: '2025-01', expected: '2024-12' }, 'period'));

  it('is not done by who prepared a voucher of that month, a reversal included', () => {
    const facts = { person: 'accountant-1', roles: ['preparedBy', 'closedBy'] as const };
    const own = close('2024-01', { closedBy: 'accountant-1' });
    given(...recorded([income()]))
      .when(own)
      .refuses('SAME_PERSON', facts, 'closedBy');
    given(...recorded([income({ preparedBy: 'accountant-2' }), reversal('2024-01', 1)]))
      .when(own)
      .refuses('SAME_PERSON', facts, 'closedBy');
  });

  it('is not done by who reviewed a voucher of that month', () =>
    given(...recorded([income()]))
      .when(close('2024-01', { closedBy: 'reviewer-1' }))
      .refuses('SAME_PERSON', { person: 'reviewer-1', roles: ['reviewedBy', 'closedBy'] }, 'closedBy'));

  it('may be done by who prepared or reviewed vouchers of another month', () => {
    for (const closedBy of ['accountant-1', 'reviewer-1']) {
      given(...recorded([income({ effectiveOn: '2024-02-01' })]))
        .when(close('2024-01', { closedBy }))
        .recordsData({ vouchers: 0 });
    }
  });

  it('is blocked while 181 is not cleared', () => {
    const found = voucher([
      ['121', 'debit', 500],
      ['181', 'credit', 500],
    ]);
    given(...recorded([found]))
      .when(close('2024-01'))
      .refuses('CLOSE_BLOCKED', { account: '181', balanceFen: -500 });
    given(
      ...recorded([
        found,
        voucher([
          ['181', 'debit', 500],
          ['504', 'credit', 500],
        ]),
      ]),
    )
      .when(close('2024-01'))
      .recordsData({ vouchers: 2 });
    const later = voucher(
      [
        ['121', 'debit', 500],
        ['181', 'credit', 500],
      ],
      { effectiveOn: '2024-02-01' },
    );
    given(...recorded([later]))
      .when(close('2024-01'))
      .recordsData({ vouchers: 0 });
  });

  it('names its closer without personal data', () =>
    given()
      .when(close('2024-01', { closedBy: 'u13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'closedBy'));
});
