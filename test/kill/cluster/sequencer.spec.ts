import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { ClusterLoad } from '../../support/cluster-load.js';
import { RunningCluster, type RunningProjector } from '../../support/running-cluster.js';
import type { RunningLedger } from '../../support/running-ledger.js';
import { tellAtTheEnd } from '../../support/told-at-the-end.js';
import { clusterIsWhole } from '../../support/whole-cluster.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] === 'true' ? 20 : 5));

let cluster: RunningCluster;
afterAll(async () => cluster?.stop());

it(
  'whoever decides the order is killed again and again: another goes on within five seconds, and nothing is lost or repeated',
  async () => {
    cluster = await RunningCluster.begin('killed.sequencer');
    const projectors: RunningProjector[] = [await cluster.startProjector(), await cluster.startProjector()];
    const apis: RunningLedger[] = await Promise.all([cluster.startApi(), cluster.startApi()]);
    const load = new ClusterLoad(() => apis);
    await load.open();
    load.begin();
    let inFlight = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const settling = load.settle();
      await sleep(1_500 + Math.random() * 400);
      const leading = await leader(projectors);
      if (load.underWay > 0) inFlight++;
      await projectors.splice(leading, 1)[0]?.kill();
      projectors.push(await cluster.startProjector());
      await settling;
    }
    await load.stop();
    const facts = await clusterIsWhole(cluster, load);
    tellAtTheEnd(
      `sequencer: ${ROUNDS} times killed at ${load.rate} facts/s, ${inFlight} with requests in flight, nothing acknowledged for ${Math.round(load.longestSilenceMs)} ms at most; ${facts} facts`,
    );
    expect(load.longestSilenceMs).toBeLessThan(5_000);
    expect(inFlight).toBeGreaterThanOrEqual(Math.floor(ROUNDS * 0.9));
  },
  120_000 + ROUNDS * 20_000,
);

/** Which of them decides the order now. */
async function leader(projectors: readonly RunningProjector[]): Promise<number> {
  for (;;) {
    const standings = await Promise.all(projectors.map(async (each) => each.standing()));
    const found = standings.findIndex(({ decidesOrder }) => decidesOrder);
    if (found !== -1) return found;
    await sleep(50);
  }
}
