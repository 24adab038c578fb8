import { describe, it } from '@jest/globals';
import { BOOK, bookOf, expense, given, line, VILLAGE } from '../../support/given-ledger-year.js';

const recordedAs = (summary: string, lines: readonly object[]) => ({
  type: 'ExpenseRecorded',
  version: 1,
  division: VILLAGE,
  effectiveOn: '2024-01-20',
  data: {
    book: BOOK,
    period: '2024-01',
    bookedOn: '2024-01-20',
    voucherNo: 1,
    kind: 'ordinary',
    summary,
    lines,
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    attachmentCount: 0,
  },
});

describe('expense', () => {
  it('T19: interest on a loan goes to other expenditure', () =>
    given()
      .when(expense({ account: '515', amountFen: 1_250_00, summary: '贷款利息' }))
      .records(
        recordedAs('贷款利息', [
          line('515', 'debit', 1_250_00, '贷款利息'),
          line('102', 'credit', 1_250_00, '贷款利息'),
        ]),
      ));

  it('T20: wages of cadres are owed until they are paid', () =>
    given()
      .when(expense({ account: '51301', amountFen: 8_000_00, settlement: { account: '212' }, summary: '干部报酬' }))
      .records(
        recordedAs('干部报酬', [
          line('51301', 'debit', 8_000_00, '干部报酬'),
          line('212', 'credit', 8_000_00, '干部报酬'),
        ]),
      ));

  it('T21: public welfare spending for a project, owed to a supplier', () =>
    given()
      .when(
        expense({
          account: '51401',
          amountFen: 2_000_00,
          settlement: { account: '211', party: 'supplier-2' },
          summary: '村道保洁',
          project: 'project-3',
          asset: 'asset-1',
          contract: 'contract-4',
        }),
      )
      .records(
        recordedAs('村道保洁', [
          line('51401', 'debit', 2_000_00, '村道保洁', {
            project: 'project-3',
            contract: 'contract-4',
            asset: 'asset-1',
          }),
          line('211', 'credit', 2_000_00, '村道保洁', { party: 'supplier-2' }),
        ]),
      ));

  it('is refused on an income account, and settled through a receivable', () => {
    given()
      .when(expense({ account: '50102' }))
      .refuses('ACCOUNT_KIND', { account: '50102', name: '出租收入', wanted: 'expense' }, 'account');
    given()
      .when(expense({ settlement: { account: '112' } }))
      .refuses('ACCOUNT_KIND', { account: '112', name: '应收款', wanted: 'expenseSettlement' }, 'settlement.account');
  });

  it('is refused with an amount of zero, parts of a fen, or personal data', () => {
    given()
      .when(expense({ amountFen: 0 }))
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: 0 }, 'amountFen');
    given()
      .when(expense({ amountFen: 1.5 }))
      .refuses('AMOUNT_PRECISION', { amount: 1.5 }, 'amountFen');
    given()
      .when(expense({ summary: '付13800138000话费' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'summary');
  });

  it('stands on 502 and 541 under the chart of 2004, owed on 202', () => {
    const book = bookOf('village-2004', '2022-01');
    given()
      .beside({ book })
      .when(expense({ account: '502', settlement: { account: '202' }, effectiveOn: '2022-03-01' }))
      .recordsData({ lines: [{ account: 'village-2004:502' }, { account: 'village-2004:202' }] });
    given()
      .beside({ book })
      .when(expense({ account: '511', effectiveOn: '2022-03-01' }))
      .refuses('ACCOUNT_NOT_LEAF', { account: '511', name: '发包及上交收入', children: ['51101', '51102'] });
  });
});
