import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  buildPostgresGeneration,
  connected,
  enterGeneration,
  postgresGenerations,
  type ProjectorRun,
  runPostgresProjector,
  schemaOf,
  standBy,
} from '@ledger/readmodel';
import { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';
import { differingRows, dumpOfPostgres, rowsInFile } from '../support/projected-in-postgres.js';
import { ProjectingMember, until } from '../support/projecting-member.js';
import { SteadyPostings } from '../support/steady-postings.js';
import { tellAtTheEnd } from '../support/told-at-the-end.js';
import { lines, VillageLedger } from './village-ledger.js';

const TAKEN_OVER_WITHIN_MS = 5000;

let postgres: GivenPostgres;
beforeAll(async () => {
  postgres = await givenPostgres();
});
afterAll(async () => postgres?.stop());

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

beforeEach(async () => {
  const connection = await connected(postgres.url, 'public');
  for (const generation of await postgresGenerations(connection)) {
    await connection.query(`DROP SCHEMA ${schemaOf(generation)} CASCADE`);
  }
  await connection.end();
});

async function asked<R extends object>(sql: string): Promise<R[]> {
  const connection = await connected(postgres.url, 'public');
  try {
    return (await connection.query<R & Record<string, unknown>>(sql)).rows;
  } finally {
    await connection.end();
  }
}

const reached = async (generation = 1): Promise<number> => {
  const [row] = await asked<{ position: number }>(
    `SELECT min(position) AS position FROM views_${generation}.generation`,
  );
  return row?.position ?? 0;
};

async function village(): Promise<{ ledger: VillageLedger; earn: () => Promise<number> }> {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.book();
  const earn = async (): Promise<number> => ledger.post('2024-01-10', { lines: lines('102', '50102', 5) });
  await earn();
  return { ledger, earn };
}

interface Told {
  readonly run: ProjectorRun;
  readonly said: string[];
  readonly errors: string[];
}

function run(ledger: VillageLedger, shards = 1): Told {
  const said: string[] = [];
  const errors: string[] = [];
  const projector = runPostgresProjector({
    log: ledger.log,
    url: postgres.url,
    shards,
    onCheckpoint: (position, generation) => said.push(`${position} of ${generation}`),
    onError: (error) => errors.push(String(error)),
    onLeading: (_, isLeading) => said.push(isLeading ? 'leads' : 'follows'),
  });
  cleanups.push(async () => projector.stop());
  return { run: projector, said, errors };
}

describe('a projector of the cluster', () => {
  it('makes the first generation, continues it, and tells those who listen with the rows', async () => {
    const { ledger, earn } = await village();
    const { run: projector, said } = run(ledger);
    await until(() => said.includes('3 of 1'));
    const listener = new Client(postgres.url);
    cleanups.push(async () => listener.end());
    let heard = 0;
    listener.on('notification', () => heard++);
    await listener.connect();
    await listener.query('LISTEN views');
    await earn();
    projector.wake();
    await until(() => said.includes('4 of 1'));
    await until(() => heard === 1);
    expect(said).toEqual(['leads', '0 of 1', '3 of 1', '4 of 1']);
    expect(await differingRows(postgres.url, 1, await rowsInFile(ledger.log))).toEqual([]);
  });

  it('goes over to a newer generation, and removes the one before when its last reader has left', async () => {
    const { ledger, earn } = await village();
    const { run: projector, said } = run(ledger, 2);
    await until(async () => said.includes('3 of 1') && (await reached()) === 3);
    const reader = await connected(postgres.url, schemaOf(1));
    cleanups.push(async () => reader.end());
    expect(await enterGeneration(reader, 1)).toBe(true);
    await buildPostgresGeneration(ledger.log, postgres.url, undefined, 2);
    await until(() => said.filter((line) => line === '3 of 2').length === 2);
    await earn();
    projector.wake();
    await until(async () => (await reached(2)) === 4);
    await pause(1500);
    expect((await reader.query('SELECT position FROM generation')).rows).toEqual([{ position: 3 }, { position: 3 }]);
    await reader.end();
    await until(async () => (await postgresGenerations(await shared())).join() === '2');
    expect(said.filter((line) => line.endsWith('of 1') && said.indexOf(line) > said.indexOf('3 of 2'))).toEqual([]);
  });

  it('stands by while another one leads, and leads as soon as that one leaves', async () => {
    const { ledger, earn } = await village();
    const first = run(ledger);
    await until(() => first.said.includes('3 of 1'));
    const second = run(ledger);
    await pause(1200);
    expect(second.said).toEqual([]);
    await first.run.stop();
    await earn();
    await until(() => second.said.includes('4 of 1'), TAKEN_OVER_WITHIN_MS);
    expect(first.said.at(-1)).toBe('follows');
    expect([...first.errors, ...second.errors]).toEqual([]);
  });

  it('waits for a database that is away, and goes on when it is there again', async () => {
    const { ledger, earn } = await village();
    if (postgres.crash === undefined)
      return tellAtTheEnd('not tested: a PostgreSQL that dies, this one is not the test’s');
    const { run: projector, said, errors } = run(ledger);
    await until(() => said.includes('3 of 1'));
    await postgres.crash(500);
    await earn();
    projector.wake();
    await until(() => said.includes('4 of 1'));
    expect(errors.length).toBeGreaterThan(0);
    expect(await differingRows(postgres.url, 1, await rowsInFile(ledger.log))).toEqual([]);
  });

  it('says what it cannot add up and ends there, also the one that stood by', async () => {
    const { ledger } = await village();
    await ledger.append('meteor-1', {
      type: 'MeteorFell',
      version: 1,
      division: '330603008201',
      effectiveOn: '2024-01-10',
      data: {},
    });
    const both = [run(ledger), run(ledger)];
    await until(() => both.every(({ errors }) => errors.length > 0));
    await pause(1500);
    expect(both.map(({ errors }) => errors)).toEqual(
      both.map(() => [expect.stringContaining('unknown fact type MeteorFell')]),
    );
  });
});

async function shared(): Promise<Awaited<ReturnType<typeof connected>>> {
  const connection = await connected(postgres.url, 'public');
  cleanups.push(async () => connection.end());
  return connection;
}

describe('who leads', () => {
  it('is another when a leader is killed, and then when one is stopped, who writes nothing after he goes on', async () => {
    const postings = new SteadyPostings();
    cleanups.push(async () => postings.close());
    await postings.begin();
    const members = [0, 1, 2].map(() => new ProjectingMember(postings.path, postgres.url, 2));
    const leaderOf = (shard: number): ProjectingMember | undefined => members.find(({ leads }) => leads.has(shard));
    await until(() => leaderOf(0) !== undefined && leaderOf(1) !== undefined);
    await until(() => members.some(({ positions }) => (positions.at(-1) ?? 0) > 50));

    const killed = leaderOf(0) as ProjectingMember;
    await killed.end('SIGKILL');
    const head = await postings.log.head();
    await until(async () => (await reached()) > head, TAKEN_OVER_WITHIN_MS);

    const stopped = leaderOf(0) as ProjectingMember;
    stopped.signal('SIGSTOP');
    const headThen = await postings.log.head();
    await until(async () => (await reached()) > headThen, TAKEN_OVER_WITHIN_MS + 500);
    const said = stopped.positions.length;
    stopped.signal('SIGCONT');
    await until(() => stopped.leads.size === 0);
    await pause(1500);
    // What he still says was written before.
    expect(stopped.positions.slice(said).filter((position) => position > headThen)).toEqual([]);
    expect(stopped.failures.length).toBeGreaterThan(0);

    await postings.stop();
    const whole = await postings.log.head();
    await until(async () => (await reached()) === whole);
    await Promise.all(members.map(async (member) => member.end('SIGTERM')));
    await buildPostgresGeneration(postings.log, postgres.url, undefined, 2);
    expect(await differingRows(postgres.url, 1, await dumpOfPostgres(postgres.url, 2))).toEqual([]);
  });

  it('is another when a leader stops between the rows of a copy, which no timeout of the server ends', async () => {
    const stuck = new Client(postgres.url);
    const ended = new Promise((resolve) => stuck.on('error', resolve));
    await stuck.connect();
    cleanups.push(async () => stuck.end());
    await stuck.query("SET statement_timeout TO '3s'; CREATE TEMPORARY TABLE copied (id bigint)");
    await stuck.query("SELECT pg_advisory_lock(hashtext('copies'), 0)");
    const copying = stuck.query(from('COPY copied FROM STDIN'));
    copying.on('error', () => undefined);
    copying.write('1\n');
    const sinceMs = performance.now();
    const next = await standBy(postgres.url, { name: 'copies', number: 0 }, new AbortController().signal);
    expect(performance.now() - sinceMs).toBeLessThan(TAKEN_OVER_WITHIN_MS);
    expect(performance.now() - sinceMs).toBeGreaterThan(2500);
    await next?.release();
    await ended;
  });

  it('hears of it when his connection is ended', async () => {
    const lead = await standBy(postgres.url, { name: 'watched', number: 0 }, new AbortController().signal);
    const { rows } = (await lead?.connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')) ?? { rows: [] };
    await asked(`SELECT pg_terminate_backend(${rows[0]?.pid})`);
    await until(() => lead?.lost.aborted === true, 2000);
    expect(String(lead?.lost.reason)).toMatch(/terminat|connection/i);
    await lead?.release();
  });
});
