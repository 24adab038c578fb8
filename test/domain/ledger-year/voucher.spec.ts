import { describe, expect, it } from '@jest/globals';
import { totals } from '@ledger/accounting';
import {
  freeze,
  ledgerStream,
  MAX_AMOUNT_FEN,
  MAX_EVIDENCE,
  MAX_REVERSIBLE_BYTES,
  MAX_SUM_FEN,
  Refusal,
  uuidV8,
} from '@ledger/domain';
import * as fc from 'fast-check';
import {
  BOOK,
  bookOf,
  closed,
  decideAfter,
  given,
  income,
  line,
  opening,
  recorded,
  reversal,
  VILLAGE,
  voucher,
  yearOfFacts,
} from '../../support/given-ledger-year.js';

const huge = (lines: number, amountFen = MAX_AMOUNT_FEN) =>
  voucher(Array.from({ length: lines }, (_, i) => ['102', i % 2 === 0 ? 'debit' : 'credit', amountFen] as const));

const long = (summaryLength: number) =>
  voucher(
    Array.from({ length: 40 }, (_, i) => [
      '102',
      i % 2 === 0 ? 'debit' : 'credit',
      100,
      { summary: '租'.repeat(summaryLength) },
    ]),
  );

describe('a voucher', () => {
  it('T7: a grant earmarked for a project', () =>
    given()
      .when(
        voucher(
          [
            ['102', 'debit', 200_000_00],
            ['241', 'credit', 200_000_00, { grant: 'grant-1', project: 'project-3', summary: '茶园专项' }],
          ],
          { summary: '收专项资金' },
        ),
      )
      .records({
        type: 'VoucherPosted',
        version: 1,
        division: VILLAGE,
        effectiveOn: '2024-01-20',
        data: {
          book: BOOK,
          period: '2024-01',
          bookedOn: '2024-01-20',
          voucherNo: 1,
          kind: 'ordinary',
          summary: '收专项资金',
          lines: [
            line('102', 'debit', 200_000_00, '收专项资金'),
            line('241', 'credit', 200_000_00, '茶园专项', { grant: 'grant-1', project: 'project-3' }),
          ],
          preparedBy: 'accountant-1',
          reviewedBy: 'reviewer-1',
          attachmentCount: 0,
        },
      }));

  it('says which income it settles', () =>
    given(...recorded([income({ settlement: { account: '112', party: 'tenant-7' } })]))
      .when(
        voucher([
          ['102', 'debit', 100],
          ['112', 'credit', 100, { party: 'tenant-7', settles: { period: '2024-01', voucherNo: 1 } }],
        ]),
      )
      .recordsData({ voucherNo: 2, lines: [{}, { settles: { period: '2024-01', voucherNo: 1 } }] }));

  it('is refused when it settles an income that is not there', () =>
    given()
      .when(
        voucher([
          ['102', 'debit', 100],
          ['112', 'credit', 100, { settles: { period: '2024-01', voucherNo: 9 } }],
        ]),
      )
      .refuses('VOUCHER_UNKNOWN', { period: '2024-01', voucherNo: 9 }, 'lines.1.settles'));

  it('is refused when its sides differ', () =>
    given()
      .when(
        voucher([
          ['102', 'debit', 100],
          ['504', 'credit', 99],
        ]),
      )
      .refuses('VOUCHER_UNBALANCED', { debitFen: 100, creditFen: 99 }, 'lines'));

  it('is refused with fewer than two lines', () => {
    given().when(voucher([])).refuses('VOUCHER_EMPTY', { lines: 0 }, 'lines');
    given()
      .when(voucher([['102', 'debit', 100]]))
      .refuses('VOUCHER_EMPTY', { lines: 1 }, 'lines');
  });

  it('is refused with a negative line: red letters are for reversals', () =>
    given()
      .when(
        voucher([
          ['102', 'debit', -100],
          ['504', 'credit', -100],
        ]),
      )
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: -100 }, 'lines.0.amountFen'));

  it('is refused without the grant of 241 and the party of 141', () => {
    given()
      .when(
        voucher([
          ['102', 'debit', 100],
          ['241', 'credit', 100],
        ]),
      )
      .refuses('DIMENSION_REQUIRED', { account: '241', dimension: 'grant' }, 'lines.1.grant');
    given()
      .when(
        voucher([
          ['141', 'debit', 100],
          ['102', 'credit', 100],
        ]),
      )
      .refuses('DIMENSION_REQUIRED', { account: '141', dimension: 'party' }, 'lines.0.party');
  });

  it('is refused on an account of another chart', () =>
    given()
      .when(
        voucher([
          ['102', 'debit', 100],
          ['village-2004:501', 'credit', 100],
        ]),
      )
      .refuses(
        'ACCOUNT_UNKNOWN',
        { account: 'village-2004:501', standard: 'rural-collective-2024' },
        'lines.1.account',
      ));

  it.each<[string, object]>([
    ['summary', { summary: '电话13800138000' }],
    ['party', { party: 'p13800138000' }],
    ['grant', { grant: 'g-138-0013-8000' }],
    ['project', { project: 'p.13800138000' }],
    ['contract', { contract: 'c13800138000' }],
    ['asset', { asset: 'a13800138000' }],
  ])('is refused with personal data in the %s of a line', (field, said) =>
    given()
      .when(
        voucher([
          ['102', 'debit', 100, said],
          ['504', 'credit', 100],
        ]),
      )
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, `lines.0.${field}`),
  );

  it('is refused when preparer and reviewer are one', () =>
    given()
      .when(
        voucher(
          [
            ['102', 'debit', 100],
            ['504', 'credit', 100],
          ],
          { reviewedBy: 'accountant-1' },
        ),
      )
      .refuses('SAME_PERSON', { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] }, 'reviewedBy'));

  it('is refused on a date to come', () =>
    given()
      .when(
        voucher(
          [
            ['102', 'debit', 100],
            ['504', 'credit', 100],
          ],
          { effectiveOn: '2024-06-16' },
        ),
      )
      .refuses('DATE_IN_FUTURE', { date: '2024-06-16', today: '2024-06-15' }, 'effectiveOn'));
});

describe('a source document', () => {
  const invoiced = income({ sourceDocument: 'INV-1' });

  it('is booked once', () =>
    given(...recorded([invoiced]))
      .when(
        voucher(
          [
            ['102', 'debit', 100],
            ['504', 'credit', 100],
          ],
          { sourceDocument: 'INV-1', effectiveOn: '2024-03-01' },
        ),
      )
      .refuses(
        'SOURCE_DOCUMENT_DUPLICATE',
        { sourceDocument: 'INV-1', period: '2024-01', voucherNo: 1 },
        'sourceDocument',
      ));

  it('is looked for in the year that a late entry belongs to', () => {
    const late = income({
      account: '501',
      sourceDocument: 'INV-1',
      effectiveOn: '2023-11-05',
      correction: { reason: '发票迟到' },
    });
    const next = given().beside({ book: bookOf('village-2004', '2023-01'), lastClosed: '2023-12' });
    const lastYear = yearOfFacts(
      recorded([income({ sourceDocument: 'INV-1', account: '501', effectiveOn: '2023-11-05' })], {
        book: bookOf('village-2004', '2023-01'),
      }),
    );
    next
      .beside({ correctedYears: [lastYear] })
      .when(late)
      .refuses('SOURCE_DOCUMENT_DUPLICATE', { sourceDocument: 'INV-1', period: '2023-11', voucherNo: 1 });
  });

  it('is free again after its reversal, and taken again after its next entry', () => {
    const reversed = [invoiced, reversal('2024-01', 1)];
    given(...recorded(reversed))
      .when(invoiced)
      .recordsData({ voucherNo: 3, sourceDocument: 'INV-1' });
    given(...recorded([...reversed, invoiced]))
      .when(invoiced)
      .refuses('SOURCE_DOCUMENT_DUPLICATE', { sourceDocument: 'INV-1', period: '2024-01', voucherNo: 3 });
  });
});

describe('a long voucher', () => {
  it('is refused where its reversal would not fit into a fact', () =>
    expect(() => decideAfter([], long(500))).toThrow(
      expect.objectContaining({
        code: 'FACT_TOO_LARGE',
        field: 'lines',
        facts: { type: 'VoucherPosted', bytes: expect.any(Number), limitBytes: MAX_REVERSIBLE_BYTES },
      }),
    ));

  it('can be reversed with the longest reason and all the evidence that there may be', () => {
    const most = voucher(
      Array.from({ length: 624 }, (_, i) => ['102', i % 2 === 0 ? 'debit' : 'credit', 1] as const),
      { summary: '租' },
    );
    const facts = [...recorded([most])];
    const [posted] = facts;
    expect(Buffer.byteLength(JSON.stringify(posted?.data))).toBeGreaterThan(MAX_REVERSIBLE_BYTES - 2_000);
    const [reversed] = decideAfter([...facts, closed('2024-01')], reversal('2024-01', 1, { reason: '错'.repeat(500) }));
    if (reversed === undefined) throw new Error('nothing was recorded');
    const mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    const paper = { sha256: 'f'.repeat(64), mediaType, bytes: 1_073_741_824 };
    const evidence = Array.from({ length: MAX_EVIDENCE }, () => paper);
    const by = { actor: 'a'.repeat(64), commandId: uuidV8('a'), evidence };
    expect(() => freeze(reversed, ledgerStream(uuidV8('b'), 2024), 99_999, 0, by)).not.toThrow();
  });
});

describe('sums stay exact', () => {
  const limitFen = MAX_SUM_FEN;

  it('up to the bound of all amounts of a year, and not beyond', () => {
    given().when(huge(400)).recordsData({ voucherNo: 1 });
    given(...recorded([huge(400)]))
      .when(huge(2, 1))
      .refuses('AMOUNT_TOO_LARGE', { amountFen: limitFen + 2, limitFen });
    given()
      .when(huge(1000))
      .refuses('AMOUNT_TOO_LARGE', { amountFen: 1000 * MAX_AMOUNT_FEN, limitFen });
  });

  it('with all that later years hold: the latest may be posted first', () => {
    const later = [yearOfFacts(recorded([huge(200)])), yearOfFacts(recorded([huge(198)]))];
    const before = given().beside({ laterYears: later });
    before.when(huge(2)).recordsData({ voucherNo: 1 });
    before.when(huge(4)).refuses('AMOUNT_TOO_LARGE', { amountFen: 402 * MAX_AMOUNT_FEN, limitFen }, 'amountFen');
    before
      .when(
        opening([
          ['102', 'debit', MAX_AMOUNT_FEN],
          ['301', 'credit', MAX_AMOUNT_FEN],
        ]),
      )
      .refuses('OPENING_AFTER_POSTING', { book: BOOK, year: 2024 });
    given(...recorded([huge(2)]))
      .beside({ laterYears: later })
      .when(reversal('2024-01', 1))
      .refuses('AMOUNT_TOO_LARGE', { amountFen: 402 * MAX_AMOUNT_FEN, limitFen });
  });

  it('with what was carried in', () =>
    given()
      .beside({
        carried: new Map([
          ['rural-collective-2024:102', limitFen - 1],
          ['rural-collective-2024:301', -1],
        ]),
      })
      .when(huge(2, 1))
      .refuses('AMOUNT_TOO_LARGE', { amountFen: limitFen + 2, limitFen }));
});

describe('laws', () => {
  const account = fc.constantFrom(
    '101',
    '102',
    '112',
    '211',
    '504',
    '511',
    '241',
    '141',
    '51302',
    '501',
    'village-2004:502',
  );
  const row = fc.tuple(
    account,
    fc.constantFrom('debit' as const, 'credit' as const),
    fc.integer({ min: -1, max: 4 }),
    fc.constantFrom({}, { grant: 'g-1', party: 'p-1' }),
  );

  it('every accepted voucher balances, whatever is sent', () =>
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 5 }),
        fc.constantFrom(bookOf(), bookOf('village-2004', '2024-01')),
        (rows, book) => {
          try {
            for (const fact of decideAfter([], voucher(rows), { book })) {
              if (fact.type !== 'VoucherPosted') throw new Error(fact.type);
              const { debitFen, creditFen } = totals(fact.data.lines);
              expect(debitFen).toBe(creditFen);
              expect(debitFen).toBeGreaterThan(0);
            }
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        },
      ),
      { numRuns: 500 },
    ));
});
