import { describe, expect, it } from '@jest/globals';
import { before, convert, NEW, OLD, SIMPLE } from '../../support/given-conversion.js';
import {
  BOOK,
  bookOf,
  close,
  decideAfter,
  given,
  income,
  opening,
  recorded,
  reversal,
  voucher,
  yearClose,
} from '../../support/given-ledger-year.js';

const to = (account: string) => convert({ allocations: [{ account: '13202', to: account, amountFen: 150_00 }] });

describe('a change of standard is refused', () => {
  it('while balances wait to be allocated, naming them all with the accounts they may go to', () =>
    given()
      .beside(
        before([
          ['13202', 150_00, { party: 'grower-1' }],
          ['212', -50_00],
          ['301', -100_00],
        ]),
      )
      .when(convert())
      .refuses(
        'CONVERSION_INCOMPLETE',
        {
          accounts: [
            { account: '13202', name: '非经济林木', party: 'grower-1', balanceFen: 150_00, targets: ['131', '134'] },
            { account: '212', name: '应付福利费', balanceFen: -50_00, targets: ['211'] },
          ],
        },
        'allocations',
      ));

  it.each([
    ['too little', 100_00, 100_00],
    ['too much', 160_00, 160_00],
  ])('where %s of a balance is allocated', (_, amountFen, allocatedFen) =>
    given()
      .beside(
        before([
          ['13202', 150_00],
          ['301', -150_00],
        ]),
      )
      .when(convert({ allocations: [{ account: '13202', to: '134', amountFen }] }))
      .refuses(
        'CONVERSION_UNBALANCED',
        { account: '13202', name: '非经济林木', balanceFen: 150_00, allocatedFen },
        'allocations',
      ),
  );

  it('where something is allocated of an account, or of a party, that holds nothing', () => {
    const beside = before([
      ['102', 100_00],
      ['301', -100_00],
    ]);
    given()
      .beside(beside)
      .when(convert({ allocations: [{ account: '13202', to: '134', amountFen: 1 }] }))
      .refuses('CONVERSION_UNBALANCED', { account: '13202', name: '非经济林木', balanceFen: 0, allocatedFen: 1 });
    given()
      .beside(beside)
      .when(convert({ allocations: [{ account: '102', to: '102', amountFen: 1, party: 'bank-1' }] }))
      .refuses('CONVERSION_UNBALANCED', {
        account: '102',
        name: '银行存款',
        party: 'bank-1',
        balanceFen: 0,
        allocatedFen: 1,
      });
  });

  it('to an account that is no successor, that the new chart does not have, or that takes no postings', () => {
    const beside = before([
      ['13202', 150_00],
      ['301', -150_00],
    ]);
    const field = 'allocations.0.to';
    given()
      .beside(beside)
      .when(to('151'))
      .refuses(
        'CONVERSION_TARGET',
        { account: '13202', name: '非经济林木', to: '151', targets: ['131', '134'] },
        field,
      );
    given().beside(beside).when(to('13101')).refuses('ACCOUNT_UNKNOWN', { account: '13101', standard: NEW }, field);
    given()
      .beside(beside)
      .when(to(`${OLD}:131`))
      .refuses('ACCOUNT_UNKNOWN', { account: `${OLD}:131`, standard: NEW }, field);
    given()
      .beside(beside)
      .when(to('322'))
      .refuses('ACCOUNT_NOT_LEAF', { account: '322', name: '收益分配', children: ['32201', '32202'] }, field);
  });

  it('of an account that the old chart does not have, and of no amount', () => {
    const beside = before(SIMPLE);
    given()
      .beside(beside)
      .when(convert({ allocations: [{ account: '512', to: '131', amountFen: 1 }] }))
      .refuses('ACCOUNT_UNKNOWN', { account: '512', standard: OLD }, 'allocations.0.account');
    given()
      .beside(beside)
      .when(convert({ allocations: [{ account: '13202', to: '131', amountFen: 0 }] }))
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: 0 }, 'allocations.0.amountFen');
  });

  it('from any other month than that in which the next standard begins', () => {
    for (const asked of ['2023-06', '2024-02', '2025-01']) {
      given()
        .beside(before(SIMPLE))
        .when(convert({ from: asked }))
        .refuses(
          'STANDARD_NOT_IN_FORCE',
          {
            standard: OLD,
            inForceFrom: '2005-01-01',
            inForceTo: '2023-12-31',
            successor: NEW,
            period: '2024-01',
            asked,
          },
          'from',
        );
    }
  });

  it('before the last year of the old standard is closed, and before the new one begins', () => {
    given()
      .beside({ ...before(SIMPLE), lastClosed: '2023-10' })
      .when(convert())
      .refuses('YEAR_NOT_CLOSED', { year: 2023, oldestOpen: '2023-11' }, 'from');
    const { lastClosed: _, ...neverClosed } = before(SIMPLE);
    given().beside(neverClosed).when(convert()).refuses('YEAR_NOT_CLOSED', { year: 2023, oldestOpen: '2022-01' });
    given()
      .beside({ ...before(SIMPLE), today: '2023-12-31' })
      .when(convert())
      .refuses('DATE_IN_FUTURE', { date: '2024-01-01', today: '2023-12-31' }, 'from');
  });

  it('where no standard follows, also when the book came to its own by a change', () => {
    given().when(convert()).refuses('STANDARD_CURRENT', { standard: NEW, since: '2024-01' }, 'from');
    given()
      .beside({ book: bookOf(NEW, '2024-05') })
      .when(convert())
      .refuses('STANDARD_CURRENT', { standard: NEW, since: '2024-05' });
  });

  it('after anything was recorded in the new year', () =>
    given(...recorded([income()]))
      .beside(before(SIMPLE))
      .when(convert())
      .refuses('OPENING_AFTER_POSTING', { book: BOOK, year: 2024 }));

  it('when one person prepared and reviewed it, or a reference names a person', () => {
    given()
      .beside(before(SIMPLE))
      .when(convert({ reviewedBy: 'accountant-1' }))
      .refuses('SAME_PERSON', { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] });
    given()
      .beside(before(SIMPLE))
      .when(convert({ allocations: [{ account: '13202', to: '131', amountFen: 1, party: 'A13800138000' }] }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'allocations.0.party');
  });

  it('never silently, where the parties of the book do not come to what it closed with', () => {
    const beside = before(SIMPLE);
    const carried = new Map([...(beside.carried ?? []), [`${OLD}:102`, 499_00]]);
    expect(() => decideAfter([], convert(), { ...beside, carried })).toThrow('village-2004:102 closed with -100 fen');
  });
});

describe('a year whose standard the book has not come to', () => {
  const facts = { book: BOOK, standard: OLD, successor: NEW, from: '2024-01', yearToClose: 2023 };

  it.each([
    ['income', income()],
    [
      'a voucher',
      voucher([
        ['102', 'debit', 100],
        ['301', 'credit', 100],
      ]),
    ],
    [
      'an opening',
      opening([
        ['102', 'debit', 100],
        ['301', 'credit', 100],
      ]),
    ],
    ['a reversal', reversal('2024-01', 1)],
    ['the close of a month', close('2024-01')],
    ['the close of the year', yearClose(2024)],
  ])('refuses %s and says the way out', (_, command) =>
    given().beside(before(SIMPLE)).when(command).refuses('STANDARD_NOT_IN_FORCE', facts),
  );
});
