import { describe, expect, it } from '@jest/globals';
import { refuses } from '../../support/given-ledger-year.js';
import { LEAD, PARTNER, PROJECT, recorded, scheme, started } from '../../support/given-project.js';
import {
  adjust,
  COLLECTIVE,
  decide,
  given,
  OTHER,
  refused,
  retry,
  schemeOf,
  settle,
  sharesOf,
  TERMS,
} from '../../support/given-settlement.js';

const stated = (village: string, amountFen: number) => ({ village, amountFen });

describe('a month’s income of a joint project', () => {
  it('is shared to the fen under the scheme of the day on which it is recognised', () =>
    given(scheme('2024-03-01', { [LEAD]: 5000, [PARTNER]: 5000 }))
      .when(settle('2024-02-29', 100_01))
      .records({
        type: 'IncomeAllocated',
        version: 1,
        division: LEAD,
        concerns: [PARTNER],
        effectiveOn: '2024-02-29',
        data: {
          project: PROJECT,
          allocationNo: 1,
          period: '2024-02',
          amountFen: 100_01,
          schemeOn: '2024-01-01',
          ...TERMS,
          shares: [
            { village: LEAD, amountFen: 60_01 },
            { village: PARTNER, amountFen: 40_00 },
          ],
        },
      }));

  it('is shared once; another amount is an adjustment that books the differences', () => {
    given(settle('2024-02-29', 100_00))
      .when(settle('2024-02-10', 50_00))
      .refuses(
        'INCOME_PERIOD_CLOSED',
        { project: PROJECT, period: '2024-02', settledOn: '2024-02-29', amountFen: 100_00 },
        'effectiveOn',
      );
    const adjusted = given(settle('2024-02-29', 100_00), adjust('2024-02', 90_00));
    expect(sharesOf(given(settle('2024-02-29', 100_00)).when(adjust('2024-02', 90_00)).decided())).toEqual([
      {
        type: 'IncomeReallocated',
        no: 2,
        period: '2024-02',
        on: '2024-02-29',
        amountFen: 90_00,
        201: -6_00,
        202: -4_00,
      },
    ]);
    expect(sharesOf(adjusted.when(adjust('2024-02', 100_00)).decided())).toEqual([
      {
        type: 'IncomeReallocated',
        no: 3,
        period: '2024-02',
        on: '2024-02-29',
        amountFen: 100_00,
        201: 6_00,
        202: 4_00,
      },
    ]);
    adjusted
      .when(adjust('2024-02', 90_00))
      .refuses('SETTLEMENT_UNCHANGED', { project: PROJECT, period: '2024-02', amountFen: 90_00 }, 'amountFen');
    adjusted
      .when(adjust('2024-03', 90_00))
      .refuses('SETTLEMENT_UNKNOWN', { project: PROJECT, period: '2024-03' }, 'period');
  });

  it('is checked against the shares that the sender worked out', () => {
    const shares = [stated(LEAD, 60_00), stated(PARTNER, 40_00)];
    expect(
      given()
        .when(settle('2024-02-29', 100_00, { shares }))
        .decided(),
    ).toHaveLength(1);
    given()
      .when(settle('2024-02-29', 100_00, { shares: [stated(LEAD, 60_00), stated(PARTNER, 39_99)] }))
      .refuses(
        'ALLOCATION_SUM_MISMATCH',
        { amountFen: 100_00, statedFen: 99_99, village: PARTNER, shareFen: 40_00, statedShareFen: 39_99 },
        'shares',
      );
    given()
      .when(settle('2024-02-29', 100_00, { shares: [stated(LEAD, 60_00)] }))
      .refuses(
        'ALLOCATION_SUM_MISMATCH',
        { amountFen: 100_00, statedFen: 60_00, village: PARTNER, shareFen: 40_00, statedShareFen: 0 },
        'shares',
      );
  });

  it('is refused where there is nothing to share, or nothing to share it by', () => {
    given().when(settle('2024-02-29', 0)).refuses('INCOME_NEGATIVE', { amountFen: 0 }, 'amountFen');
    given().when(settle('2024-02-29', -5_00)).refuses('INCOME_NEGATIVE', { amountFen: -5_00 }, 'amountFen');
    given().when(settle('2024-02-29', 0.5)).refuses('AMOUNT_PRECISION', { amount: 0.5 }, 'amountFen');
    const unshared = recorded(started('2024-01-01'));
    refuses(
      () => decide(unshared, settle('2024-02-29', 100)),
      'ALLOCATION_SCHEME_MISSING',
      { project: PROJECT, on: '2024-02-29' },
      'effectiveOn',
    );
    refuses(
      () => decide(recorded(started('2024-03-01')), settle('2024-02-29', 100)),
      'PROJECT_NOT_ACTIVE',
      { project: PROJECT, on: '2024-02-29', needs: ['active', 'suspended', 'completed'] },
      'effectiveOn',
    );
  });

  it('goes to an income account, out of the bank or a receivable, never cash, and is signed by two', () => {
    given()
      .when(settle('2024-02-29', 100, { account: '51302' }))
      .refuses('ACCOUNT_KIND', { account: '51302', name: '办公费', wanted: 'income' }, 'account');
    given()
      .when(settle('2024-02-29', 100, { settlement: { account: '101' } }))
      .refuses('ACCOUNT_KIND', { account: '101', name: '库存现金', wanted: 'incomeSettlement' }, 'settlement.account');
    given()
      .when(settle('2024-02-29', 100, { reviewedBy: 'accountant-1' }))
      .refuses('SAME_PERSON', { person: 'accountant-1', roles: ['preparedBy', 'reviewedBy'] }, 'reviewedBy');
  });
});

describe('a settlement that was a mistake', () => {
  it('can be taken back whole', () =>
    expect(sharesOf(given(settle('2024-02-29', 100_00)).when(adjust('2024-02', 0)).decided())).toEqual([
      { type: 'IncomeReallocated', no: 2, period: '2024-02', on: '2024-02-29', amountFen: 0, 201: -60_00, 202: -40_00 },
    ]));

  describe('on a wrong account', () => {
    const takenBack = [settle('2024-02-29', 100_00), adjust('2024-02', 0)] as const;
    const anew = settle('2024-02-20', 100_00, { account: '50104' });

    it('is settled anew once it is taken back whole, and then stands', () => {
      const [fact] = given(...takenBack)
        .when(anew)
        .decided();
      expect(fact).toMatchObject({
        type: 'IncomeAllocated',
        effectiveOn: '2024-02-20',
        data: { allocationNo: 3, account: '50104', shares: [{ amountFen: 60_00 }, { amountFen: 40_00 }] },
      });
      const facts = { project: PROJECT, period: '2024-02', settledOn: '2024-02-20', amountFen: 100_00 };
      given(...takenBack, anew)
        .when(settle('2024-02-29', 5_00))
        .refuses('INCOME_PERIOD_CLOSED', facts, 'effectiveOn');
    });

    it('is changed by its own differences afterwards, on its own account and day', () => {
      const [fact] = given(...takenBack, anew)
        .when(adjust('2024-02', 90_00))
        .decided();
      expect(fact).toMatchObject({ effectiveOn: '2024-02-20', data: { allocationNo: 4, account: '50104' } });
      expect(sharesOf(fact === undefined ? [] : [fact])).toMatchObject([{ 201: -6_00, 202: -4_00 }]);
      const later = given(...takenBack, anew)
        .when(schemeOf('2024-02-25', 5000))
        .decided();
      expect(later).toHaveLength(1);
    });

    it('goes to the collectives of the scheme of then, not to those of the one taken back', () => {
      const wrong = schemeOf('2024-01-01', 6000, COLLECTIVE);
      const before = [wrong, ...takenBack, schemeOf('2024-01-01', 6000, OTHER), anew] as const;
      const [fact] = given(...before)
        .when(adjust('2024-02', 90_00))
        .decided();
      expect(fact).toMatchObject({ data: { shares: [{ village: LEAD, organization: OTHER }, {}] } });
    });
  });

  it('is refused where no book of the standard could take the account', () =>
    given()
      .when(settle('2024-02-29', 100, { account: '503' }))
      .refuses('ACCOUNT_NOT_LEAF', { account: '503', name: '补助收入', children: ['50301', '50302'] }, 'account'));

  it('goes on to accounts that the village’s book can take, when it is asked for again', () => {
    const again = Object.assign(retry(1, LEAD), { account: '504', settlement: { account: '102' } });
    const [fact] = given(settle('2024-02-29', 100_00), refused(1, LEAD)).when(again).decided();
    expect(fact).toMatchObject({ data: { account: '504', settlement: { account: '102' }, amountFen: 60_00 } });
    given(settle('2024-02-29', 100_00), refused(1, LEAD))
      .when(Object.assign(retry(1, LEAD), { account: '51302' }))
      .refuses('ACCOUNT_KIND', { account: '51302', name: '办公费', wanted: 'income' }, 'account');
  });
});
