import { describe, it } from '@jest/globals';
import {
  expense,
  given,
  income,
  opening,
  recorded,
  voucher,
  yearClose,
  yearOfFacts,
} from '../../support/given-ledger-year.js';

const cash = { account: '101' };
const received = (effectiveOn: string, amountFen: number) => income({ effectiveOn, amountFen, settlement: cash });
const paid = (effectiveOn: string, amountFen: number) => expense({ effectiveOn, amountFen, settlement: cash });
const CASH = 'rural-collective-2024:101';

const of2025 = (...commands: Parameters<typeof recorded>[0]) =>
  yearOfFacts(recorded(commands, { today: '2026-03-01', carried: new Map([[CASH, 100]]) }));

const year = (...commands: Parameters<typeof recorded>[0]) => recorded(commands, { today: '2026-03-01' });

describe('cash on hand', () => {
  it('is paid out down to zero', () =>
    given(...recorded([received('2024-01-05', 100)]))
      .when(paid('2024-01-05', 100))
      .recordsData({ voucherNo: 2 }));

  it('is never paid before it came in', () => {
    given().when(paid('2024-01-05', 1)).refuses('CASH_NEGATIVE', { on: '2024-01-05', balanceFen: -1 });
    given(...recorded([received('2024-01-05', 100)]))
      .when(paid('2024-01-04', 100))
      .refuses('CASH_NEGATIVE', { on: '2024-01-04', balanceFen: -100 });
  });

  it('may dip within a day', () =>
    given(...recorded([received('2024-01-05', 100), paid('2024-01-05', 80)]))
      .when(paid('2024-01-05', 20))
      .recordsData({ voucherNo: 3 }));

  it('is checked on every later day, when a payment is booked late', () =>
    given(...recorded([received('2024-01-05', 100), paid('2024-02-10', 80), received('2024-03-01', 500)]))
      .when(paid('2024-01-20', 50))
      .refuses('CASH_NEGATIVE', { on: '2024-02-10', balanceFen: -30 }));

  it('comes from the opening too', () => {
    const opened = recorded([
      opening([
        ['101', 'debit', 100],
        ['301', 'credit', 100],
      ]),
    ]);
    given(...opened)
      .when(paid('2024-01-01', 100))
      .recordsData({ voucherNo: 1 });
    given(...opened)
      .when(paid('2024-01-01', 101))
      .refuses('CASH_NEGATIVE', { on: '2024-01-01', balanceFen: -1 });
  });

  it('comes from the years before too', () => {
    const carried = new Map([[CASH, 100]]);
    given().beside({ carried }).when(paid('2024-01-01', 100)).recordsData({ voucherNo: 1 });
    given()
      .beside({ carried })
      .when(paid('2024-01-01', 101))
      .refuses('CASH_NEGATIVE', { on: '2024-01-01', balanceFen: -1 });
  });

  it('counts the whole voucher: drawn from the bank and paid in one', () =>
    given()
      .when(
        voucher([
          ['101', 'debit', 100],
          ['102', 'credit', 100],
          ['511', 'debit', 100],
          ['101', 'credit', 100],
        ]),
      )
      .recordsData({ voucherNo: 1 }));

  it('leaves by a correction on its booked day, not on that of its business', () =>
    given(...recorded([received('2024-03-05', 100)]))
      .beside({ lastClosed: '2024-02' })
      .when(expense({ effectiveOn: '2024-01-20', amountFen: 100, settlement: cash, correction: { reason: '漏记' } }))
      .recordsData({ period: '2024-03', bookedOn: '2024-03-31' }));
});

describe('at the close of a year', () => {
  const beside = { today: '2026-03-01', lastClosed: '2024-11' };

  it('cash that January spent must still be there', () => {
    const spent = { ...beside, laterYears: [of2025(paid('2025-01-10', 100))] };
    given(...year(received('2024-12-05', 100)))
      .beside(spent)
      .when(yearClose(2024))
      .recordsData({ kind: 'closing' }, { kind: 'closing' }, { period: '2024-12' }, { year: 2024 });
    given(...year(received('2024-12-05', 100), paid('2024-12-20', 40)))
      .beside(spent)
      .when(yearClose(2024))
      .refuses('CASH_NEGATIVE', { on: '2025-01-10', balanceFen: -40 });
  });

  it('cash passes through one later year into the next', () => {
    const laterYears = [
      of2025(received('2025-06-01', 500)),
      yearOfFacts(recorded([paid('2026-01-10', 600)], { today: '2026-03-01', carried: new Map([[CASH, 600]]) })),
    ];
    given(...year(received('2024-12-05', 100)))
      .beside({ ...beside, laterYears })
      .when(yearClose(2024))
      .recordsData({ kind: 'closing' }, { kind: 'closing' }, { period: '2024-12' }, { year: 2024 });
    given(...year(received('2024-12-05', 100), paid('2024-12-20', 40)))
      .beside({ ...beside, laterYears })
      .when(yearClose(2024))
      .refuses('CASH_NEGATIVE', { on: '2026-01-10', balanceFen: -40 });
  });
});
