import { describe, expect, it } from '@jest/globals';
import {
  accessStream,
  type BookKeepers,
  type DivisionTree,
  emptyGrants,
  evolveGrants,
  type Grant,
  hasKeptBook,
  keepsBook,
} from '@ledger/domain';
import { D, merge, recode, treeAfter } from '../support/given-divisions.js';
import { factOf } from '../support/given-ledger-year.js';

const BEFORE = '2024-06-30';
const [FUQUAN, LANTING] = ['330603103000', '330603008000'];
const book = { id: 'book-1', village: '330603103201' };
const keeper: Grant = {
  grant: 'grant-1',
  account: 'accountant-1',
  role: 'TOWN_ACCOUNTANT',
  division: FUQUAN,
  from: '2024-01-01',
};

function keepers(said: Partial<Grant> = {}, divisions: DivisionTree = treeAfter(), revoked = false): BookKeepers {
  const data = { ...keeper, ...said };
  const dated = { version: 1, division: data.division, effectiveOn: '2024-01-01' };
  const facts = [{ type: 'RoleGranted', ...dated, data }];
  const back = { type: 'RoleRevoked', ...dated, data: { grant: data.grant, reason: '离任' } };
  const grants = [...facts, ...(revoked ? [back] : [])]
    .map((fact, revision) => factOf(fact, accessStream, revision))
    .reduce(evolveGrants, emptyGrants());
  return { grants, divisions };
}

/** Whether he keeps the book on a day, and whether he has ever kept it by then. */
const on = (day: string, beside: BookKeepers, person = 'accountant-1') => [
  keepsBook(person, book, day, beside),
  hasKeptBook(person, book, day, beside),
];

describe('who keeps a book', () => {
  it('is its accountant for the days of his grant, and has been so afterwards', () => {
    const beside = keepers({ to: '2024-03-31' });
    expect(['2023-12-31', '2024-01-01', '2024-03-31', '2024-04-01'].map((day) => on(day, beside))).toEqual([
      [false, false],
      [true, true],
      [true, true],
      [false, true],
    ]);
    expect(on(BEFORE, keepers({}, treeAfter(), true))).toEqual([false, true]);
    expect(on(BEFORE, keepers(), 'accountant-2')).toEqual([false, false]);
  });

  it.each<Partial<Grant>>([
    { role: 'TOWN_REVIEWER' },
    { role: 'VILLAGE_CLERK', division: book.village },
    { division: LANTING },
    { books: ['book-2'] },
  ])('is nobody by a grant of %j', (said) => expect(on(BEFORE, keepers(said))).toEqual([false, false]));

  it('is who was given it among some', () =>
    expect(on(BEFORE, keepers({ books: ['book-2', 'book-1'] }))).toEqual([true, true]));

  it('stays the same when the township is given another code', () => {
    const recoded = treeAfter(recode('330603103', '330603006'));
    for (const division of [FUQUAN, '330603006000']) {
      expect([BEFORE, D].map((day) => on(day, keepers({ division }, recoded)))).toEqual([
        [true, true],
        [true, true],
      ]);
    }
  });

  it.each([
    ['is given to another township', recode('330603103201', '330603008209')],
    ['goes up in a village of another township', merge(['330603103201'], '330603008201')],
  ])('changes on the day on which its village %s', (_, change) => {
    const moved = treeAfter(change);
    expect([BEFORE, D].map((day) => on(day, keepers({}, moved)))).toEqual([
      [true, true],
      [false, true],
    ]);
    expect([BEFORE, D].map((day) => on(day, keepers({ division: LANTING }, moved)))).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(on(D, keepers({ from: D }, moved))).toEqual([false, false]);
  });
});
