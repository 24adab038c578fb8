import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { ClusterLoad } from '../../support/cluster-load.js';
import { RunningCluster } from '../../support/running-cluster.js';
import { tellAtTheEnd } from '../../support/told-at-the-end.js';
import { clusterIsWhole } from '../../support/whole-cluster.js';

const STOPPED_MS = 30_000;

let cluster: RunningCluster;
afterAll(async () => cluster?.stop());

it('a process that decided the order, led the views and booked stands still for 30 seconds: it writes nothing when it wakes up', async () => {
  cluster = await RunningCluster.begin('stopped.sequencer');
  const stopped = await cluster.startProjector();
  const other = await cluster.startProjector();
  expect(await stopped.standing()).toMatchObject({ decidesOrder: true, shards: [{ isLeading: true }] });
  const api = await cluster.startApi();
  const load = new ClusterLoad(() => [api]);
  await load.open();
  load.begin();
  await load.settle();
  stopped.signal('SIGSTOP');
  await load.settle();
  await sleep(STOPPED_MS);
  stopped.signal('SIGCONT');
  await load.settle();
  await sleep(3_000);
  await load.stop();
  const facts = await clusterIsWhole(cluster, load);
  expect((await stopped.standing()).decidesOrder).toBe(false);
  expect(await other.standing()).toMatchObject({ decidesOrder: true, shards: [{ isLeading: true }] });
  tellAtTheEnd(
    `a process stood still for 30 s at ${load.rate} facts/s: nothing acknowledged for ${Math.round(load.longestSilenceMs)} ms at most; ${facts} facts`,
  );
  expect(load.longestSilenceMs).toBeLessThan(5_000);
}, 180_000);
