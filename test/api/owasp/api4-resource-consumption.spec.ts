import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../../support/problems.js';
import { rawRequest, requestText } from '../../support/raw-http.js';
import { type Answer, type RunningLedger, startLedger, TOKEN } from '../../support/running-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { VillageBooks, voucherBody } from '../../support/village-books.js';

const directories = [temporaryDirectory(), temporaryDirectory()] as const;
/** The address may ask 200 times a minute, one person 20 times, and fail 4 times. */
const LIMIT = 20;
let ledger: RunningLedger;
let limited: RunningLedger;

beforeAll(async () => {
  ledger = await startLedger(directories[0].path);
  limited = await startLedger(directories[1].path, { env: { LEDGER_RATE_LIMIT: String(LIMIT) } });
});

afterAll(async () => {
  await Promise.all([ledger.stop(), limited.stop()]);
  for (const directory of directories) directory.remove();
});

const codeOf = ({ status, headers, body }: Answer) =>
  expectProblem({ status, contentType: headers.get('content-type') ?? '', body });
const asked = async (path: string) => fetch(limited.url + path);
const authorization = `Bearer ${TOKEN}`;

// Without boot/rates.ts, whoever asks in a loop has the whole process to himself.
describe('one who asks too often', () => {
  it('is refused until the minute is over, told how long that is, and has recorded nothing by it', async () => {
    const answers: Answer[] = [];
    for (let n = 0; n <= LIMIT; n++) answers.push(await limited.get('/divisions'));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(LIMIT).fill(200), 429]);
    const last = answers.at(-1);
    if (last === undefined) throw new Error('nothing was answered');
    expect(codeOf(last)).toBe('RATE_LIMITED');
    const seconds = Number(last.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(last.headers.get('ratelimit-policy')).toBe(`"principal";q=${LIMIT};w=60`);
    expect(last.headers.get('ratelimit')).toMatch(/^"principal";r=0;t=\d+$/);
    expect(answers[0]?.headers.get('ratelimit')).toMatch(new RegExp(`^"principal";r=${LIMIT - 1};t=\\d+$`));
    const written = await limited.post('/divisions', { code: '330603', name: '柯桥区', effectiveOn: '2020-01-01' });
    expect(codeOf(written)).toBe('RATE_LIMITED');
    expect((await limited.get<{ head: number }>('/health/ready')).body.head).toBe(1);
  });

  it('without saying who it is, is refused by his address, on every route', async () => {
    let status = 200;
    for (let n = 0; n <= 10 * LIMIT && status === 200; n++) ({ status } = await asked('/health/live'));
    expect(status).toBe(429);
    for (const path of ['/docs', '/openapi.json', '/nowhere', '/problems/PERIOD_CLOSED']) {
      const response = await asked(path);
      const [contentType, body] = [response.headers.get('content-type') ?? '', await response.json()];
      const { status: refused } = response;
      expect(expectProblem({ status: refused, contentType, body: body as Answer['body'] })).toBe('RATE_LIMITED');
    }
  });
});

// Without boot/bodies.ts and boot/shapes.ts, one request takes the memory or the seconds of everybody else.
describe('one request', () => {
  it('is no larger than a megabyte', async () => {
    expect(codeOf(await ledger.post('/divisions', `{"name":"${'x'.repeat(1_048_577)}"}`))).toBe('BODY_TOO_LARGE');
  });

  it('is no deeper than any command, and has no more members', async () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    expect(codeOf(await ledger.post('/divisions', deep))).toBe('INPUT_INVALID');
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`f${n}`, n]));
    expect(codeOf(await ledger.post('/divisions', wide))).toBe('INPUT_INVALID');
    const lines = Array.from({ length: 6_000 }, () => ({}));
    const books = new VillageBooks(ledger);
    await books.district();
    const { id } = await books.book();
    expect(codeOf(await ledger.post(`/books/${id}/vouchers`, voucherBody('2024-01-20', lines)))).toBe('INPUT_INVALID');
  });

  it('asks for no more than a thousand rows', async () => {
    expect(codeOf(await ledger.get('/events?limit=1001'))).toBe('INPUT_INVALID');
    expect(codeOf(await ledger.get('/events?limit=100000000'))).toBe('INPUT_INVALID');
  });

  it('has no first line and headers beyond sixteen kilobytes', async () => {
    const long = requestText(`GET /api/v1/divisions?${'x'.repeat(17_000)}`, { authorization });
    expect(expectProblem(await rawRequest(ledger.url, long))).toBe('INPUT_INVALID');
  });
});

// Without boot/connection-limits.ts, a few thousand connections that send a byte now and then leave no place for others.
describe('a client that sends a byte a second', () => {
  const SECONDS = 3;
  const from = `POST /api/v1/divisions HTTP/1.1\r\nhost: ledger\r\n`;
  const said = `authorization: ${authorization}\r\ncontent-type: application/json\r\nidempotency-key: slow`;
  const file = `PUT /api/v1/attachments/${'a'.repeat(64)} HTTP/1.1\r\nhost: ledger\r\nauthorization: ${authorization}`;

  it.each([
    ['of its headers', from],
    ['of its body', `${from}${said}\r\ncontent-length: 1000\r\n\r\n{`],
    ['of a body whose length it does not say', `${from}${said}\r\ntransfer-encoding: chunked\r\n\r\n`],
    ['of a file', `${file}\r\ncontent-length: 1000\r\n\r\n%PDF`],
  ])(
    '%s is cut off',
    async (_, beginning) => {
      const own = temporaryDirectory();
      const impatient = await startLedger(own.path, { env: { LEDGER_REQUEST_SECONDS: String(SECONDS) } });
      const { text, lastedMs } = await dripped(impatient.url, beginning, 30_000);
      const after = (await impatient.get('/divisions')).status;
      await impatient.stop();
      own.remove();
      expect(text).toContain('did not arrive in the time');
      expect(lastedMs).toBeGreaterThan(1_000 * SECONDS - 500);
      expect(lastedMs).toBeLessThan(15_000);
      expect(after).toBe(200);
    },
    60_000,
  );
});

/** Sends a beginning and then a byte a second, until the connection is closed or it has lasted too long. */
async function dripped(url: string, beginning: string, mostMs: number): Promise<{ text: string; lastedMs: number }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  const from = performance.now();
  const chunk = beginning.includes('chunked') ? '1\r\nx\r\n' : 'x';
  socket.write(beginning);
  const drip = setInterval(() => socket.write(chunk), 1_000);
  const late = setTimeout(() => socket.destroy(), mostMs);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(drip);
  clearTimeout(late);
  return { text, lastedMs: performance.now() - from };
}
