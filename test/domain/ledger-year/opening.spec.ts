import { describe, expect, it } from '@jest/globals';
import { freeze, MAX_AMOUNT_FEN, MAX_FACT_BYTES } from '@ledger/domain';
import {
  BOOK,
  bookOf,
  close,
  closed,
  decideAfter,
  given,
  income,
  opening,
  recorded,
  VILLAGE,
  yearOfFacts,
} from '../../support/given-ledger-year.js';

const a = (code: string) => `rural-collective-2024:${code}`;
const midYear = { book: bookOf('rural-collective-2024', '2024-04') };

describe('opening balances', () => {
  it('are recorded before the first day of the book', () =>
    given()
      .when(
        opening([
          ['101', 'debit', 100_00],
          ['112', 'debit', 900_00, { party: 'tenant-7' }],
          ['301', 'credit', 1_000_00],
        ]),
      )
      .records({
        type: 'OpeningBalancesRecorded',
        version: 1,
        division: VILLAGE,
        effectiveOn: '2024-01-01',
        data: {
          book: BOOK,
          period: '2024-01',
          part: 1,
          of: 1,
          lines: [
            { account: a('101'), side: 'debit', amountFen: 100_00 },
            { account: a('112'), side: 'debit', amountFen: 900_00, party: 'tenant-7' },
            { account: a('301'), side: 'credit', amountFen: 1_000_00 },
          ],
          preparedBy: 'accountant-1',
          reviewedBy: 'reviewer-1',
          attachmentCount: 0,
        },
      }));

  it('of many parties are parts of one append, none too large for a fact', () => {
    const party = 'p'.repeat(64);
    const more = {
      party,
      grant: party,
      yearToDateDebitFen: MAX_AMOUNT_FEN / 1000,
      yearToDateCreditFen: MAX_AMOUNT_FEN / 1000,
    };
    const rows = Array.from({ length: 401 }, (_, i) => ['241', 'credit', i === 400 ? 400 : 1, more] as const);
    const facts = decideAfter([], opening([...rows, ['102', 'debit', 800]]), midYear);
    expect(
      facts.map(({ data }) => ('lines' in data && 'of' in data ? [data.part, data.of, data.lines.length] : [])),
    ).toStrictEqual([
      [1, 3, 200],
      [2, 3, 200],
      [3, 3, 2],
    ]);
    for (const [i, fact] of facts.entries()) {
      const bytes = freeze(fact, `ledger-${BOOK}-2024`, i, i, { actor: 'a'.repeat(64), commandId: '0'.repeat(36) });
      expect(Buffer.byteLength(bytes)).toBeLessThan(MAX_FACT_BYTES);
    }
    expect(yearOfFacts(facts).openingRevisions).toStrictEqual([0, 1, 2]);
  });

  it('in mid-year carry the turnover of the year so far', () =>
    given()
      .beside(midYear)
      .when(
        opening([
          ['102', 'debit', 700, { yearToDateDebitFen: 900, yearToDateCreditFen: 200 }],
          ['50102', 'credit', 900, { yearToDateCreditFen: 900 }],
          ['51302', 'debit', 200, { yearToDateDebitFen: 200 }],
        ]),
      )
      .recordsData({
        period: '2024-04',
        lines: [
          { yearToDateDebitFen: 900, yearToDateCreditFen: 200 },
          { account: a('50102'), amountFen: 900, yearToDateDebitFen: 0, yearToDateCreditFen: 900 },
          { account: a('51302'), amountFen: 200, yearToDateDebitFen: 200, yearToDateCreditFen: 0 },
        ],
      }));

  it('may name an account that has turnover and no balance', () =>
    given()
      .beside(midYear)
      .when(opening([['102', 'debit', 0, { yearToDateDebitFen: 5, yearToDateCreditFen: 5 }]]))
      .recordsData({ lines: [{ amountFen: 0, yearToDateDebitFen: 5 }] }));

  it('count in the balances of every close', () =>
    given(
      ...recorded([
        opening([
          ['102', 'debit', 100],
          ['301', 'credit', 100],
        ]),
      ]),
    )
      .when(close('2024-01'))
      .recordsData({
        balances: [
          { account: a('102'), side: 'debit', amountFen: 100 },
          { account: a('301'), side: 'credit', amountFen: 100 },
        ],
      }));
});

describe('opening balances are refused', () => {
  const once = opening([
    ['102', 'debit', 100],
    ['301', 'credit', 100],
  ]);
  const facts = { book: BOOK, year: 2024 };

  it('a second time', () =>
    given(...recorded([once]))
      .when(once)
      .refuses('OPENING_AFTER_POSTING', facts));
  it('after a voucher', () =>
    given(...recorded([income()]))
      .when(once)
      .refuses('OPENING_AFTER_POSTING', facts));
  it('after a close', () => given(closed('2024-01')).when(once).refuses('OPENING_AFTER_POSTING', facts));
  it('after a voucher of a later year', () =>
    given()
      .beside({ laterYears: [yearOfFacts([]), yearOfFacts(recorded([income()]))] })
      .when(once)
      .refuses('OPENING_AFTER_POSTING', facts));

  it('when the sides differ, of balances and of turnovers', () => {
    given()
      .when(
        opening([
          ['102', 'debit', 100],
          ['301', 'credit', 99],
        ]),
      )
      .refuses('OPENING_UNBALANCED', { column: 'balance', debitFen: 100, creditFen: 99 }, 'lines');
    given()
      .beside(midYear)
      .when(
        opening([
          ['102', 'debit', 100, { yearToDateDebitFen: 7 }],
          ['301', 'credit', 100, { yearToDateCreditFen: 6 }],
        ]),
      )
      .refuses('OPENING_UNBALANCED', { column: 'yearToDate', debitFen: 7, creditFen: 6 }, 'lines');
  });

  it('empty, or with a line that says nothing', () => {
    given().when(opening([])).refuses('VOUCHER_EMPTY', { lines: 0 }, 'lines');
    given()
      .when(opening([['102', 'debit', 0]]))
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: 0 }, 'lines.0.amountFen');
  });

  it('with turnovers or income balances in January', () => {
    const january = { account: '50102', startPeriod: '2024-01' };
    given()
      .when(
        opening([
          ['102', 'debit', 100],
          ['50102', 'credit', 100],
        ]),
      )
      .refuses('OPENING_YEAR_TO_DATE', january, 'lines.1.account');
    given()
      .when(
        opening([
          ['102', 'debit', 100, { yearToDateDebitFen: 1 }],
          ['301', 'credit', 100],
        ]),
      )
      .refuses('OPENING_YEAR_TO_DATE', { account: '102', startPeriod: '2024-01' }, 'lines.0.account');
  });

  it('when an income balance in mid-year is not its turnover', () =>
    given()
      .beside(midYear)
      .when(
        opening([
          ['102', 'debit', 100],
          ['50102', 'credit', 100, { yearToDateCreditFen: 99 }],
        ]),
      )
      .refuses('OPENING_YEAR_TO_DATE', { account: '50102', startPeriod: '2024-04' }, 'lines.1.account'));

  it('with negative cash', () =>
    given()
      .when(
        opening([
          ['102', 'debit', 100],
          ['101', 'credit', 100],
        ]),
      )
      .refuses('CASH_NEGATIVE', { on: '2024-01-01', balanceFen: -100 }, 'lines'));

  it('without the grant of 241, and on an account of another chart', () => {
    given()
      .when(
        opening([
          ['102', 'debit', 100],
          ['241', 'credit', 100],
        ]),
      )
      .refuses('DIMENSION_REQUIRED', { account: '241', dimension: 'grant' }, 'lines.1.grant');
    given()
      .when(
        opening([
          ['141', 'debit', 100],
          ['301', 'credit', 100],
        ]),
      )
      .refuses('DIMENSION_REQUIRED', { account: '141', dimension: 'party' }, 'lines.0.party');
    given()
      .when(
        opening([
          ['village-2004:502', 'debit', 100],
          ['301', 'credit', 100],
        ]),
      )
      .refuses(
        'ACCOUNT_UNKNOWN',
        { account: 'village-2004:502', standard: 'rural-collective-2024' },
        'lines.0.account',
      );
  });

  it('when negative, in parts of a fen, or with personal data', () => {
    given()
      .when(opening([['102', 'debit', -1]]))
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: -1 }, 'lines.0.amountFen');
    given()
      .when(opening([['102', 'debit', 0.5]]))
      .refuses('AMOUNT_PRECISION', { amount: 0.5 }, 'lines.0.amountFen');
    given()
      .when(opening([['113', 'debit', 1, { party: 'h13800138000' }]]))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'lines.0.party');
  });

  it('when preparer and reviewer are one', () =>
    given()
      .when(
        opening(
          [
            ['102', 'debit', 1],
            ['301', 'credit', 1],
          ],
          { reviewedBy: 'accountant-1' },
        ),
      )
      .refuses('SAME_PERSON', { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] }, 'reviewedBy'));

  it('when their sum could leave the exact integers', () =>
    given()
      .when(
        opening(
          Array.from(
            { length: 1000 },
            (_, i) => [i % 2 === 0 ? '102' : '301', i % 2 === 0 ? 'debit' : 'credit', MAX_AMOUNT_FEN] as const,
          ),
        ),
      )
      .refuses('AMOUNT_TOO_LARGE', { amountFen: 1000 * MAX_AMOUNT_FEN, limitFen: 4_000_000_000_000_000 }));
});
