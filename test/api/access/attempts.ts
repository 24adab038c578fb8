import { absentLike, type Place, VILLAGES, type VillagesApart } from '../../support/villages-apart.js';
import { isRead, isWriteToTry, type Operation, operations } from './operations.js';
import { type Request, requestOf, slotsOf } from './slots.js';

/** One request, with a name that says in a failure which it was. */
export interface Attempt extends Request {
  readonly name: string;
}

/** The feed never ends; it is tried by itself. */
const AUTOMATIC = operations.filter(({ id }) => id !== 'getFeed');

/** Every question about every village, whole and with one thing named of another village, at other times and in pages. */
export function readsBy(account: string, villages: VillagesApart): Attempt[] {
  return AUTOMATIC.filter(isRead).flatMap((operation) => {
    const asked = targeted(operation, account, villages);
    return [...asked, ...asked.flatMap((attempt) => varied(attempt, operation))];
  });
}

/** Every command on every village, whole and with one thing named of another village. */
export function writesBy(account: string, villages: VillagesApart): Attempt[] {
  return AUTOMATIC.filter(isWriteToTry).flatMap((operation) => targeted(operation, account, villages));
}

function targeted(operation: Operation, account: string, villages: VillagesApart): Attempt[] {
  const own = villages.place('own');
  const others: [string, Place][] = VILLAGES.filter((name) => name !== 'own').map((name) => [
    name,
    villages.place(name),
  ]);
  const foreign: [string, Place][] = [...others, ['nowhere', absentLike(villages.place('neighbour'))]];
  const slots = slotsOf(operation);
  const whole = foreign.map(([name, place]) => ({ name, request: requestOf(operation, account, () => place) }));
  const mixed =
    slots.length < 2
      ? []
      : slots.flatMap(({ at }) =>
          foreign.map(([name, place]) => ({
            name: `${at} of ${name}`,
            request: requestOf(operation, account, (slot) => (slot.at === at ? place : own)),
          })),
        );
  const joint = requestOf(operation, account, () => ({ ...own, project: villages.joint }));
  const cases = [
    ...whole,
    ...mixed,
    { name: 'joint', request: joint },
    { name: 'own', request: requestOf(operation, account, () => own) },
  ];
  return cases.map(({ name, request }) => ({ ...request, name: `${operation.id} (${name})` }));
}

/** Values of the queries that are no places: other times, other shapes, pages. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  asOf: ['2024-03-10', '2023-12-31'],
  knownAt: ['30', '90'],
  basis: ['restated'],
  books: ['all'],
  limit: ['1', '1000'],
  after: ['1', 'eyJhIjoxfQ'],
  measure: ['totalIncome', 'receivable'],
  role: ['totalIncome'],
  accounts: ['501'],
  withoutProject: ['true'],
  closing: ['true'],
  status: ['booked', 'refused'],
  format: ['csv', 'xlsx', 'html'],
  since: ['40'],
  held: ['true'],
  account: ['clerk-of-neighbour'],
};

function varied({ name, path, ...request }: Attempt, { query: queries }: Operation): Attempt[] {
  return queries.flatMap(({ name: query }) =>
    (QUERIES[query] ?? []).map((value) => {
      const url = new URL(path, 'http://ledger');
      url.searchParams.set(query, value);
      return { ...request, name: `${name} ?${query}=${value}`, path: `${url.pathname}${url.search}` };
    }),
  );
}
