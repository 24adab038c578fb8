import { type Account, charts, type ChartId } from '@ledger/accounting';
import { type OrganizationKind, organizationCategories } from '@ledger/domain';
import { dayNumber, monthNumber } from './calendar.js';
import { register } from './register.js';

/** The account books. Whose kind a book's organisation is follows from its credit code. */
export const book = register({
  name: 'book',
  version: 1,
  columns: {
    book: 'book',
    position: 'integer',
    village: 'text',
    organization: 'text',
    kind: 'text',
    name: 'text',
    standard: 'text',
    start_period: 'integer',
    valid_from: 'integer',
    origin: 'text',
  },
  key: ['book', 'position'],
  on: {
    BookOpened: ({ data, effectiveOn }, position) => [
      {
        book: data.book,
        position,
        village: data.village,
        organization: data.organization,
        kind: kindOf(data.organization),
        name: data.name,
        standard: data.standard,
        start_period: monthNumber(data.startPeriod),
        valid_from: dayNumber(effectiveOn),
        origin: data.origin ?? null,
      },
    ],
  },
});

/** The standards that a book is kept under, each from a month on. */
export const bookStandard = register({
  name: 'book_standard',
  version: 1,
  columns: { book: 'book', position: 'integer', period: 'integer', standard: 'text' },
  key: ['book', 'position'],
  on: {
    BookOpened: ({ data }, position) => [
      { book: data.book, position, period: monthNumber(data.startPeriod), standard: data.standard },
    ],
    StandardConverted: ({ data }, position) =>
      data.part === 1 ? [{ book: data.book, position, period: monthNumber(data.period), standard: data.standard }] : [],
  },
});

/** The accounts that a book adds to its chart (name, class and so on), and those it retires (all of that empty). */
export const bookAccount = register({
  name: 'book_account',
  version: 1,
  columns: {
    book: 'book',
    account: 'text',
    position: 'integer',
    valid_from: 'integer',
    change: 'text',
    name: 'text',
    class: 'text',
    normal_side: 'text',
    postable: 'integer',
    origin: 'text',
  },
  key: ['book', 'account', 'position'],
  on: {
    AccountAdded: ({ data, effectiveOn }, position) => [
      {
        book: data.book,
        account: data.account,
        position,
        valid_from: dayNumber(effectiveOn),
        change: 'added',
        name: data.name,
        class: data.class,
        normal_side: data.normalSide,
        postable: data.postable ? 1 : 0,
        origin: data.origin ?? null,
      },
    ],
    AccountRetired: ({ data, effectiveOn }, position) => [
      {
        book: data.book,
        account: data.account,
        position,
        valid_from: dayNumber(effectiveOn),
        change: 'retired',
        name: null,
        class: null,
        normal_side: null,
        postable: null,
        origin: data.origin ?? null,
      },
    ],
  },
});

/** The accounts that every book of a standard has. */
export function accountsOfChart(standard: string): readonly Account[] {
  return charts[standard as ChartId].accounts;
}

function kindOf(creditCode: string): OrganizationKind | null {
  const kinds = Object.entries(organizationCategories) as [OrganizationKind, string][];
  return kinds.find(([, category]) => creditCode.startsWith(category))?.[0] ?? null;
}
