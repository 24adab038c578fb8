import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteLogForReading } from '@ledger/eventlog';
import {
  type At,
  buildPostgresGeneration,
  everything,
  openPostgresReadModel,
  openReadModel,
  projectsInSight,
  type ReadModel,
} from '@ledger/readmodel';
import { asset, enrolment, household, histories, participation, project, share } from '@ledger/views';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';
import { recordedDemo } from '../support/recorded-demo.js';
import { seeded } from './random-ledger.js';

const DISTRICT = '330603000000';
const TIMES = 5;
const ENTRIES = { measure: 'recognised', from: 202401, to: 202412 } as const;

let postgres: GivenPostgres;
/** As one shard makes them, and as three. */
let inPostgres: ReadModel[] = [];
let inFile: ReadModel;
const times: At[] = [];

beforeAll(async () => {
  postgres = await givenPostgres();
  const { directory } = await recordedDemo();
  const log = openSqliteLogForReading(directory);
  const { generation, position } = await buildPostgresGeneration(log, postgres.url);
  const ofThree = await buildPostgresGeneration(log, postgres.url, undefined, 3);
  const random = seeded(20_240_630);
  for (let i = 0; i < TIMES; i++) {
    // A day in the middle of a month, then the end of one; the newest position last.
    const day = i % 2 === 0 ? '17' : '30';
    const month = String(1 + Math.floor(random() * 12)).padStart(2, '0');
    const knownAt = i === TIMES - 1 ? position : await log.wholeAt(Math.ceil((0.3 + 0.7 * random()) * position));
    times.push({ asOf: `2024-${month === '02' ? '04' : month}-${day}`, knownAt });
  }
  await log.close();
  inPostgres = [generation, ofThree.generation].map((each) => openPostgresReadModel(postgres.url, each));
  inFile = openReadModel(directory);
}, 300_000);

afterAll(async () => {
  inFile?.close();
  for (const views of inPostgres) views.close();
  await postgres?.stop();
});

/** Some books of the district, and the newest things of a view: enough of them to be asked one by one. */
const booksOf = (views: ReadModel, at: At) => views.books({ division: DISTRICT }, at, everything).slice(0, 3);
/** The district, its first township and the first village of that. */
function placesOf(views: ReadModel, at: At): string[] {
  const rows = views.divisions(at, everything);
  const township = rows.find(({ level }) => level === 'township')?.code ?? '';
  const village = rows.find(({ level, parent }) => level === 'village' && parent === township)?.code ?? '';
  return [DISTRICT, township, village];
}

const everyKey = (views: ReadModel, at: At): string[] => views.history.page(project, {}, at).map(({ key }) => key);
const everyBook =
  <T>(ask: (views: ReadModel, book: string, at: At) => T) =>
  (views: ReadModel, at: At) =>
    booksOf(views, at).map(({ id }) => ask(views, id, at));
const everyProject =
  <T>(ask: (views: ReadModel, project: string, at: At) => T) =>
  (views: ReadModel, at: At) =>
    views.history.page(project, { limit: 3 }, at).map(({ key }) => ask(views, key, at));

const questions: Readonly<Record<string, (views: ReadModel, at: At) => unknown>> = {
  'the tree and its codes': (views, at) => [
    views.divisions(at, everything),
    views.villages(DISTRICT, at, everything),
    views.villagesThere(DISTRICT, at, everything),
    [...views.recordedVillages(DISTRICT, at, everything)],
    views.codesOf(DISTRICT, at.knownAt),
  ],
  'organisations and books': (views, at) => [
    views.organizations(at, everything),
    views.books({ division: DISTRICT, books: 'all' }, at, everything),
  ],
  'accounts, closes and vouchers': everyBook((views, book, at) => [
    views.accounts(book, at, everything),
    views.closes(book, at, everything),
    views.vouchers(book, '2024-03', at, everything),
    views.voucher(book, { period: '2024-03', voucherNo: 1 }, at.knownAt, everything),
  ]),
  'balances of books': (views, at) =>
    views.balances(
      booksOf(views, at).map(({ id }) => id),
      at,
      everything,
    ),
  'balances of the district': (views, at) => views.balancesOfDivision({ division: DISTRICT }, at, everything),
  'trial balances': everyBook((views, book, { knownAt }) =>
    (['before', 'after'] as const).map((closing) =>
      views.trialBalance(book, '2024-06', { knownAt, closing, scope: everything }),
    ),
  ),
  'income and expense on both bases': (views, at) =>
    (['income', 'expense'] as const).flatMap((role) =>
      (['booked', 'restated'] as const).map((basis) =>
        views.turnover({ division: DISTRICT }, { role, basis, from: '2024-01', to: '2024-12' }, at, everything),
      ),
    ),
  corrections: (views, at) =>
    views.corrections({ division: DISTRICT }, { from: '2023-01', to: '2024-12' }, at, everything),
  'income of a project': everyProject((views, id, at) =>
    views.turnover(
      { division: DISTRICT },
      { role: 'income', basis: 'restated', from: '2024-01', to: '2024-12', project: id },
      at,
      everything,
    ),
  ),
  'the entries behind an amount, page by page': (views, at) => {
    const question = { ...ENTRIES, division: DISTRICT, basis: 'restated' } as const;
    const first = views.incomes.entries(question, { limit: 7 }, at, everything);
    if (first.next === undefined) return first;
    return [first, views.incomes.entries(question, { after: first.next, limit: 7 }, at, everything)];
  },
  'what was received': (views, at) =>
    (['collected', 'unallocated', 'corrected', 'nonRecurring'] as const).map((measure) =>
      views.incomes.entries({ ...ENTRIES, measure, division: DISTRICT, basis: 'booked' }, { limit: 5 }, at, everything),
    ),
  'the monthly report of a village, a township and the district, and what changed since': (views, at) =>
    placesOf(views, at).flatMap((division) =>
      (['booked', 'restated'] as const).map((basis) =>
        views.incomes.report(
          {
            division,
            basis,
            period: at.asOf.slice(0, 7),
            recordedOn: '2025-01-31',
            since: Math.floor(0.8 * at.knownAt),
          },
          at,
          everything,
        ),
      ),
    ),
  'what entries name': (views, at) => {
    const question = { ...ENTRIES, division: DISTRICT, basis: 'booked' } as const;
    const { rows } = views.incomes.entries(question, { limit: 20 }, at, everything);
    const { places, accounts, projects } = views.incomes.entryNames(DISTRICT, rows, at, everything);
    return [[...places], [...accounts], [...projects]];
  },
  'what grants let somebody see': (views, at) => {
    const codes = views.divisions(at, everything).map(({ code }) => code);
    const [district = '', township = '', village = ''] = placesOf(views, at);
    const books = booksOf(views, at).map(({ id }) => id);
    return [[{ division: township }], [{ division: village }, { division: district, books }]].map((granted) => {
      const scope = views.scopes.of(granted);
      const seen = codes.filter((code) => scope.includesDivision(code));
      const ofBooks = views.books({ division: district, books: 'all' }, at, scope).map(({ id }) => id);
      const ofProjects = projectsInSight(views, everyKey(views, at), at, scope).map(({ key }) => key);
      return { seen, ofBooks, ofProjects, codes: views.scopes.codesOf(township), place: views.scopes.placeOf(village) };
    });
  },
  'who took a book over': everyBook((views, book, at) => [
    views.handovers(book, at, everything),
    views.keptBook(book, at, everything),
  ]),
  'states of things': (views, at) => histories.map((view) => views.history.page(view, { limit: 20 }, at)),
  'things by what they are found by': everyProject((views, id, at) => [
    views.history.one(project, id, at),
    views.history.page(participation, { find: { project: [id] } }, at),
    views.history.page(enrolment, { find: { project: [id] }, limit: 5 }, at),
    views.history.page(share, { find: { project: [id] } }, at),
  ]),
  'counts and sales of projects': everyProject((views, id, at) => [
    views.projects.counts({ project: id }, at),
    views.projects.soldByProduct(id, at),
    views.projects.sales(id, { after: 1, limit: 5 }, at),
  ]),
  'counts by village': (views, at) => {
    const villages = views.villages(DISTRICT, at, everything);
    return [views.projects.counts({ villages }, at), views.householdCounts(villages, at)];
  },
  'published figures': (views, at) => [
    views.readings({ after: 0, limit: 10 }, at, everything),
    views.readings({ after: 0, limit: 10, scope: DISTRICT }, at, everything),
  ],
  assets: (views, at) => [
    views.assets({ division: DISTRICT }, { limit: 10 }, at, everything),
    views.assetTotals({ division: DISTRICT }, at, everything),
    views.history.page(asset, { limit: 1 }, at).map(({ state }) => views.assetComparison(state.book, at, everything)),
    views.history.page(household, { limit: 1 }, at),
  ],
};

/** What the tables call a book is not for answers, and differs with the number of shards. */
function textOf(answer: unknown): string {
  return JSON.stringify(answer, (name, value: unknown) => (name === 'number' ? undefined : value));
}

describe('what is asked of PostgreSQL', () => {
  it.each(Object.keys(questions))('is answered as from a file, at any two times: %s', (name) => {
    const ask = questions[name] as (typeof questions)[string];
    let told = 0;
    for (const at of times) {
      const text = textOf(ask(inFile, at));
      expect({ at, texts: inPostgres.map((views) => textOf(ask(views, at))) }).toEqual({
        at,
        texts: [text, text],
      });
      told += text.length;
    }
    // Questions to which there is no answer would agree about anything.
    expect({ name, isTold: told > 100 * TIMES }).toEqual({ name, isTold: true });
  });

  it('is refused beyond the position that the views have reached', async () => {
    const at = { asOf: '2024-12-31', knownAt: inFile.checkpoint() + 1 };
    for (const views of inPostgres) {
      expect(() => views.divisions(at, everything)).toThrow('the views are at position');
    }
  });
});
