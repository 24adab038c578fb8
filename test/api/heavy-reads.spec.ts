import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as turned, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '@ledger/domain';
import Fastify, { type FastifyInstance } from 'fastify';
import { HEAVY, heavyReads } from '../../apps/api/src/boot/heavy-reads.js';
import { openapiDocument } from '../../apps/api/src/openapi/document.js';
import { controllers } from '../../apps/api/src/controllers.js';
import { requestText } from '../support/raw-http.js';

const WORK_MS = 60;

let server: FastifyInstance;
let url: string;
/** Whose heavy work has begun, in order; and what ends the work that waits to be ended. */
let begun: string[];
let release: (() => void)[];

beforeEach(async () => {
  [begun, release] = [[], []];
  server = Fastify();
  const heavy = heavyReads(server);
  server.addHook('preHandler', async (asked, reply) => heavy.turn(personOf(asked), asked, reply));
  server.setErrorHandler(async (error, _, reply) =>
    error instanceof Refusal ? reply.status(error.status).send(error.facts) : reply.status(500).send(),
  );
  const waits = async (asked: { headers: object }) => {
    begun.push(personOf(asked));
    await new Promise<void>((resolve) => release.push(resolve));
    return 'a report';
  };
  server.get('/waits', { config: HEAVY }, waits);
  server.get('/works', { config: HEAVY }, async () => {
    const until = performance.now() + WORK_MS;
    while (performance.now() < until);
    return 'a report';
  });
  server.get('/light', async () => 'light');
  url = await server.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(() => {
  server.server.closeAllConnections();
  return server.close();
});

const personOf = ({ headers }: { headers: object }) => String((headers as { person?: string }).person);
const ask = async (path: string, person: string) => (await fetch(url + path, { headers: { person } })).status;
const reached = async (count: number) => {
  while (begun.length < count) await turned();
};

/** Asks, and can hang up. */
function asking(path: string, person: string): ClientRequest {
  const asked = request(url + path, { headers: { person }, agent: false });
  asked.on('error', () => undefined);
  asked.end();
  return asked;
}

/** Lets go whatever has begun, until everything is answered. */
async function released<T>(answers: Promise<T>): Promise<T> {
  const timer = setInterval(() => release.splice(0).forEach((end) => end()), 5);
  try {
    return await answers;
  } finally {
    clearInterval(timer);
  }
}

// Without boot/heavy-reads.ts, one who asks for twenty reports at once makes everybody wait for all of them.
describe('what is heavy', () => {
  it('is done for one person one by one, and for two people at once', async () => {
    const answers = ['first', 'first', 'second', 'third'].map((person) => ask('/waits', person));
    await reached(2);
    await sleep(50);
    expect(begun.toSorted()).toEqual(['first', 'second']);
    expect(await ask('/light', 'first')).toBe(200);
    expect(await released(Promise.all(answers))).toEqual([200, 200, 200, 200]);
    expect(begun).toHaveLength(4);
  });

  it('waits in a short queue, and is refused beyond it with the time to wait', async () => {
    const working = ask('/waits', 'first');
    await reached(1);
    const refused: [number, unknown][] = [];
    const answers = Array.from({ length: 35 }, async () => {
      const answer = await fetch(`${url}/waits`, { headers: { person: 'first' } });
      if (answer.status !== 200) refused.push([answer.status, await answer.json()]);
    });
    while (refused.length < 5) await sleep(5);
    await released(Promise.all([working, ...answers]));
    expect(refused).toEqual(Array.from({ length: 5 }, () => [429, { limit: 30, waitSeconds: 20 }]));
    expect(begun).toHaveLength(31);
  });

  it('counts until its work is done, also where the asker has hung up, who waits no longer', async () => {
    const gone = [asking('/waits', 'first'), asking('/waits', 'second')];
    await reached(2);
    const waiting = asking('/waits', 'third');
    const last = ask('/waits', 'fourth');
    await sleep(50);
    for (const each of [...gone, waiting]) each.destroy();
    await sleep(50);
    expect(begun).toHaveLength(2);
    expect(await released(last)).toBe(200);
    expect(begun).toEqual([...begun.slice(0, 2), 'fourth']);
    expect(await released(Promise.all(['first', 'second'].map((person) => ask('/waits', person))))).toEqual([200, 200]);
  });

  it('lets a light read come between', async () => {
    const sockets = Array.from({ length: 41 }, () => connect(Number(new URL(url).port), '127.0.0.1'));
    const answered: number[] = [];
    const asked = async (socket: (typeof sockets)[number], n: number, path: string) => {
      socket.write(requestText(`GET ${path}`, { person: `person-${n % 20}`, connection: 'keep-alive' }));
      expect(String((await once(socket, 'data'))[0])).toContain('200 OK');
      answered.push(n);
    };
    // Every connection has been taken before anything heavy comes over one of them.
    await Promise.all(sockets.map(async (socket, n) => asked(socket, n, '/light')));
    answered.length = 0;
    await Promise.all(sockets.map(async (socket, n) => asked(socket, n, n < 40 ? '/works' : '/light')));
    expect(answered).toHaveLength(41);
    expect(answered.indexOf(40)).toBeLessThan(15);
  });
});

it('reports and sums of a whole district are heavy, and say that they may be refused', () => {
  const { paths } = openapiDocument(controllers) as unknown as { paths: Record<string, { get?: Operation }> };
  const heavy = Object.entries(paths)
    .filter(([, { get }]) => JSON.stringify(get?.responses['429'] ?? '').includes('TOO_MANY_AT_ONCE'))
    .map(([path]) => path.replace('/api/v1', ''));
  expect(heavy.toSorted()).toEqual([
    '/divisions/{code}/asset-totals',
    '/divisions/{code}/assets',
    '/divisions/{code}/enrolments',
    '/divisions/{code}/households',
    '/divisions/{code}/income',
    '/divisions/{code}/income-entries',
    '/divisions/{code}/projects',
    '/divisions/{code}/shares',
    '/feed',
    '/indicators/{scope}/{measure}/comparison',
    '/reports/monthly-income',
  ]);
});

interface Operation {
  readonly responses: Readonly<Record<string, unknown>>;
}
