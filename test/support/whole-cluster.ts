import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fact, readFact } from '@ledger/domain';
import type { EventLog, RecordedFact } from '@ledger/eventlog';
import { connected, postgresGenerations } from '@ledger/readmodel';
import { leafOf } from '@ledger/transparency';
import type { ClusterLoad } from './cluster-load.js';
import { differingRows, reachedInPostgres, rowsInFile } from './projected-in-postgres.js';
import type { RunningCluster } from './running-cluster.js';

const WITHIN_MS = 30_000;

/**
 * After whatever has happened to a cluster: positions without gap or repeat, leaves that fit their bytes, everything that was
 * acknowledged there once and where it was said to be, settlements booked exactly once, and views that are those of a replay.
 * Gives how many facts there are.
 */
export async function clusterIsWhole(cluster: RunningCluster, load: ClusterLoad): Promise<number> {
  const log = await cluster.openLog();
  try {
    await allBooked(log, load.projects);
    const recorded = await wholeOrder(log);
    const facts = recorded.map(({ fact }) => readFact(fact));
    for (const { position, facts: said } of load.receipts) {
      const there = facts.slice((position ?? 0) - said.length, position).map(({ id }) => id);
      assert.deepEqual(
        there,
        said.map(({ id }) => id),
        `position ${position} has something else`,
      );
    }
    const countOf = (kind: string): number => facts.filter(({ type }) => type === kind).length;
    const asked = [load.incomes, load.closes];
    assert.deepEqual([countOf('IncomeRecorded'), countOf('YearClosed')], asked, 'what was asked once is there once');
    for (const project of load.projects) bookedOnce(facts, project);
    await viewsAreThoseOfAReplay(cluster, log, recorded.length);
    return recorded.length;
  } finally {
    await log.close();
  }
}

async function wholeOrder(log: EventLog): Promise<RecordedFact[]> {
  const recorded: RecordedFact[] = [];
  for (;;) {
    const page = await log.readAfter(recorded.length, 1000);
    if (page.length === 0) break;
    for (const fact of page) {
      assert.equal(fact.position, recorded.length + 1);
      assert.equal(fact.leaf, leafOf(fact.position, fact.recordedAtMs, fact.fact));
      assert.ok(fact.recordedAtMs >= (recorded.at(-1)?.recordedAtMs ?? 0), 'time has gone back');
      recorded.push(fact);
    }
  }
  const ids = new Set(recorded.map(({ fact }) => readFact(fact).id));
  assert.equal(ids.size, recorded.length, 'no fact is there twice');
  return recorded;
}

async function allBooked(log: EventLog, projects: readonly string[]): Promise<void> {
  const until = Date.now() + WITHIN_MS;
  for (const project of projects) {
    const told = async (): Promise<number> =>
      (await log.readTexts(`project-${project}`, 0, 100)).filter((text) => readFact(text).type === 'ShareBooked')
        .length;
    while ((await told()) < 2) {
      assert.ok(Date.now() < until, `the shares of ${project} are not booked`);
      await sleep(50);
    }
  }
}

function bookedOnce(facts: readonly Fact[], project: string): void {
  const told = facts.filter(({ type, stream }) => type === 'ShareBooked' && stream === `project-${project}`);
  const vouchers = facts.filter(({ type, data }) => {
    const { lines = [] } = data as { lines?: readonly { project?: string }[] };
    return type === 'VoucherPosted' && lines.some((line) => line.project === project);
  });
  assert.deepEqual([told.length, vouchers.length], [2, 2], `the settlement of ${project} is booked once`);
}

async function viewsAreThoseOfAReplay(cluster: RunningCluster, log: EventLog, head: number): Promise<void> {
  const { url } = cluster.postgres;
  const connection = await connected(url, 'public');
  const [generation = 1] = await postgresGenerations(connection);
  await connection.end();
  const until = Date.now() + WITHIN_MS;
  while ((await reachedInPostgres(url, generation)) < head) {
    assert.ok(Date.now() < until, 'the views stand still');
    await sleep(50);
  }
  assert.deepEqual(await differingRows(url, generation, await rowsInFile(log)), []);
}
