import { describe, expect, it } from '@jest/globals';
import {
  AdjustSettlement,
  decideSettlement,
  type Organization,
  type ProjectCommand,
  type ProjectFact,
  type ProjectSetting,
  type RefusalCode,
  type RefusalFacts,
  RetryShare,
  SetAllocationScheme,
  SettleIncome,
  type SettlementCommand,
  type SettlementFact,
  TellShareBooked,
  TellShareRefused,
} from '@ledger/domain';
import { refuses } from '../../support/given-ledger-year.js';
import {
  decideAfter,
  LEAD,
  leave,
  PARTNER,
  PROJECT,
  projectOf,
  recorded,
  scheme,
  settingOf,
  started,
  THIRD,
  join,
} from '../../support/given-project.js';

type AnyFact = ProjectFact | SettlementFact;

const TERMS = {
  account: '50106',
  settlement: { account: '112' },
  summary: '分成',
  preparedBy: 'accountant-1',
  reviewedBy: 'reviewer-1',
};
const COLLECTIVE = 'N2330603MF0000013M';
/** Another legal person of the lead village. */
const OTHER = 'N2330603MF0000021G';
const organizations = new Map(
  [COLLECTIVE, OTHER].map((creditCode): [string, Organization] => [
    creditCode,
    { registered: { creditCode, name: '合作社', village: LEAD } } as unknown as Organization,
  ]),
);

const settle = (effectiveOn: string, amountFen: number, said: Partial<SettleIncome> = {}): SettleIncome =>
  Object.assign(new SettleIncome(), { project: PROJECT, effectiveOn, amountFen, ...TERMS, ...said });
const adjust = (period: string, amountFen: number): AdjustSettlement =>
  Object.assign(new AdjustSettlement(), {
    project: PROJECT,
    period,
    amountFen,
    reason: '补计食堂款',
    preparedBy: 'accountant-2',
    reviewedBy: 'reviewer-1',
  });
const retry = (allocationNo: number, village: string, organization?: string): RetryShare =>
  Object.assign(new RetryShare(), {
    project: PROJECT,
    allocationNo,
    village,
    ...(organization === undefined ? {} : { organization }),
  });
const booked = (allocationNo: number, village: string): TellShareBooked =>
  Object.assign(new TellShareBooked(), {
    project: PROJECT,
    allocationNo,
    village,
    book: 'book-1',
    period: '2024-03',
    voucherNo: 7,
  });
const refused = (allocationNo: number, village: string): TellShareRefused =>
  Object.assign(new TellShareRefused(), {
    project: PROJECT,
    allocationNo,
    village,
    code: 'BOOK_UNKNOWN',
    messageZh: '没有账簿',
    messageEn: 'There is no book',
  });

const isSettling = (command: ProjectCommand | SettlementCommand): command is SettlementCommand =>
  [SettleIncome, AdjustSettlement, RetryShare, TellShareBooked, TellShareRefused].some(
    (type) => command instanceof type,
  );

function decide(
  facts: readonly AnyFact[],
  command: ProjectCommand | SettlementCommand,
  said: Partial<ProjectSetting> = {},
): AnyFact[] {
  const known = facts as readonly ProjectFact[];
  if (!isSettling(command)) return decideAfter(known, command, { organizations, ...said });
  return decideSettlement(command, projectOf(known), settingOf({ organizations, ...said }));
}

function given(...commands: readonly (ProjectCommand | SettlementCommand)[]) {
  const before = recorded([...started('2024-01-01'), scheme('2024-01-01', { [LEAD]: 6000, [PARTNER]: 4000 })]);
  const facts = commands.reduce<AnyFact[]>((known, command) => [...known, ...decide(known, command)], before);
  return {
    when(command: ProjectCommand | SettlementCommand) {
      return {
        decided: () => decide(facts, command),
        records: (...expected: readonly object[]) => expect(decide(facts, command)).toStrictEqual(expected),
        refuses: <C extends RefusalCode>(code: C, said: RefusalFacts<C>, field?: string) =>
          refuses(() => decide(facts, command), code, said, field),
      };
    },
  };
}

const schemeOf = (effectiveOn: string, lead: number, organization?: string): SetAllocationScheme =>
  Object.assign(new SetAllocationScheme(), {
    project: PROJECT,
    effectiveOn,
    shares: [
      { village: LEAD, basisPoints: lead, ...(organization === undefined ? {} : { organization }) },
      { village: PARTNER, basisPoints: 10_000 - lead },
    ],
  });

const stated = (village: string, amountFen: number) => ({ village, amountFen });

const sharesOf = (facts: readonly AnyFact[]) =>
  facts.flatMap((fact) =>
    fact.type === 'IncomeAllocated' || fact.type === 'IncomeReallocated'
      ? [
          {
            type: fact.type,
            no: fact.data.allocationNo,
            period: fact.data.period,
            on: fact.effectiveOn,
            amountFen: fact.data.amountFen,
            ...Object.fromEntries(fact.data.shares.map((share) => [share.village.slice(-3), share.amountFen])),
          },
        ]
      : [],
  );

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

describe('a scheme that is dated back', () => {
  const settled = [settle('2024-02-29', 100_00), settle('2024-03-31', 100_01), settle('2024-05-31', 70_00)] as const;

  it('changes what was settled from its day on, month by month, by differences that add up to zero', () => {
    const facts = given(...settled)
      .when(scheme('2024-03-01', { [LEAD]: 5000, [PARTNER]: 5000 }))
      .decided();
    expect(facts[0]?.type).toBe('AllocationSchemeSet');
    expect(sharesOf(facts)).toEqual([
      {
        type: 'IncomeReallocated',
        no: 4,
        period: '2024-03',
        on: '2024-03-31',
        amountFen: 100_01,
        201: -10_00,
        202: 10_00,
      },
      {
        type: 'IncomeReallocated',
        no: 5,
        period: '2024-05',
        on: '2024-05-31',
        amountFen: 70_00,
        201: -7_00,
        202: 7_00,
      },
    ]);
  });

  it('changes nothing from the day on which the next scheme holds', () => {
    const facts = given(...settled, scheme('2024-05-01', { [LEAD]: 1000, [PARTNER]: 9000 }))
      .when(scheme('2024-03-01', { [LEAD]: 5000, [PARTNER]: 5000 }))
      .decided();
    expect(sharesOf(facts).map(({ period }) => period)).toEqual(['2024-03']);
  });

  it('gives to villages that had nothing and takes all from those that are left out', () => {
    const facts = given(settle('2024-02-29', 100_00), join(THIRD, '2024-02-01'))
      .when(scheme('2024-02-01', { [LEAD]: 6000, [THIRD]: 4000 }))
      .decided();
    expect(sharesOf(facts)).toEqual([
      {
        type: 'IncomeReallocated',
        no: 2,
        period: '2024-02',
        on: '2024-02-29',
        amountFen: 100_00,
        202: -40_00,
        203: 40_00,
      },
    ]);
  });

  it('takes back from the book in which the share stands, whatever collective the new scheme names', () => {
    const [first, second] = [schemeOf('2024-01-01', 6000, COLLECTIVE), schemeOf('2024-01-01', 5000, OTHER)] as const;
    const facts = given(first, settle('2024-02-29', 100_00)).when(second).decided();
    expect(facts[1]).toMatchObject({
      data: {
        shares: [
          { village: LEAD, organization: COLLECTIVE, amountFen: -10_00 },
          { village: PARTNER, amountFen: 10_00 },
        ],
      },
    });
    const later = given(first, settle('2024-02-29', 100_00), second).when(settle('2024-03-31', 100_00)).decided();
    expect(later[0]).toMatchObject({ data: { shares: [{ organization: OTHER, amountFen: 50_00 }, {}] } });
  });

  it('that says the same changes nothing', () =>
    expect(
      given(...settled)
        .when(scheme('2024-03-01', { [LEAD]: 6000, [PARTNER]: 4000 }))
        .decided(),
    ).toHaveLength(1));

  it('does not matter to a village that has left before', () => {
    const facts = given(
      settle('2024-02-29', 10_00),
      scheme('2024-03-01', { [LEAD]: 10_000 }),
      leave(PARTNER, '2024-03-01'),
    )
      .when(settle('2024-03-31', 10_00))
      .decided();
    expect(sharesOf(facts)).toEqual([
      { type: 'IncomeAllocated', no: 2, period: '2024-03', on: '2024-03-31', amountFen: 10_00, 201: 10_00 },
    ]);
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

describe('a share that found no book', () => {
  const shared = [settle('2024-02-29', 100_00), refused(1, LEAD)] as const;

  it('takes its differences with it, so that no book has a difference alone', () => {
    const facts = given(...shared)
      .when(schemeOf('2024-01-01', 9000, COLLECTIVE))
      .decided();
    expect(facts[1]).toMatchObject({ data: { shares: [{ village: LEAD, amountFen: 30_00 }, { village: PARTNER }] } });
    expect((facts[1] as unknown as { data: { shares: object[] } }).data.shares[0]).not.toHaveProperty('organization');
  });

  it('finds the one that the scheme names by now', () => {
    const [fact] = given(...shared, schemeOf('2024-01-01', 9000, COLLECTIVE))
      .when(retry(1, LEAD))
      .decided();
    expect(fact).toMatchObject({ type: 'ShareRetried', data: { organization: COLLECTIVE, amountFen: 60_00 } });
  });
});

describe('where there are accounts, a retry', () => {
  const sight = { seesDivision: () => true, seesBook: () => true, seesAttachment: () => true };
  const bought = { account: '112', party: 'buyer-1' };
  const facts = recorded([...started('2024-01-01'), scheme('2024-01-01', { [LEAD]: 6000, [PARTNER]: 4000 })]);
  const known = [settle('2024-02-29', 100_00, { settlement: bought }), refused(1, LEAD)].reduce<AnyFact[]>(
    (before, command) => [...before, ...decide(before, command)],
    facts,
  );
  const again = (said: object, after: readonly AnyFact[] = known) =>
    decide(after, Object.assign(retry(1, LEAD), said), { sight });
  const same = { account: '50106', settlement: { account: '112', party: 'buyer-1' } };

  it('asks for what was reviewed', () => {
    for (const said of [{}, { account: '50106' }, same]) {
      expect(again(said)).toMatchObject([{ type: 'ShareRetried', data: { ...TERMS, settlement: bought } }]);
    }
  });

  it('cannot change what was reviewed', () => {
    const others: readonly [object, ...string[]][] = [
      [{ account: '504' }, 'account'],
      [{ settlement: { account: '102', party: 'buyer-1' } }, 'settlement.account'],
      [{ settlement: { account: '112', party: 'cousin-1' } }, 'settlement.party'],
      [{ settlement: { account: '112' } }, 'settlement.party'],
      [{ organization: COLLECTIVE }, 'organization'],
      [{ organization: OTHER, account: '504' }, 'organization', 'account'],
    ];
    for (const [said, ...fields] of others) {
      refuses(() => again(said), 'RETRY_CHANGES_TERMS', { of: 'share', fields }, fields[0]);
    }
  });

  it('finds the collective that the scheme names, and no other', () => {
    const after = [...known, ...decide(known, schemeOf('2024-01-01', 6000, COLLECTIVE))];
    for (const said of [{}, { organization: COLLECTIVE }]) {
      expect(again(said, after)).toMatchObject([{ data: { organization: COLLECTIVE } }]);
    }
    expect(() => again({ organization: OTHER }, after)).toThrow('RETRY_CHANGES_TERMS');
  });

  it('is, as every settlement, for who sees all books of the villages', () => {
    const narrow = { ...sight, seesBook: (book: string) => book === 'book-1' };
    for (const command of [retry(1, LEAD), adjust('2024-02', 90_00), settle('2024-03-31', 100_00)]) {
      refuses(() => decide(known, command, { sight: narrow }), 'GRANT_TOO_NARROW', { needs: 'allBooks' }, 'project');
    }
  });
});

describe('a refused difference', () => {
  const inScheme = schemeOf('2024-01-01', 6000, COLLECTIVE);
  const held = [inScheme, settle('2024-02-29', 100_00), booked(1, LEAD), adjust('2024-02', 90_00), refused(2, LEAD)];

  it('is asked for again where the share of the month stands, and nowhere else', () => {
    given(...held)
      .when(retry(2, LEAD, OTHER))
      .refuses(
        'SHARE_ELSEWHERE',
        { project: PROJECT, allocationNo: 2, village: LEAD, period: '2024-02', creditCode: OTHER, holder: COLLECTIVE },
        'organization',
      );
    for (const again of [retry(2, LEAD), retry(2, LEAD, COLLECTIVE)]) {
      const [fact] = given(...held)
        .when(again)
        .decided();
      expect(fact).toMatchObject({ data: { organization: COLLECTIVE, amountFen: -6_00 } });
    }
  });

  it('follows the share that another collective got in the end', () => {
    const both = [settle('2024-02-29', 100_00), refused(1, LEAD), adjust('2024-02', 90_00), refused(2, LEAD)];
    const [fact] = given(...both, retry(1, LEAD, OTHER), booked(1, LEAD))
      .when(retry(2, LEAD))
      .decided();
    expect(fact).toMatchObject({ data: { organization: OTHER } });
    // As long as both are refused the officer may still choose.
    const [chosen] = given(...both, retry(1, LEAD, OTHER), refused(1, LEAD))
      .when(retry(2, LEAD, COLLECTIVE))
      .decided();
    expect(chosen).toMatchObject({ data: { organization: COLLECTIVE } });
  });
});

describe('what becomes of a share', () => {
  const shared = settle('2024-02-29', 100_00);
  const head = { version: 1, division: LEAD, effectiveOn: '2024-02-29' };

  it('is told on the project', () => {
    given(shared)
      .when(booked(1, PARTNER))
      .records({
        type: 'ShareBooked',
        ...head,
        concerns: [PARTNER],
        data: { project: PROJECT, allocationNo: 1, village: PARTNER, book: 'book-1', period: '2024-03', voucherNo: 7 },
      });
    given(shared)
      .when(refused(1, LEAD))
      .records({
        type: 'ShareRefused',
        ...head,
        data: {
          project: PROJECT,
          allocationNo: 1,
          village: LEAD,
          code: 'BOOK_UNKNOWN',
          messageZh: '没有账簿',
          messageEn: 'There is no book',
        },
      });
  });

  it('can be asked for again once it was refused, with the book that was missing', () =>
    given(shared, refused(1, LEAD))
      .when(retry(1, LEAD, COLLECTIVE))
      .records({
        type: 'ShareRetried',
        ...head,
        data: {
          project: PROJECT,
          allocationNo: 1,
          village: LEAD,
          organization: COLLECTIVE,
          amountFen: 60_00,
          ...TERMS,
        },
      }));

  it('cannot be asked for again while it is pending or booked, nor into another village’s book', () => {
    const of = { project: PROJECT, allocationNo: 1 };
    given(shared)
      .when(retry(1, LEAD))
      .refuses('SHARE_NOT_REFUSED', { ...of, village: LEAD, outcome: 'pending' }, 'village');
    given(shared, booked(1, LEAD))
      .when(retry(1, LEAD))
      .refuses('SHARE_NOT_REFUSED', { ...of, village: LEAD, outcome: 'booked' }, 'village');
    given(shared, refused(1, LEAD), retry(1, LEAD))
      .when(retry(1, LEAD))
      .refuses('SHARE_NOT_REFUSED', { ...of, village: LEAD, outcome: 'pending' }, 'village');
    given(shared, refused(1, PARTNER))
      .when(retry(1, PARTNER, COLLECTIVE))
      .refuses(
        'ORGANIZATION_ELSEWHERE',
        { creditCode: COLLECTIVE, village: PARTNER, registeredIn: LEAD },
        'organization',
      );
    given(shared)
      .when(retry(2, LEAD))
      .refuses('SHARE_UNKNOWN', { ...of, allocationNo: 2, village: LEAD }, 'village');
    given(shared)
      .when(retry(1, THIRD))
      .refuses('SHARE_UNKNOWN', { ...of, village: THIRD }, 'village');
  });
});
