import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CorruptLog } from '@ledger/domain';
import { type EventLog, openMemoryLog, openSqliteLogForReading, type RecordedFact } from '@ledger/eventlog';
import {
  buildPostgresGeneration,
  connected,
  openPostgresProjector,
  Overtaken,
  postgresGenerations,
  PostgresProjector,
  RebuildUnderWay,
  schemaOf,
} from '@ledger/readmodel';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';
import { differingRows, projectInPostgres, rowsInFile } from '../support/projected-in-postgres.js';
import { recordedDemo } from '../support/recorded-demo.js';
import { projectHistory } from './project-histories.js';
import { randomIncome } from './random-income.js';
import { randomLedger, seeded } from './random-ledger.js';
import { lines, VillageLedger } from './village-ledger.js';

let postgres: GivenPostgres;
beforeAll(async () => {
  postgres = await givenPostgres();
});
afterAll(async () => postgres?.stop());

beforeEach(async () => {
  const client = await connected(postgres.url, 'public');
  for (const generation of await postgresGenerations(client)) {
    await client.query(`DROP SCHEMA ${schemaOf(generation)} CASCADE`);
  }
  await client.end();
});

/** An empty generation, to be projected into. */
async function emptyGeneration(): Promise<number> {
  return (await buildPostgresGeneration(openMemoryLog(), postgres.url)).generation;
}

const histories: Readonly<Record<string, () => Promise<EventLog>>> = {
  'of any postings': async () => (await randomLedger(11, 1500)).log,
  'of income that is owed, received and reversed': async () => (await randomIncome(5, 900)).log,
  'of projects whose facts are dated back': async () => {
    const random = seeded(7);
    return (await projectHistory(random, 400)).log;
  },
};

describe('the rows in PostgreSQL', () => {
  it.each(Object.keys(histories))(
    'are those of a file, from a rebuild, live, and after restarts with almost nothing in memory: a history %s',
    async (name) => {
      const log = (await histories[name]?.()) as EventLog;
      const rows = await rowsInFile(log);
      const { generation: rebuilt } = await buildPostgresGeneration(log, postgres.url);
      expect(await differingRows(postgres.url, rebuilt, rows)).toEqual([]);

      const live = await emptyGeneration();
      await projectInPostgres(log, postgres.url, { generation: live, batch: 100 });
      expect(await differingRows(postgres.url, live, rows)).toEqual([]);

      const restarted = await emptyGeneration();
      for (const limit of [1, 3, 2, 7]) {
        await projectInPostgres(log, postgres.url, { generation: restarted, batch: 23, limit });
      }
      const small = await PostgresProjector.on(await connected(postgres.url, schemaOf(restarted)), {
        maxCachedKeys: 1,
      });
      while (small.checkpoint < (await log.head())) await small.apply(await log.readAfter(small.checkpoint, 10));
      await small.close();
      expect(await differingRows(postgres.url, restarted, rows)).toEqual([]);
    },
  );

  it('are those of a file for the whole demo', async () => {
    const { directory } = await recordedDemo();
    const log = openSqliteLogForReading(directory);
    try {
      const rows = await rowsInFile(log);
      const { generation } = await buildPostgresGeneration(log, postgres.url);
      expect(await differingRows(postgres.url, generation, rows)).toEqual([]);
      const live = await emptyGeneration();
      await projectInPostgres(log, postgres.url, { generation: live });
      expect(await differingRows(postgres.url, live, rows)).toEqual([]);
    } finally {
      await log.close();
    }
  }, 300_000);
});

async function village(): Promise<VillageLedger> {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.book();
  await ledger.post('2024-01-10', { lines: lines('102', '50102', 5) });
  return ledger;
}

async function projectorOf(log: EventLog, generation: number): Promise<PostgresProjector> {
  const projector = await openPostgresProjector(log, postgres.url, generation);
  if (typeof projector === 'string') throw new Error(projector);
  return projector;
}

describe('a projector into PostgreSQL', () => {
  it('leaves nothing of a batch that it cannot apply, and applies the whole one after it', async () => {
    const { log } = await village();
    const generation = await emptyGeneration();
    const projector = await projectorOf(log, generation);
    const facts = await log.readAfter(0, 10);
    const torn = facts.with(2, { ...(facts[2] as RecordedFact), fact: '{"type":"Income' });
    await expect(projector.apply(torn)).rejects.toThrow(CorruptLog);
    expect(projector.checkpoint).toBe(0);
    await projector.apply(facts);
    await projector.close();
    expect(await differingRows(postgres.url, generation, await rowsInFile(log))).toEqual([]);
  });

  it('stops at a sum that cannot be kept exactly, and at a gap', async () => {
    const ledger = await village();
    await ledger.post('2024-01-10', { lines: lines('102', '50102', Number.MAX_SAFE_INTEGER) });
    const generation = await emptyGeneration();
    const projector = await projectorOf(ledger.log, generation);
    await expect(projector.apply(await ledger.log.readAfter(0, 10))).rejects.toThrow('can no longer be kept exactly');
    const [first, , third] = await ledger.log.readAfter(0, 3);
    await expect(projector.apply([first, third] as RecordedFact[])).rejects.toThrow('position 2 is missing: found 3');
    await projector.close();
  });

  it('writes nothing once another one has gone on from where it stood', async () => {
    const ledger = await village();
    const generation = await emptyGeneration();
    const stopped = await projectorOf(ledger.log, generation);
    await stopped.stage(await ledger.log.readAfter(0, 2));
    await projectInPostgres(ledger.log, postgres.url, { generation });
    await expect(stopped.commit()).rejects.toThrow(Overtaken);
    await stopped.close();
    expect(await differingRows(postgres.url, generation, await rowsInFile(ledger.log))).toEqual([]);
  });

  it('counts nothing twice when its connection is lost within a batch', async () => {
    const ledger = await village();
    const generation = await emptyGeneration();
    const client = await connected(postgres.url, schemaOf(generation));
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const projector = await PostgresProjector.on(client);
    await projector.stage(await ledger.log.readAfter(0, 10));
    const other = await connected(postgres.url, 'public');
    await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await other.end();
    await expect(projector.commit()).rejects.toThrow(/terminat|connection error/i);
    await projector.close();
    await projectInPostgres(ledger.log, postgres.url, { generation });
    expect(await differingRows(postgres.url, generation, await rowsInFile(ledger.log))).toEqual([]);
  });

  it('says why it cannot continue the rows of another log', async () => {
    const generation = (await buildPostgresGeneration((await village()).log, postgres.url)).generation;
    const other = new VillageLedger();
    await other.open('another');
    await other.book();
    await other.post('2024-01-10', { lines: lines('102', '50102', 7) });
    expect(await openPostgresProjector(other.log, postgres.url, generation)).toBe(
      'the log holds another fact at position 3',
    );
  });
});

describe('a rebuild in PostgreSQL', () => {
  it('makes the next generation, and removes what a killed one has left', async () => {
    const { log } = await village();
    const client = await connected(postgres.url, 'public');
    await client.query('CREATE SCHEMA views_1_building; CREATE TABLE views_1_building.half (id bigint)');
    expect(await buildPostgresGeneration(log, postgres.url)).toEqual({ generation: 1, position: 3 });
    expect(await buildPostgresGeneration(log, postgres.url)).toEqual({ generation: 2, position: 3 });
    expect(await postgresGenerations(client)).toEqual([2, 1]);
    await client.end();
    expect(await differingRows(postgres.url, 2, await rowsInFile(log))).toEqual([]);
  });

  it('lets the api read its rows and nothing more, where there is a role for it', async () => {
    const connection = await connected(postgres.url, 'public');
    const { rowCount } = await connection.query("SELECT 1 FROM pg_roles WHERE rolname = 'ledger_api'");
    if (rowCount === 0) await connection.query('CREATE ROLE ledger_api');
    await buildPostgresGeneration((await village()).log, postgres.url);
    const { rows } = await connection.query(
      `SELECT has_schema_privilege('ledger_api', 'views_1', 'USAGE') AS sees,
         has_table_privilege('ledger_api', 'views_1.voucher', 'SELECT') AS reads,
         has_table_privilege('ledger_api', 'views_1.voucher', 'INSERT, UPDATE, DELETE, TRUNCATE') AS writes,
         has_schema_privilege('ledger_api', 'views_1', 'CREATE') AS makes`,
    );
    expect(rows).toEqual([{ sees: true, reads: true, writes: false, makes: false }]);
    if (rowCount === 0) await connection.query('DROP OWNED BY ledger_api; DROP ROLE ledger_api');
    await connection.end();
  });

  it('is refused while another one is at it, and leaves no generation when the log cannot be added up', async () => {
    const { log } = await village();
    const broken = {
      head: () => log.head(),
      readAfter: async () => [{ ...(await log.readAfter(0, 1))[0], position: 2 }],
    };
    await expect(buildPostgresGeneration(broken as never, postgres.url)).rejects.toThrow(CorruptLog);
    let second: unknown;
    await buildPostgresGeneration(log, postgres.url, () => {
      second ??= buildPostgresGeneration(log, postgres.url).catch((error: unknown) => error);
    });
    expect(await second).toBeInstanceOf(RebuildUnderWay);
    const client = await connected(postgres.url, 'public');
    expect(await postgresGenerations(client)).toEqual([1]);
    await client.end();
  });
});
