import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildPostgresGeneration } from '@ledger/readmodel';
import { type GivenPostgres, givenPostgres } from '../../support/postgres.js';
import { differingRows, dumpOfPostgres, reachedInPostgres } from '../../support/projected-in-postgres.js';
import { ProjectingMember, until } from '../../support/projecting-member.js';
import { SteadyPostings } from '../../support/steady-postings.js';
import { tellAtTheEnd } from '../../support/told-at-the-end.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] === 'true' ? 20 : 5));
const SHARDS = 2;

let postgres: GivenPostgres;
let postings: SteadyPostings;
let members: ProjectingMember[] = [];

beforeAll(async () => {
  postgres = await givenPostgres();
  postings = new SteadyPostings();
  await postings.begin();
  members = [0, 1].map(() => new ProjectingMember(postings.path, postgres.url, SHARDS));
});
afterAll(async () => {
  await Promise.all(members.map(async (member) => member.end('SIGKILL')));
  await postings?.close();
  await postgres?.stop();
});

/** What the last leader has said that it has written, of the shard that is behind. */
const told = (): number => Math.max(0, ...members.flatMap(({ positions }) => positions.slice(-1)));
const reached = async (): Promise<number> => reachedInPostgres(postgres.url, 1);

it(
  'PostgreSQL is killed again and again under its projectors: no row is lost or repeated',
  async () => {
    const { crash } = postgres;
    if (crash === undefined)
      return tellAtTheEnd('not tested: a PostgreSQL that is killed, this one is not the test’s own');
    await until(() => told() > 100);
    let inFlight = 0;
    let slowestMs = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await pause(300 + Math.random() * 500);
      const [before, head] = [await reached(), await postings.log.head()];
      await crash(100);
      // What it has acknowledged it has kept.
      await until(
        async () =>
          reached().then(
            (after) => after >= before,
            () => false,
          ),
        20_000,
      );
      if (head > before) inFlight++;
      const sinceMs = performance.now();
      await until(async () => (await reached()) > head, 20_000);
      slowestMs = Math.max(slowestMs, performance.now() - sinceMs);
    }
    const rate = postings.rate;
    await postings.stop();
    const head = await postings.log.head();
    await until(async () => (await reached()) === head);
    await Promise.all(members.map(async (member) => member.end('SIGTERM')));
    const { generation } = await buildPostgresGeneration(postings.log, postgres.url, undefined, SHARDS);
    expect(await differingRows(postgres.url, 1, await dumpOfPostgres(postgres.url, generation))).toEqual([]);

    tellAtTheEnd(
      `PostgreSQL: ${ROUNDS} times killed at ${Math.round(rate)} facts/s, ${inFlight} with facts in flight, the views go on at most ` +
        `${Math.round(slowestMs)} ms after it does; ${postgres.ranOn}`,
    );
    expect(rate).toBeGreaterThan(100);
    expect(slowestMs).toBeLessThan(5000);
    expect(inFlight).toBeGreaterThanOrEqual(Math.floor(ROUNDS * 0.9));
  },
  ROUNDS * 15_000 + 60_000,
);
