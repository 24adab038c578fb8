import { describe, it } from '@jest/globals';
import type { Posting } from '@ledger/domain';
import {
  BOOK,
  close,
  closed,
  decideAfter,
  expense,
  given,
  income,
  line,
  recorded,
  reversal,
  VILLAGE,
  yearClose,
} from '../../support/given-ledger-year.js';

const rent = income({ sourceDocument: 'INV-1', nonRecurring: true, settlement: { account: '112', party: 'tenant-7' } });

const reversedAs = (data: object) => ({
  type: 'VoucherReversed',
  version: 1,
  division: VILLAGE,
  effectiveOn: '2024-01-20',
  data: {
    book: BOOK,
    ...data,
    kind: 'reversal',
    summary: '金额录错',
    lines: [
      line('112', 'debit', -12_800_00, '店面租金', { party: 'tenant-7' }),
      line('50102', 'credit', -12_800_00, '店面租金'),
    ],
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    attachmentCount: 0,
    sourceDocument: 'INV-1',
    nonRecurring: true,
    reverses: { period: '2024-01', voucherNo: 1 },
  },
});

describe('a reversal', () => {
  it('is a red-letter entry of the same day in the same open month', () =>
    given(...recorded([rent]))
      .when(reversal('2024-01', 1))
      .records(reversedAs({ period: '2024-01', bookedOn: '2024-01-20', voucherNo: 2 })));

  it('of a closed month stands in the oldest open one, and says which month it corrects', () => {
    const fact = reversedAs({ period: '2024-02', bookedOn: '2024-02-29', voucherNo: 1 });
    given(...recorded([rent, close('2024-01')]))
      .when(reversal('2024-01', 1))
      .records({ ...fact, data: { ...fact.data, corrects: { period: '2024-01', reason: '金额录错' } } });
  });

  it('of a correction that stands in an open month takes back the same correction', () => {
    const late = income({ correction: { reason: '发票迟到' } });
    given(...recorded([close('2024-01'), late]))
      .when(reversal('2024-02', 1))
      .recordsData({ period: '2024-02', voucherNo: 2, corrects: { period: '2024-01', reason: '发票迟到' } });
    given(...recorded([close('2024-01'), late, close('2024-02')]))
      .when(reversal('2024-02', 1))
      .recordsData({ period: '2024-03', voucherNo: 1, corrects: { period: '2024-02', reason: '金额录错' } });
  });

  it('of an open month stays there though an older one is open too', () =>
    given(...recorded([income({ effectiveOn: '2024-03-05' })]))
      .when(reversal('2024-03', 1))
      .recordsData({ period: '2024-03', voucherNo: 2, bookedOn: '2024-03-05' }));

  it('is refused for a voucher that is not there', () => {
    given().when(reversal('2024-01', 1)).refuses('VOUCHER_UNKNOWN', { period: '2024-01', voucherNo: 1 }, 'voucherNo');
    given(...recorded([rent]))
      .when(reversal('2024-01', 2))
      .refuses('VOUCHER_UNKNOWN', { period: '2024-01', voucherNo: 2 });
    given(...recorded([rent]))
      .when(reversal('2024-01', 0))
      .refuses('VOUCHER_UNKNOWN', { period: '2024-01', voucherNo: 0 });
  });

  it('happens once', () =>
    given(...recorded([rent, reversal('2024-01', 1)]))
      .when(reversal('2024-01', 1))
      .refuses(
        'ALREADY_REVERSED',
        { period: '2024-01', voucherNo: 1, byPeriod: '2024-01', byVoucherNo: 2 },
        'voucherNo',
      ));

  it('cannot itself be reversed', () =>
    given(...recorded([rent, reversal('2024-01', 1)]))
      .when(reversal('2024-01', 2))
      .refuses('NOT_REVERSIBLE', { period: '2024-01', voucherNo: 2, kind: 'reversal' }, 'voucherNo'));

  it('is refused in a closed year, of ordinary and closing vouchers alike', () => {
    const said = { today: '2025-01-20', lastClosed: '2024-11' };
    const facts = recorded([rent], { today: said.today });
    const year = [...facts, ...decideAfter(facts, yearClose(2024), said)];
    for (const [period, voucherNo] of [
      ['2024-01', 1],
      ['2024-12', 1],
    ] as const) {
      given(...year)
        .beside({ ...said, lastClosed: '2024-12' })
        .when(reversal(period, voucherNo))
        .refuses('YEAR_CLOSED', { year: 2024 }, 'period');
    }
  });

  it('is refused while no month is open', () =>
    given(...recorded([rent]), closed('2024-06'))
      .when(reversal('2024-01', 1))
      .refuses('PERIOD_NOT_OPEN', { period: '2024-07', startPeriod: '2024-01', oldestOpen: '2024-07' }, 'period'));

  it('is not reviewed by who prepared it or the original', () => {
    given(...recorded([rent]))
      .when(reversal('2024-01', 1, { preparedBy: 'reviewer-1' }))
      .refuses('SAME_PERSON', { person: 'reviewer-1', roles: ['preparedBy', 'reviewedBy'] }, 'reviewedBy');
    given(...recorded([rent]))
      .when(reversal('2024-01', 1, { preparedBy: 'accountant-2', reviewedBy: 'accountant-1' }))
      .refuses('SAME_PERSON', { person: 'accountant-1', roles: ['reviewedBy', 'originalPreparedBy'] }, 'reviewedBy');
  });

  it('is not reviewed by who posted the original', () => {
    const facts = recorded([rent]);
    const posting = facts[0]?.data as Posting;
    given(...facts)
      .beside({ original: { posting, effectiveOn: '2024-01-20', postedBy: 'reviewer-1' } })
      .when(reversal('2024-01', 1))
      .refuses('SAME_PERSON', { person: 'reviewer-1', roles: ['reviewedBy', 'originalPostedBy'] }, 'reviewedBy');
  });

  it('gives a reason without personal data', () =>
    given(...recorded([rent]))
      .when(reversal('2024-01', 1, { reason: '11010519491231002X 录错' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'residentId' }, 'reason'));

  it('of a receipt cannot take cash away that was spent since', () => {
    const facts = recorded([
      income({ amountFen: 500_00, settlement: { account: '101' }, effectiveOn: '2024-01-05' }),
      expense({ amountFen: 200_00, settlement: { account: '101' }, effectiveOn: '2024-02-10' }),
    ]);
    given(...facts)
      .when(reversal('2024-01', 1))
      .refuses('CASH_NEGATIVE', { on: '2024-02-10', balanceFen: -200_00 });
    given(...facts)
      .when(reversal('2024-02', 1))
      .recordsData({ period: '2024-02', voucherNo: 2 });
  });

  it('that lands in a later month takes the cash from its booked day on', () =>
    given(
      ...recorded([
        income({ amountFen: 500_00, settlement: { account: '101' }, effectiveOn: '2024-01-05' }),
        close('2024-01'),
      ]),
      ...recorded([expense({ amountFen: 500_00, settlement: { account: '102' }, effectiveOn: '2024-02-10' })]),
    )
      .when(reversal('2024-01', 1))
      .recordsData({ period: '2024-02', bookedOn: '2024-02-29', voucherNo: 2 }));
});
