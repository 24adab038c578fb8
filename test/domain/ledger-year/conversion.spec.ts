import { describe, expect, it } from '@jest/globals';
import { charts, netFen } from '@ledger/accounting';
import { DetailedBalances, type FactDraft, revisionsOf, type StandardConverted } from '@ledger/domain';
import * as fc from 'fast-check';
import { before, convert, NEW, OLD, SIMPLE, type Standing } from '../../support/given-conversion.js';
import {
  BOOK,
  close,
  decideAfter,
  factOf,
  given,
  income,
  LEDGER_HASH,
  VILLAGE,
  voucher,
  yearOfFacts,
} from '../../support/given-ledger-year.js';

const own = (account: string, name: string): FactDraft => ({
  type: 'AccountAdded',
  version: 1,
  division: VILLAGE,
  effectiveOn: '2024-01-01',
  data: { book: BOOK, account, name, class: 'equity', normalSide: 'credit', postable: true },
});

/** Pays something in cash. */
const pay = (amountFen: number) =>
  voucher([
    ['51302', 'debit', amountFen],
    ['101', 'credit', amountFen],
  ]);

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
