import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RunningCluster, type RunningProjector } from '../support/running-cluster.js';
import type { RunningLedger } from '../support/running-ledger.js';
import { VillageBooks } from '../support/village-books.js';

let cluster: RunningCluster;
let projector: RunningProjector;
let api: RunningLedger;

beforeAll(async () => {
  cluster = await RunningCluster.begin('stores.away');
  projector = await cluster.startProjector();
  api = await cluster.startApi();
  await new VillageBooks(api).district();
}, 120_000);
afterAll(async () => cluster?.stop());

/** Whoever watches over a process gives up after a few seconds. */
async function readiness(): Promise<{ status: number; reason: unknown; tookMs: number }> {
  const began = performance.now();
  const { status, body } = await api.get('/health/ready');
  return { status, reason: body['reason'], tookMs: performance.now() - began };
}

// One after the other: what is away stays away.
it('without PostgreSQL reads are refused with the way out, readiness says so, and the process lives', async () => {
  await cluster.takeAway('postgres');
  const read = await api.get('/divisions');
  expect([read.status, read.body['code']]).toEqual([503, expect.stringMatching(/^(STORE_UNAVAILABLE|VIEW_BEHIND)$/)]);
  const { status, reason, tookMs } = await readiness();
  expect([status, reason]).toEqual([503, expect.stringContaining('projector stopped')]);
  expect(tookMs).toBeLessThan(3_000);
  expect((await api.get('/health/live')).status).toBe(200);
  expect((await projector.standing()).status).toBe('unavailable');
}, 60_000);

it('without EventStoreDB writes are refused with the way out, and readiness does not wait for it', async () => {
  await cluster.takeAway('eventStore');
  const { status, reason, tookMs } = await readiness();
  expect([status, reason]).toEqual([503, expect.stringContaining('the log does not answer')]);
  expect(tookMs).toBeLessThan(3_000);
  const write = await api.post('/divisions', { code: '330603002', name: '某街道', effectiveOn: '2020-01-01' });
  expect([write.status, write.body['code']]).toEqual([503, 'STORE_UNAVAILABLE']);
  expect(write.headers.get('retry-after')).toBe('1');
}, 60_000);

it('without either the processes still end when they are told to', async () => {
  const began = performance.now();
  expect(await Promise.all([api.stop(), projector.stop()])).toEqual([1, 0]);
  expect(api.output()).toContain('stopped, and something was left undone');
  expect(performance.now() - began).toBeLessThan(20_000);
}, 60_000);
