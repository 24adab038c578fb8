import { describe, expect, it } from '@jest/globals';
import { refuses } from '../../support/given-ledger-year.js';
import { LEAD, PARTNER, PROJECT, recorded, scheme, started, THIRD } from '../../support/given-project.js';
import {
  adjust,
  type AnyFact,
  booked,
  COLLECTIVE,
  decide,
  given,
  OTHER,
  refused,
  retry,
  schemeOf,
  settle,
  TERMS,
} from '../../support/given-settlement.js';

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
