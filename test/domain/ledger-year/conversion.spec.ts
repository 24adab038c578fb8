import { describe, expect, it } from '@jest/globals';
import { type ChartId, charts, conversionFrom, netFen } from '@ledger/accounting';
import {
  ConvertStandard,
  type DetailedBalance,
  DetailedBalances,
  type FactDraft,
  type LedgerSetting,
  revisionsOf,
  type StandardConverted,
} from '@ledger/domain';
import * as fc from 'fast-check';
import {
  BOOK,
  bookOf,
  close,
  decideAfter,
  factOf,
  given,
  income,
  LEDGER_HASH,
  opening,
  recorded,
  reversal,
  VILLAGE,
  voucher,
  yearClose,
  yearOfFacts,
} from '../../support/given-ledger-year.js';

const OLD: ChartId = 'village-2004';
const NEW: ChartId = 'rural-collective-2024';

const own = (account: string, name: string): FactDraft => ({
  type: 'AccountAdded',
  version: 1,
  division: VILLAGE,
  effectiveOn: '2024-01-01',
  data: { book: BOOK, account, name, class: 'equity', normalSide: 'credit', postable: true },
});

type Standing = readonly [account: string, netFen: number, more?: { party?: string; grant?: string }];

/** A book that has closed 2023 with these balances and stands before its change. */
function before(standing: readonly Standing[], more: readonly FactDraft[] = []): Partial<LedgerSetting> {
  const old = bookOf(OLD, '2022-01', more);
  const balances = standing.map(([account, net, details]): DetailedBalance => {
    return { account: `${OLD}:${account}`, ...details, netFen: net };
  });
  const carried = new Map<string, number>();
  for (const { account, netFen: net } of balances) carried.set(account, (carried.get(account) ?? 0) + net);
  const unconverted = conversionFrom(OLD);
  if (old.next === undefined || unconverted === undefined) throw new Error('the standard of 2004 has a successor');
  return { book: old.next.book, unconverted, converting: { book: old, balances }, carried, lastClosed: '2023-12' };
}

const convert = (said: Partial<ConvertStandard> = {}): ConvertStandard =>
  Object.assign(new ConvertStandard(), {
    book: BOOK,
    from: '2024-01',
    preparedBy: 'accountant-1',
    reviewedBy: 'reviewer-1',
    ...said,
  });

const SIMPLE: readonly Standing[] = [
  ['102', 500_00],
  ['154', 700_00],
  ['202', -200_00, { party: 'builder-1' }],
  ['241', -300_00, { grant: 'road-2023' }],
  ['301', -700_00],
];

/** Pays something in cash. */
const pay = (amountFen: number) =>
  voucher([
    ['51302', 'debit', amountFen],
    ['101', 'credit', amountFen],
  ]);

const to = (account: string) => convert({ allocations: [{ account: '13202', to: account, amountFen: 150_00 }] });

describe('a change of standard', () => {
  it('carries every balance over to the account that goes on, with its party and grant', () =>
    given()
      .beside(before(SIMPLE))
      .when(convert({ attachmentCount: 2 }))
      .records({
        type: 'StandardConverted',
        version: 1,
        division: VILLAGE,
        effectiveOn: '2024-01-01',
        data: {
          book: BOOK,
          period: '2024-01',
          previousStandard: OLD,
          standard: NEW,
          part: 1,
          of: 1,
          lines: [
            { from: `${OLD}:102`, to: `${NEW}:102`, side: 'debit', amountFen: 500_00 },
            { from: `${OLD}:154`, to: `${NEW}:153`, side: 'debit', amountFen: 700_00 },
            { from: `${OLD}:202`, to: `${NEW}:211`, side: 'credit', amountFen: 200_00, party: 'builder-1' },
            { from: `${OLD}:241`, to: `${NEW}:241`, side: 'credit', amountFen: 300_00, grant: 'road-2023' },
            { from: `${OLD}:301`, to: `${NEW}:301`, side: 'credit', amountFen: 700_00 },
          ],
          preparedBy: 'accountant-1',
          reviewedBy: 'reviewer-1',
          attachmentCount: 2,
        },
      }));

  it('is recorded of a book that holds nothing, too', () =>
    given().beside(before([])).when(convert()).recordsData({ part: 1, of: 1, lines: [] }));

  it('is recorded in parts where many parties stand on an account, and only the whole balances', () => {
    const members = Array.from({ length: 400 }, (_, i): Standing => ['113', 100, { party: `member-${i}` }]);
    const parts = decideAfter([], convert(), before([...members, ['301', -400_00]])) as StandardConverted[];
    expect(parts.map(({ data }) => [data.part, data.of, data.lines.length])).toEqual([
      [1, 3, 150],
      [2, 3, 150],
      [3, 3, 101],
    ]);
    expect(parts.flatMap(({ data }) => data.lines).reduce((sum, line) => sum + netFen(line), 0)).toBe(0);
  });

  it('splits an account as the officer says, by party where the balance is of one', () =>
    given()
      .beside(
        before([
          ['13202', 150_00],
          ['13202', 50_00, { party: 'grower-1' }],
          ['301', -200_00],
        ]),
      )
      .when(
        convert({
          allocations: [
            { account: '13202', to: '134', amountFen: 120_00 },
            { account: `${OLD}:13202`, to: `${NEW}:131`, amountFen: 30_00 },
            { account: '13202', to: '131', amountFen: 50_00, party: 'grower-1' },
          ],
        }),
      )
      .recordsData({
        lines: [
          { from: `${OLD}:13202`, to: `${NEW}:134`, amountFen: 120_00 },
          { from: `${OLD}:13202`, to: `${NEW}:131`, amountFen: 30_00 },
          { from: `${OLD}:13202`, to: `${NEW}:131`, amountFen: 50_00, party: 'grower-1' },
          { from: `${OLD}:301` },
        ],
      }));

  it('takes the book’s own accounts of both standards', () => {
    const accounts = [own(`${OLD}:32203`, '风险基金'), own(`${NEW}:32208`, '风险基金')];
    const standing: readonly Standing[] = [
      ['102', 80_00],
      ['32203', -80_00],
    ];
    given()
      .beside(before(standing, accounts))
      .when(convert({ allocations: [{ account: '32203', to: '32208', amountFen: 80_00 }] }))
      .recordsData({ lines: [{}, { from: `${OLD}:32203`, to: `${NEW}:32208`, side: 'credit', amountFen: 80_00 }] });
    given()
      .beside(before(standing, accounts))
      .when(convert())
      .refuses('CONVERSION_INCOMPLETE', {
        accounts: [{ account: '32203', name: '风险基金', balanceFen: -80_00, targets: ['32201', '32202', '32208'] }],
      });
  });
});

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

describe('the year that a change begins', () => {
  const beside = before(SIMPLE);
  const converted = decideAfter([], convert(), beside);
  const { unconverted: _, converting: __, ...after } = beside;

  it('has the balances of the new accounts and nothing on the old ones', () => {
    const [closed] = decideAfter(converted, close('2024-01'), after);
    expect(closed?.data).toMatchObject({
      ledgerHash: LEDGER_HASH,
      balances: [
        { account: `${NEW}:102`, side: 'debit', amountFen: 500_00 },
        { account: `${NEW}:153`, side: 'debit', amountFen: 700_00 },
        { account: `${NEW}:211`, side: 'credit', amountFen: 200_00 },
        { account: `${NEW}:241`, side: 'credit', amountFen: 300_00 },
        { account: `${NEW}:301`, side: 'credit', amountFen: 700_00 },
      ],
    });
  });

  it('has the change covered by the close of its first month, and of no other', () => {
    expect(revisionsOf(yearOfFacts(converted), '2024-01')).toEqual([0]);
    expect(revisionsOf(yearOfFacts(converted), '2024-02')).toEqual([]);
  });

  it('begins its vouchers with number 1 and its accounts under the new chart', () =>
    given(...converted)
      .beside(after)
      .when(income())
      .recordsData({ voucherNo: 1, lines: [{ account: `${NEW}:102` }, { account: `${NEW}:50102` }] }));

  it('counts the cash that was carried over as cash of its first day', () => {
    const cash = before([
      ['101', 50_00],
      ['301', -50_00],
    ]);
    const facts = decideAfter([], convert(), cash);
    const { unconverted: _unconverted, converting: _converting, ...rest } = cash;
    given(...facts)
      .beside(rest)
      .when(pay(50_00))
      .recordsData({ voucherNo: 1 });
    given(...facts)
      .beside(rest)
      .when(pay(50_01))
      .refuses('CASH_NEGATIVE', { on: '2024-01-20', balanceFen: -1 });
  });
});

describe('whatever a book holds', () => {
  const codes = charts[OLD].accounts.filter(({ postable }) => postable).map(({ code }) => code);
  const standing = fc.array(
    fc.record({
      code: fc.constantFrom(...codes),
      net: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      party: fc.constantFrom(undefined, 'party-1', 'party-2'),
    }),
    { maxLength: 30 },
  );

  it('goes over to the fen, once the officer has said what the refusal asks for', () =>
    fc.assert(
      fc.property(standing, (said) => {
        const added = new DetailedBalances();
        const lines = said.map(({ code, net, party }) => ({
          account: `${OLD}:${code}`,
          side: net < 0 ? 'credit' : 'debit',
          amountFen: Math.abs(net),
          ...(party === undefined ? {} : { party }),
        }));
        added.add(
          factOf(
            { type: 'VoucherPosted', version: 1, division: VILLAGE, effectiveOn: '2023-01-01', data: { lines } },
            'ledger',
            0,
          ),
        );
        const balances = added.all();
        const beside = before(
          balances.map(({ account, netFen: net, ...more }): Standing => [account.slice(13), net, more]),
        );
        const open = askedFor(() => decideAfter([], convert(), beside));
        const allocations = open.map(({ account, party, balanceFen, targets }) => {
          return {
            account,
            to: targets[0] ?? '',
            amountFen: Math.abs(balanceFen),
            ...(party === undefined ? {} : { party }),
          };
        });
        const facts = decideAfter([], convert({ allocations }), beside);
        const year = yearOfFacts(facts);
        for (const [account, net] of beside.carried ?? []) expect((year.opening.get(account) ?? 0) + net).toBe(0);
        const sum = (chart: string) =>
          [...year.opening].reduce((total, [account, net]) => (account.startsWith(chart) ? total + net : total), 0);
        expect(sum(NEW) + sum(OLD)).toBe(0);
        expect(sum(NEW)).toBe(balances.reduce((total, { netFen: net }) => total + net, 0));
      }),
    ));
});

interface Open {
  account: string;
  party?: string;
  balanceFen: number;
  targets: string[];
}

/** What a refused change asks for; nothing where it is recorded. */
function askedFor(decide: () => unknown): Open[] {
  try {
    decide();
    return [];
  } catch (error) {
    const { code, facts } = error as { code: string; facts: { accounts: Open[] } };
    expect(code).toBe('CONVERSION_INCOMPLETE');
    return facts.accounts;
  }
}
