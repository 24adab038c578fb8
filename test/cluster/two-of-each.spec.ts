import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, type RunningProjector } from '../support/running-cluster.js';
import type { RunningLedger } from '../support/running-ledger.js';
import { settlementBody, VillageBooks } from '../support/village-books.js';

let cluster: RunningCluster;
let projectors: RunningProjector[];
let [here, there]: RunningLedger[] = [];
let books: VillageBooks;

beforeAll(async () => {
  cluster = await RunningCluster.begin('two.of.each');
  projectors = await Promise.all([cluster.startProjector(), cluster.startProjector()]);
  [here, there] = await Promise.all([cluster.startApi(), cluster.startApi()]);
  books = new VillageBooks(here);
}, 120_000);
afterAll(async () => cluster?.stop());

const by = (bearer: string) => ({ authorization: `Bearer ${bearer}` });
const logIn = async (door: RunningLedger, password: string) =>
  door.post<{ token: string }>('/session', { id: 'admin', password }, { authorization: '' });

/** Both, once one is known to be there. */
const both = (): [RunningLedger, RunningLedger] => {
  if (here === undefined || there === undefined) throw new Error('the cluster did not start');
  return [here, there];
};

describe('two api and two projectors on one ledger', () => {
  it('share what there is to do: each thing is done by one of them', async () => {
    const standings = await Promise.all(projectors.map(async (each) => each.standing()));
    expect(standings.map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(standings.filter(({ decidesOrder }) => decidesOrder)).toHaveLength(1);
    expect(standings.filter(({ shards }) => shards?.[0]?.isLeading)).toHaveLength(1);
    expect(standings.filter(({ bookings }) => bookings !== undefined)).toHaveLength(1);
  });

  it('answer on one what was recorded on the other', async () => {
    const [, other] = both();
    await books.district();
    const { id } = await books.book();
    for (let n = 1; n <= 20; n++) {
      const { position } = await books.income(id, '2024-01-20', 100 * n);
      const read = await other.get<{ knownAt: number; rows: unknown[] }>(`/books/${id}/vouchers?period=2024-01`, {
        'ledger-min-position': String(position),
      });
      expect([read.status, read.body.rows.length]).toEqual([200, n]);
      expect(read.body.knownAt).toBeGreaterThanOrEqual(position);
    }
  });

  it('answer the same key with the same receipt, whichever is asked, and record it once', async () => {
    const [one, other] = both();
    const headers = { 'idempotency-key': 'asked-of-both' };
    const body = { code: '330603003', name: '某街道', effectiveOn: '2020-01-01' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : other).post('/divisions', body, headers)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });

  it('book the shares of a joint project by themselves', async () => {
    const [, other] = both();
    const [lead, second] = [await books.book({ township: '330603002' }), await books.book({ township: '330603002' })];
    const effectiveOn = '2024-01-01';
    const id = await books.project({ leadVillage: lead.village, villages: [second.village], effectiveOn });
    const shares = [lead, second].map(({ village, creditCode }) => ({
      village,
      basisPoints: 5000,
      organization: creditCode,
    }));
    await books.accepted(`/projects/${id}/allocation-schemes`, { shares, effectiveOn });
    await books.accepted(`/projects/${id}/settlements`, settlementBody('2024-01-31', 100_00));
    const settled = await new VillageBooks(other).until<{ rows: { shares: { status: string }[] }[] }>(
      `/projects/${id}/settlements`,
      ({ rows }) => (rows[0]?.shares ?? []).length === 2 && rows[0]!.shares.every(({ status }) => status !== 'pending'),
    );
    expect(settled.rows[0]?.shares.map(({ status }) => status)).toEqual(['booked', 'booked']);
  });

  it('are ready, and say how far the views are', async () => {
    for (const api of both()) {
      const { status, body } = await api.get('/health/ready');
      expect([status, body['status']]).toEqual([200, 'ok']);
      expect(body).not.toHaveProperty('bookingsLag');
    }
  });
});

describe('accounts of a cluster', () => {
  let doors: [RunningLedger, RunningLedger];

  it('begin with one administrator, though two processes start at once', async () => {
    const env = { LEDGER_ACCESS: 'accounts' };
    doors = await Promise.all([cluster.startApi(env), cluster.startApi(env)]);
    const shown = doors.flatMap((door) => [...(/one-time password {3}(\S+)/.exec(door.output())?.slice(1) ?? [])]);
    expect(shown).toHaveLength(1);
    const [one, other] = doors;
    const { token } = (await logIn(one, shown[0] ?? '')).body;
    const chosen = '一个够长的新密码 2026';
    const changed = await other.post<{ token: string }>(
      '/session/password',
      { password: shown[0], newPassword: chosen },
      by(token),
    );
    expect([changed.status, changed.text.includes('token')]).toEqual([201, true]);
    expect((await one.get('/me', by(changed.body.token))).body).toMatchObject({ id: 'admin', via: 'session' });
    expect((await one.get('/me', by(token))).status).toBe(401);
    expect((await other.post('/session/end', {}, by(changed.body.token))).status).toBe(200);
    expect((await one.get('/me', by(changed.body.token))).status).toBe(401);
    await Promise.all(doors.map(async (door) => door.stop()));
  }, 120_000);
});

describe('the processes of a cluster that are ended', () => {
  it('let others take over at once', async () => {
    const standings = await Promise.all(projectors.map(async (each) => each.standing()));
    const leading = standings.findIndex(({ decidesOrder }) => decidesOrder);
    expect(await projectors[leading]?.stop()).toBe(0);
    const began = performance.now();
    await books.accepted('/divisions', {
      code: '330603004',
      name: '另一街道',
      effectiveOn: '2020-01-01',
    });
    expect(performance.now() - began).toBeLessThan(2_000);
    projectors.splice(leading, 1, await cluster.startProjector());
  });

  it('end well, and leave nothing half done', async () => {
    expect(await Promise.all(both().map(async (api) => api.stop()))).toEqual([0, 0]);
    expect(await Promise.all(projectors.map(async (each) => each.stop()))).toEqual([0, 0]);
  });
});
