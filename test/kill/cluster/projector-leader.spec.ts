import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildPostgresGeneration } from '@ledger/readmodel';
import { type GivenPostgres, givenPostgres } from '../../support/postgres.js';
import { differingRows, dumpOfPostgres, reachedInPostgres } from '../../support/projected-in-postgres.js';
import { ProjectingMember, until } from '../../support/projecting-member.js';
import { SteadyPostings } from '../../support/steady-postings.js';
import { tellAtTheEnd } from '../../support/told-at-the-end.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] === 'true' ? 20 : 5));
const STOPPED_MS = Number(process.env['STOPPED_MS'] ?? (process.env['CI'] === 'true' ? 30_000 : 6000));
const TAKEN_OVER_WITHIN_MS = 5000;
const SHARDS = 2;

let postgres: GivenPostgres;
let postings: SteadyPostings;
let members: ProjectingMember[] = [];

beforeAll(async () => {
  postgres = await givenPostgres();
  postings = new SteadyPostings();
  await postings.begin();
});
afterAll(async () => {
  await Promise.all(members.map(async (member) => member.end('SIGKILL')));
  await postings?.close();
  await postgres?.stop();
});

const begin = (): void => void members.push(new ProjectingMember(postings.path, postgres.url, SHARDS));
const reached = async (): Promise<number> => reachedInPostgres(postgres.url, 1);
const leaders = (): ProjectingMember[] => members.filter(({ leads }) => leads.size > 0);
const leads = async (): Promise<void> =>
  until(() => members.reduce((shards, member) => shards + member.leads.size, 0) === SHARDS);

/** How long it takes until the rows of all that is recorded now are there. */
async function takeOverMs(): Promise<number> {
  const head = await postings.log.head();
  const sinceMs = performance.now();
  await until(async () => (await reached()) >= head, 20_000);
  return performance.now() - sinceMs;
}

async function matchesAReplay(): Promise<void> {
  await postings.stop();
  const head = await postings.log.head();
  await until(async () => (await reached()) === head);
  await Promise.all(members.map(async (member) => member.end('SIGTERM')));
  const { generation } = await buildPostgresGeneration(postings.log, postgres.url, undefined, SHARDS);
  expect(await differingRows(postgres.url, 1, await dumpOfPostgres(postgres.url, generation))).toEqual([]);
}

it(
  'a leader of the views is killed again and again, and one is stopped: no row is lost or repeated',
  async () => {
    begin();
    begin();
    await leads();
    await until(() => members.some(({ positions }) => (positions.at(-1) ?? 0) > 100));
    let inFlight = 0;
    let slowestMs = 0;
    for (let round = 0; round < ROUNDS; round++) {
      // The next one to stand by starts meanwhile.
      begin();
      await until(() => members.at(-1)?.isOpen === true);
      await pause(100 + Math.random() * 500);
      const [leader] = leaders();
      const before = await reached();
      await leader?.end('SIGKILL');
      const [after, head] = await Promise.all([reached(), postings.log.head()]);
      expect(after).toBeGreaterThanOrEqual(before);
      if (head > after) inFlight++;
      slowestMs = Math.max(slowestMs, await takeOverMs());
      members = members.filter((member) => member !== leader);
      await leads();
    }
    begin();
    const [stopped] = leaders();
    stopped?.signal('SIGSTOP');
    const headThen = await postings.log.head();
    const stoppedMs = await takeOverMs();
    const said = stopped?.positions.length;
    await pause(STOPPED_MS - stoppedMs);
    stopped?.signal('SIGCONT');
    await until(() => stopped?.leads.size === 0);
    const rate = postings.rate;
    await pause(1000);
    // What it still says was written before.
    expect(stopped?.positions.slice(said).filter((position) => position > headThen)).toEqual([]);
    await matchesAReplay();

    tellAtTheEnd(
      `leader of the views: ${ROUNDS} killed at ${Math.round(rate)} facts/s, ${inFlight} with facts in flight, the next after at most ` +
        `${Math.round(slowestMs)} ms; one stopped for ${STOPPED_MS} ms, the next after ${Math.round(stoppedMs)} ms; ${postgres.ranOn}`,
    );
    expect(slowestMs).toBeLessThan(TAKEN_OVER_WITHIN_MS);
    expect(stoppedMs).toBeLessThan(TAKEN_OVER_WITHIN_MS);
    expect(rate).toBeGreaterThan(100);
    expect(inFlight).toBeGreaterThanOrEqual(Math.floor(ROUNDS * 0.9));
  },
  ROUNDS * 10_000 + STOPPED_MS + 60_000,
);
