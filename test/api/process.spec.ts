import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openapiDocument } from '../../apps/api/src/openapi/document.js';
import { controllers } from '../../apps/api/src/controllers.js';
import { addressOf, spawnLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { incomeBody, VillageBooks } from '../support/village-books.js';

/** An empty ledger with one token, which it makes itself. */
const NO_ACCOUNTS = { PORT: '0', LEDGER_DEMO: 'off', LEDGER_ACCESS: 'token' };
let directory: ReturnType<typeof temporaryDirectory>;

beforeEach(() => {
  directory = temporaryDirectory();
});

afterEach(() => directory.remove());

/** Starts the program, which should end by itself; what it printed, and its exit code. */
async function ended(env: Record<string, string>): Promise<{ code: number | null; printed: string }> {
  const settings = {
    PORT: '0',
    LEDGER_DATA: directory.path,
    LEDGER_TOKEN: TOKEN,
    LEDGER_DEMO: 'off',
    LEDGER_ACCESS: 'token',
    ...env,
  };
  const ledger = spawnLedger(settings);
  const [code] = (await once(ledger.process, 'close')) as [number | null];
  return { code, printed: ledger.output() };
}

describe('a start', () => {
  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['LEDGER_HOST', '0.0.0.0'],
    ['LEDGER_DEMO', 'maybe'],
    ['LEDGER_TOKEN', 'too-short'],
    ['LEDGER_TOKEN', ''],
    ['LEDGER_TOKEN', 'with a space in the middle'],
    ['LEDGER_NAME', '谢家坞'],
    ['LEDGER_LOG_LEVEL', 'loud'],
    ['LEDGER_ATTACHMENT_LIMIT_BYTES', '20MB'],
    ['LEDGER_ATTACHMENT_LIMIT_BYTES', '0'],
    ['LEDGER_RATE_LIMIT', '0'],
    ['LEDGER_RATE_LIMIT', 'fast'],
    ['LEDGER_REQUEST_SECONDS', '0'],
    ['LEDGER_REQUEST_SECONDS', '2m'],
    ['LEDGER_TLS_PROXY', 'yes'],
  ])('with %s=%s ends with a sentence that names it, and does not show a token', async (name, value) => {
    const { code, printed } = await ended({ [name]: value });
    expect(code).toBe(1);
    expect(printed).toMatch(new RegExp(`^${name}.*[\\u4e00-\\u9fff].*[a-z]+.*\\.\\n$`));
    if (name === 'LEDGER_TOKEN' && value !== '') expect(printed).not.toContain(value);
  });

  it('in a place where nothing can be written ends with a sentence', async () => {
    writeFileSync(join(directory.path, 'file'), '');
    const { code, printed } = await ended({ LEDGER_DATA: join(directory.path, 'file', 'data') });
    expect(code).toBe(1);
    expect(printed).toMatch(/^LEDGER_DATA=.*无法创建或写入。.* choose another one\. .*\n$/);
  });

  it('on a port that is taken ends with a sentence, and leaves the directory free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, printed } = await ended({ PORT: String(port), LEDGER_LOG_LEVEL: 'silent' });
    other.close();
    expect(code).toBe(1);
    expect(printed).toMatch(new RegExp(`^PORT=${port} 无法使用\\(EADDRINUSE\\).*choose another PORT.*\\n$`));
    const ledger = await startLedger(directory.path);
    expect(await ledger.stop()).toBe(0);
  });

  it('on the directory of another process ends with a sentence, and the other goes on', async () => {
    const ledger = await startLedger(directory.path);
    const { code, printed } = await ended({ LEDGER_LOG_LEVEL: 'silent' });
    expect(code).toBe(1);
    expect(printed.trim().split('\n')).toHaveLength(1);
    expect(printed).toContain(directory.path);
    expect((await ledger.get('/divisions')).status).toBe(200);
    expect(await ledger.stop()).toBe(0);
  });
});

describe('the token', () => {
  it('is made on the first start, shown once, and kept where only its owner can read it', async () => {
    const start = async () => {
      const ledger = spawnLedger({ ...NO_ACCOUNTS, LEDGER_DATA: directory.path });
      const url = await addressOf(ledger);
      const authorization = `Bearer ${readFileSync(join(directory.path, 'token'), 'utf8').trim()}`;
      const { status } = await fetch(`${url}/api/v1/divisions`, { headers: { authorization } });
      ledger.process.kill('SIGTERM');
      expect(await once(ledger.process, 'close')).toEqual([0, null]);
      return { printed: ledger.output(), status };
    };
    const first = await start();
    const token = readFileSync(join(directory.path, 'token'), 'utf8').trim();
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(first).toMatchObject({ status: 200, printed: expect.stringContaining(token) });
    expect(statSync(join(directory.path, 'token')).mode & 0o777).toBe(0o600);

    const second = await start();
    expect(second).toMatchObject({ status: 200, printed: expect.not.stringContaining(token) });
  });

  it('that was lost halfway is not taken for one', async () => {
    writeFileSync(join(directory.path, 'token'), '');
    const ledger = spawnLedger({ ...NO_ACCOUNTS, LEDGER_DATA: directory.path });
    expect(await once(ledger.process, 'close')).toEqual([1, null]);
    expect(ledger.output()).toContain(join(directory.path, 'token'));
  });

  it('is wanted on every route but health, the documents, the problems and logging in', async () => {
    const ledger = await startLedger(directory.path);
    const open: string[] = [];
    for (const [path, methods] of Object.entries(openapiDocument(controllers).paths)) {
      for (const method of Object.keys(methods)) {
        const filled = path.replace('{code}', 'PERIOD_CLOSED').replaceAll(/\{\w+\}/g, '1');
        const response = await fetch(`${ledger.url}${filled}`, { method: method.toUpperCase() });
        if (response.status !== 401) open.push(`${method} ${path}: ${response.status}`);
        else if (method !== 'head') expect(await response.json()).toMatchObject({ code: 'TOKEN_REQUIRED' });
      }
    }
    expect(open).toEqual([
      'get /health/live: 200',
      'get /health/ready: 200',
      'get /problems/{code}: 200',
      // They are for whoever has no token yet, and answer that they take no such body, or no accounts are in use.
      'post /api/v1/session: 400',
      'post /api/v1/session/oidc: 422',
      'post /api/v1/session/oidc/complete: 400',
    ]);
    for (const path of ['/openapi.json', '/docs']) expect((await fetch(`${ledger.url}${path}`)).status).toBe(200);
    await ledger.stop();
  });
});

describe('SIGTERM', () => {
  it('lets the requests under way be answered, ends with 0, and what was acknowledged is there', async () => {
    const ledger = await startLedger(directory.path);
    const books = new VillageBooks(ledger);
    await books.district();
    const { id } = await books.book();

    const acknowledged = new Set<number>();
    let refusedConnections = 0;
    const client = async (serial: number): Promise<void> => {
      for (let n = 1; ; n++) {
        const amountFen = serial * 1_000_000 + n;
        try {
          const { status } = await ledger.post(`/books/${id}/income`, incomeBody('2024-01-20', amountFen));
          expect(status).toBe(201);
          acknowledged.add(amountFen);
        } catch (error) {
          expect((error as Error).message).toBe('fetch failed');
          refusedConnections++;
          return;
        }
      }
    };
    const clients = Array.from({ length: 16 }, async (_, i) => client(i + 1));
    await new Promise((resolve) => setTimeout(resolve, 400));
    const startedMs = Date.now();
    const stopped = await ledger.stop();
    expect(Date.now() - startedMs).toBeLessThan(8_000);
    await Promise.all(clients);
    expect(stopped).toBe(0);
    expect(refusedConnections).toBe(16);
    expect(acknowledged.size).toBeGreaterThan(16);

    const again = await startLedger(directory.path);
    const { body } = await again.get<{ rows: { totalFen: number }[] }>(`/books/${id}/vouchers?period=2024-01`);
    const recorded = new Set(body.rows.map(({ totalFen }) => totalFen));
    expect([...acknowledged].filter((amountFen) => !recorded.has(amountFen))).toEqual([]);
    expect([...recorded].filter((amountFen) => !acknowledged.has(amountFen))).toEqual([]);
    await again.stop();
  });

  it('ends well where the checkpoint of bookings cannot be written', async () => {
    mkdirSync(join(directory.path, 'bookings.json.new'));
    const ledger = await startLedger(directory.path);
    await new VillageBooks(ledger).district();
    expect(await ledger.stop()).toBe(0);
    expect(ledger.output()).toContain('EISDIR');
  });

  it('twice is as once', async () => {
    const ledger = await startLedger(directory.path);
    ledger.process.kill('SIGTERM');
    expect(await ledger.stop()).toBe(0);
  });
});

describe('the log of a process', () => {
  it('has a JSON line a request, with ids, and nothing of what was said', async () => {
    const ledger = await startLedger(directory.path, { env: { LEDGER_LOG_LEVEL: 'trace' } });
    const books = new VillageBooks(ledger);
    await books.district();
    await ledger.post('/divisions', { code: '330603009', name: '秘密街道', effectiveOn: '2020-01-01', note: '身份' });
    await ledger.post('/divisions', '{"name":"破碎', {});
    await ledger.get('/divisions?knownAt=2024-03-05T09:00:00Z&asOf=2024-03-05');
    await ledger.get('/divisions?colour=vermilion', { authorization: 'Bearer wrong-token-wrong-token' });
    await ledger.get('/nowhere-to-be-found?colour=vermilion');
    expect(await ledger.stop()).toBe(0);

    const output = ledger.output();
    const lines = output.split('\n').filter((line) => line.startsWith('{'));
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const requests = logged.filter(({ msg }) => msg === 'request');
    expect(requests).toHaveLength(8);
    for (const request of requests) {
      expect(request).toMatchObject({
        reqId: expect.any(String),
        route: expect.any(String),
        status: expect.any(Number),
      });
      expect(request['commandId'] === undefined).toBe(request['status'] !== 201);
    }
    expect(new Set(requests.map(({ reqId }) => reqId)).size).toBe(8);
    const secrets = [
      TOKEN,
      'wrong-token',
      '柯桥',
      '秘密',
      '身份',
      '破碎',
      'vermilion',
      '2024-03-05T09',
      'nowhere',
      '127.0.0.1',
    ];
    for (const secret of secrets)
      expect(lines.filter((line) => line.includes(secret) && !line.includes('listening'))).toEqual([]);
    expect(output).not.toContain(TOKEN);
  });
});

describe('/health', () => {
  it('says how far the log and the views are', async () => {
    const ledger = await startLedger(directory.path);
    await new VillageBooks(ledger).district();
    await ledger.get('/divisions', { 'ledger-min-position': '4' });
    const ready = await ledger.get('/health/ready');
    expect(ready).toMatchObject({ status: 200, body: { status: 'ok', head: 4, checkpoint: 4, generation: 1, lag: 0 } });
    expect(await ledger.get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    await ledger.stop();
  });
});
