import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CorruptLog, readFact } from '@ledger/domain';
import { type EventLog, openSqliteLogForReading, wholeAppends } from '@ledger/eventlog';
import {
  buildPostgresGeneration,
  connected,
  openPostgresProjector,
  opensThing,
  postgresGenerations,
  type PostgresProjector,
  type ReadableLog,
  schemaOf,
  thingOf,
} from '@ledger/readmodel';
import { histories, nothingOwed, reducerFor, registers, tallies } from '@ledger/views';
import { namedRows } from '../support/named-rows.js';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';
import { differing, dumpOfPostgres, rowsInFile } from '../support/projected-in-postgres.js';
import { recordedDemo } from '../support/recorded-demo.js';
import { projectHistory } from './project-histories.js';
import { randomIncome } from './random-income.js';
import { randomLedger, seeded } from './random-ledger.js';
import { fact, lines, VillageLedger } from './village-ledger.js';

const SHARDS = 3;

let postgres: GivenPostgres;
beforeAll(async () => {
  postgres = await givenPostgres();
});
afterAll(async () => postgres?.stop());

beforeEach(async () => {
  const connection = await connected(postgres.url, 'public');
  for (const generation of await postgresGenerations(connection)) {
    await connection.query(`DROP SCHEMA ${schemaOf(generation)} CASCADE`);
  }
  await connection.end();
});

const ledgers: Readonly<Record<string, () => Promise<EventLog>>> = {
  'of any postings': async () => (await randomLedger(31, 1200)).log,
  'of income that is owed, received and reversed': async () => (await randomIncome(6, 700)).log,
  'of projects whose facts are dated back': async () => (await projectHistory(seeded(9), 400)).log,
};

const townshipOf = (thing: string): number => [...thing].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5;

/**
 * The log as if each thing had begun in a township of its own, and gone to others after that: a recode or a merger writes
 * other codes into the later facts of the same thing.
 */
function spread(log: ReadableLog): ReadableLog {
  return {
    head: async () => log.head(),
    readAfter: async (position, limit) =>
      (await log.readAfter(position, limit)).map((recorded) => {
        const said = readFact(recorded.fact);
        const thing = thingOf(said.stream);
        if (thing === undefined) return recorded;
        const township = (townshipOf(thing) + (opensThing(said) ? 0 : recorded.position)) % 5;
        return { ...recorded, fact: JSON.stringify({ ...said, division: `33060300${township}201` }) };
      }),
  };
}

async function opened(log: ReadableLog, generation: number, number: number): Promise<PostgresProjector> {
  const projector = await openPostgresProjector(log, postgres.url, generation, { shard: { number, of: SHARDS } });
  if (typeof projector === 'string') throw new Error(projector);
  return projector;
}

const nothing: ReadableLog = { head: async () => 0, readAfter: async () => [] };
const build = async (log: ReadableLog): Promise<number> =>
  (await buildPostgresGeneration(log, postgres.url, undefined, SHARDS)).generation;

describe('what chains on each other', () => {
  const thingsOfHistory: Readonly<Record<string, (key: string) => string>> = {
    ...Object.fromEntries(
      ['project', 'participation', 'enrolment', 'job', 'visitor_count', 'gain', 'share'].map((view) => [
        view,
        (key: string) => `project ${key.split('/')[0]}`,
      ]),
    ),
    household: (key) => `household ${key}`,
    household_consent: (key) => `household ${key}`,
  };

  it.each([...Object.keys(ledgers), 'of the demo'])(
    'is of the one thing that a fact is of: a ledger %s',
    async (name) => {
      const demo = ledgers[name] === undefined;
      const log = demo
        ? openSqliteLogForReading((await recordedDemo()).directory)
        : ((await ledgers[name]?.()) as EventLog);
      const others: unknown[] = [];
      const begun = new Set<string>();
      let looked = 0;
      for (let read = 0; ;) {
        const facts = await log.readAfter(read, 1000);
        if (facts.length === 0) break;
        for (const { position, fact: bytes } of facts) {
          const said = readFact(bytes);
          const own = thingOf(said.stream);
          const things = [
            ...tallies.flatMap(({ on }) =>
              (reducerFor(on, said.type)?.(said, position, nothingOwed) ?? []).map(({ book }) => `book ${book}`),
            ),
            ...registers.flatMap(({ on, columns }) =>
              Object.values(columns).includes('book')
                ? (reducerFor(on, said.type)?.(said, position, nothingOwed) ?? []).map(
                    ({ book }) => `book ${String(book)}`,
                  )
                : [],
            ),
            ...histories.flatMap(({ name: view, on }) =>
              (reducerFor(on, said.type)?.(said, position, nothingOwed) ?? []).map(({ key, find }) =>
                find['book'] === undefined ? thingsOfHistory[view]?.(key) : `book ${find['book']}`,
              ),
            ),
          ];
          looked += things.length;
          others.push(...things.filter((thing) => thing !== own).map((thing) => [said.stream, said.type, thing]));
          if (own === undefined) continue;
          if (opensThing(said) === begun.has(own)) others.push([said.stream, said.type, 'begins at another fact']);
          begun.add(own);
        }
        read = facts.at(-1)?.position ?? read;
      }
      if (demo) await log.close();
      expect(others).toEqual([]);
      expect(looked).toBeGreaterThan(100);
      expect(begun.size).toBeGreaterThan(1);
    },
    300_000,
  );
});

describe('the rows of three shards', () => {
  it.each(Object.keys(ledgers))(
    'are those of one, whatever the batches and wherever each is stopped and goes on, and a rebuild gives the same numbers: a ledger %s',
    async (name) => {
      const log = spread((await ledgers[name]?.()) as EventLog);
      const head = await log.head();
      const rows = namedRows(await rowsInFile(log));
      const rebuilt = await build(log);
      expect(differing(namedRows(await dumpOfPostgres(postgres.url, rebuilt)), rows)).toEqual([]);

      const live = await build(nothing);
      const random = seeded(17);
      const behind = new Set(Array.from({ length: SHARDS }, (_, number) => number));
      // Now this one goes on, now that one: one may be far ahead of the others.
      while (behind.size > 0) {
        const number = [...behind][Math.floor(random() * behind.size)] ?? 0;
        const projector = await opened(log, live, number);
        for (let batches = 1 + Math.floor(random() * 4); batches > 0; batches--) {
          const size = 1 + Math.floor(random() * 90);
          await projector.apply(wholeAppends(await log.readAfter(projector.checkpoint, size)));
        }
        if (projector.checkpoint === head) behind.delete(number);
        await projector.close();
      }
      const whole = await dumpOfPostgres(postgres.url, live);
      expect(differing(whole, await dumpOfPostgres(postgres.url, rebuilt))).toEqual([]);
      expect(whole['generation']?.map((row) => (row as unknown[])[3])).toEqual([head, head, head]);
    },
    120_000,
  );

  it('are those of one for the whole demo, and each shard has some', async () => {
    const log = openSqliteLogForReading((await recordedDemo()).directory);
    try {
      const generation = await build(log);
      expect(
        differing(namedRows(await dumpOfPostgres(postgres.url, generation)), namedRows(await rowsInFile(log))),
      ).toEqual([]);
      const connection = await connected(postgres.url, schemaOf(generation));
      const { rows } = await connection.query(
        'SELECT shard, count(*) > 0 AS some FROM home GROUP BY shard ORDER BY shard',
      );
      await connection.end();
      expect(rows).toEqual([0, 1, 2].map((shard) => ({ shard, some: true })));
    } finally {
      await log.close();
    }
  }, 300_000);

  it('are made anew when there are to be more of them', async () => {
    const { log } = await randomLedger(32, 20);
    const generation = await build(log);
    expect(await openPostgresProjector(log, postgres.url, generation)).toBe(
      'the views were made for 3 shards, there are 1 now',
    );
  });

  it('stop where something is recorded of a thing before it begins, which no shard would add up', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', 5) });
    await ledger.book();
    await ledger.append(
      'household-1',
      fact('HouseholdRegistered', '2024-01-10', { household: '1', village: 'V' }, 'V'),
    );
    await expect(build(ledger.log)).rejects.toThrow(CorruptLog);
  });
});
