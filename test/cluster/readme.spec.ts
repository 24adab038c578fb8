import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { itWith } from '../support/it-with.js';
import { answersReadme, calls } from '../support/readme-calls.js';
import { copiedDemo } from '../support/recorded-demo.js';
import { RunningCluster, type RunningProjector } from '../support/running-cluster.js';
import type { RunningLedger } from '../support/running-ledger.js';
import type { temporaryDirectory } from '../support/temporary-directory.js';

// The README's calls once more, on a cluster into which the demo district was moved.
let directory: ReturnType<typeof temporaryDirectory>;
let cluster: RunningCluster;
let apis: RunningLedger[];

beforeAll(async () => {
  directory = await copiedDemo();
  cluster = await RunningCluster.begin('keqiao.demo');
  const program = ['dist/apps/ledger/src/main.js', 'migrate-log', '--data', directory.path];
  const env = { ...cluster.env };
  const migration = spawn(process.execPath, program, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  expect(await once(migration, 'exit')).toEqual([0, null]);
  await viewsAreUp(await cluster.startProjector());
  await cluster.startProjector();
  apis = await Promise.all([cluster.startApi(), cluster.startApi()]);
}, 600_000);

afterAll(async () => {
  await cluster?.stop();
  directory?.remove();
});

itWith('bash', 'curl')(
  'answers the calls of the README as the README says, whichever process is asked',
  () => {
    expect(calls.length).toBeGreaterThanOrEqual(8);
    for (const { url } of apis) answersReadme(url);
  },
  120_000,
);

/** An api waits for views that are built for the first time, but a test of it need not. */
async function viewsAreUp(projector: RunningProjector): Promise<void> {
  for (;;) {
    const { head = 0, shards = [] } = await projector.standing();
    if (head > 0 && shards.every(({ checkpoint }) => checkpoint === head)) return;
    await sleep(200);
  }
}
