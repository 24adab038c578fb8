import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { ClusterLoad } from '../../support/cluster-load.js';
import { RunningCluster } from '../../support/running-cluster.js';
import type { RunningLedger } from '../../support/running-ledger.js';
import { tellAtTheEnd } from '../../support/told-at-the-end.js';
import { clusterIsWhole } from '../../support/whole-cluster.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] === 'true' ? 20 : 5));

let cluster: RunningCluster;
afterAll(async () => cluster?.stop());

it(
  'an api is killed again and again: what was acknowledged is there once, by whichever api',
  async () => {
    cluster = await RunningCluster.begin('killed.api');
    await cluster.startProjector();
    const apis: RunningLedger[] = await Promise.all([cluster.startApi(), cluster.startApi()]);
    const load = new ClusterLoad(() => apis);
    await load.open();
    load.begin();
    let inFlight = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const settling = load.settle();
      await sleep(300 + Math.random() * 400);
      const [dying] = apis.splice(0, 1);
      if (load.underWay > 0) inFlight++;
      await dying?.kill();
      apis.push(await cluster.startApi());
      await settling;
    }
    await load.stop();
    const facts = await clusterIsWhole(cluster, load);
    tellAtTheEnd(
      `api: ${ROUNDS} times killed at ${load.rate} facts/s, ${inFlight} with requests in flight, ${load.again} asked again; ${facts} facts`,
    );
    expect(inFlight).toBeGreaterThanOrEqual(Math.floor(ROUNDS * 0.9));
  },
  120_000 + ROUNDS * 15_000,
);
