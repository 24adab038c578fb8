import { once } from 'node:events';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shanghaiDate } from '@ledger/domain';
import { ADMIN_PASSWORD, openOffice, STAFF_PASSWORD } from '../../support/office.js';
import { rawRequest, requestText } from '../../support/raw-http.js';
import { addressOf, type RunningLedger, spawnLedger, startLedger, TOKEN } from '../../support/running-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { VillageBooks } from '../../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let book: string;

beforeAll(async () => {
  ledger = await startLedger(directory.path, { env: { LEDGER_LOG_LEVEL: 'trace' } });
  const books = new VillageBooks(ledger);
  await books.district();
  ({ id: book } = await books.book());
  await books.income(book, '2024-01-20', 100_00);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const authorization = `Bearer ${TOKEN}`;

// Without boot/security-headers.ts, a browser guesses types, keeps copies, and shows pages of ours in those of others.
describe('every answer', () => {
  const paths = [
    '/api/v1/divisions',
    '/api/v1/nowhere',
    '/api/v1/events?limit=0',
    '/health/ready',
    '/openapi.json',
    '/docs',
    '/api/v1/reports/monthly-income?scope=330603&period=2024-01&format=html',
    '/api/v1/reports/monthly-income?scope=330603&period=2024-01&format=csv',
  ];

  it.each(paths)('%s tells browsers to keep to what it is', async (path) => {
    for (const headers of [{ authorization }, {}]) {
      const answer = await fetch(ledger.url + path, { headers });
      await answer.arrayBuffer();
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe-inline');
      expect(policy).not.toContain('unsafe-eval');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('strict-transport-security')).toBeNull();
      expect(answer.headers.get('server') ?? answer.headers.get('x-powered-by')).toBeNull();
    }
  });

  it('speaks of TLS only where a proxy does it', async () => {
    const own = temporaryDirectory();
    const behind = await startLedger(own.path, { env: { LEDGER_TLS_PROXY: 'on' } });
    const answer = await fetch(`${behind.url}/health/live`);
    await behind.stop();
    own.remove();
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});

// The control is that there is no CORS: a page of another site may send, but its browser lets it read nothing.
describe('another site', () => {
  it.each(['https://elsewhere.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    '%s gets no permission from a preflight or an answer',
    async (origin) => {
      const asked = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      };
      const preflight = await rawRequest(ledger.url, requestText('OPTIONS /api/v1/divisions', asked));
      expect(preflight.status).toBe(404);
      expect(preflight.text).not.toMatch(/access-control-/i);
      const read = await rawRequest(ledger.url, requestText('GET /api/v1/divisions', { origin, authorization }));
      expect([read.status, /access-control-/i.test(read.text)]).toEqual([200, false]);
    },
  );

  it('cannot write with what a browser adds by itself', async () => {
    const basic = `Basic ${Buffer.from(`anyone:${TOKEN}`).toString('base64')}`;
    const body = JSON.stringify({ code: '330604', name: '上虞区', effectiveOn: '2020-01-01' });
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const said = {
        authorization: basic,
        'content-type': type,
        'idempotency-key': 'forged',
        origin: 'https://elsewhere.example',
      };
      const forged = await rawRequest(ledger.url, requestText('POST /api/v1/divisions', said, body));
      // Whatever a form may send is of no type that is read.
      expect(forged.status).toBe(type === 'application/json' ? 401 : 415);
    }
  });
});

// Without the problem filter, an error says where the program is and what it is made of.
describe('an error', () => {
  it.each([
    ['GET', '/api/v1/books/%00/balances', ''],
    ['GET', '/api/v1/divisions?knownAt=x', ''],
    ['GET', '/docs/..%2f..%2fpackage.json', ''],
    ['POST', '/api/v1/divisions', '{'],
    ['POST', '/api/v1/divisions', '{"__proto__":{}}'],
    ['POST', '/api/v1/books/x/vouchers/2024-01/1/reversal', '[]'],
    ['BREW', '/coffee', ''],
  ])('of %s %s names no place, version or line of code', async (method, path, body) => {
    const said = { authorization, 'content-type': 'application/json', 'idempotency-key': 'k' };
    const { text, status } = await rawRequest(ledger.url, requestText(`${method} ${path}`, said, body));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(/node_modules|\.js:\d|\.ts:\d|at \w+ \(|stack|fastify|nest|sqlite/i);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toContain(directory.path);
  });
});

describe('what the program prints at its most talkative', () => {
  it('has no token, key, body, query or address in it', async () => {
    const secret = 'once-sent-never-to-be-seen';
    await ledger.get(`/divisions?${secret}=1`);
    await ledger.get(`/books/${book}/vouchers?period=2024-01`, { authorization: `Bearer ${secret}`, cookie: secret });
    await ledger.get('/divisions', { authorization: `Basic ${Buffer.from(`${secret}:${secret}`).toString('base64')}` });
    await ledger.post('/divisions', { name: secret }, { 'idempotency-key': secret, 'x-note': secret });
    await rawRequest(ledger.url, `GET /${secret} HTTP/1.1\r\nhost: x\r\nauthorization: ${secret}\r\nbroken\r\n\r\n`);
    await ledger.printed('"code":"TOKEN_REQUIRED"');
    const printed = ledger.output();
    expect(printed).toContain('"route":"/api/v1/divisions"');
    for (const text of [
      secret,
      TOKEN,
      Buffer.from(secret).toString('base64').slice(0, 20),
      '商铺租金',
      '"ip"',
      '"headers"',
    ]) {
      expect([text, printed.includes(text)]).toEqual([text, false]);
    }
  });
});

// Without the list of what a log line may say, whoever reads the logs is whoever logged in.
describe('what a ledger with accounts prints at its most talkative', () => {
  it('has no password, session or token in it, but the first password once', async () => {
    const own = temporaryDirectory();
    const office = await openOffice(own.path, { LEDGER_LOG_LEVEL: 'trace' });
    const { ledger: asked, admin } = office;
    const anonymous = { authorization: '' };
    const made = await admin.post<{ oneTimePassword: string }>('/accounts', { id: 'clerk-1' });
    const reset = await admin.post<{ oneTimePassword: string }>('/accounts/clerk-1/reset-password');
    const clerk = await office.staff('clerk-2');
    const api = await clerk.post<{ token: string }>('/tokens', { name: 'program', to: shanghaiDate(Date.now()) });
    const wrong = 'nobody chose this password';
    const statuses = [
      await asked.post('/session', { id: 'clerk-2', password: wrong }, anonymous),
      await clerk.post('/session/password', { password: wrong, newPassword: wrong }),
      await clerk.get(`/divisions?token=${api.body.token}`),
      await asked.get('/me', { authorization: `Bearer ${api.body.token}` }),
      await clerk.post('/session/end'),
      await clerk.get('/me'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 422, 403, 200, 200, 401]);
    await asked.stop();
    own.remove();
    const printed = asked.output();
    for (const shown of ['"route":"/api/v1/session"', '"route":"/api/v1/tokens"', '"code":"LOGIN_FAILED"']) {
      expect(printed).toContain(shown);
    }
    const secrets = {
      'a password': STAFF_PASSWORD,
      'the administrator’s': ADMIN_PASSWORD,
      'a wrong one': wrong,
      'a one-time password': made.body.oneTimePassword,
      'one after a reset': reset.body.oneTimePassword,
      'a session': clerk.token,
      'the administrator’s session': admin.token,
      'an API token': api.body.token,
    };
    for (const [what, secret] of Object.entries(secrets)) {
      expect([what, secret.length > 16, printed.includes(secret)]).toEqual([what, true, false]);
    }
    expect(printed.match(/[a-z2-9]{5}(-[a-z2-9]{5}){3}/g)).toHaveLength(1);
  });
});

// Without boot/private-directory.ts and libs/settings, anybody with an account on the machine reads the books and the token.
describe('files', () => {
  it('are their owner’s alone, all of them', () => {
    expect(statSync(directory.path).mode & 0o777).toBe(0o700);
    const files = readdirSync(directory.path, { recursive: true, withFileTypes: true });
    expect(files.length).toBeGreaterThan(4);
    const open = files.filter((file) => (statSync(join(file.parentPath, file.name)).mode & 0o077) !== 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('of a directory that others could enter are closed to them at the next start', async () => {
    const own = temporaryDirectory();
    chmodSync(own.path, 0o755);
    const started = await startLedger(own.path);
    await started.stop();
    expect(statSync(own.path).mode & 0o777).toBe(0o700);
    own.remove();
  });

  it('with a secret that others can read are refused, with the way out', async () => {
    const own = temporaryDirectory();
    const file = join(own.path, 'token');
    writeFileSync(file, 'token-that-somebody-may-have-read\n');
    chmodSync(file, 0o640);
    const env = { PORT: '0', LEDGER_DATA: own.path, LEDGER_DEMO: 'off', LEDGER_ACCESS: 'token' };
    const refused = spawnLedger(env);
    expect(await once(refused.process, 'close')).toEqual([1, null]);
    expect(refused.output()).toMatch(/token 其他用户也能读取.*chmod 600.*Others can read the file/);
    expect(refused.output()).not.toContain('somebody');
    chmodSync(file, 0o600);
    const taken = spawnLedger(env);
    expect(await addressOf(taken)).toMatch(/^http/);
    taken.process.kill('SIGTERM');
    await once(taken.process, 'close');
    own.remove();
  });
});
