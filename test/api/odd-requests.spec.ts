import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/problems.js';
import { rawRequest, requestText } from '../support/raw-http.js';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const head = async (): Promise<number> => (await ledger.get<{ head: number }>('/health/ready')).body.head;
const authorization = `Bearer ${TOKEN}`;
const json = { authorization, 'content-type': 'application/json', 'idempotency-key': 'odd' };
const body = JSON.stringify({ code: '330603', name: '柯桥区', effectiveOn: '2020-01-01' });
const POST = 'POST /api/v1/divisions';

const codeOf = async (request: string | Buffer) => expectProblem(await rawRequest(ledger.url, request));

describe('a method', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'LOCK', 'SEARCH'])(
    '%s leads to no route',
    async (method) => {
      for (const path of ['/api/v1/divisions', '/api/v1/books/a/income', '/health/live', '/openapi.json']) {
        expect(await codeOf(requestText(`${method} ${path}`, { authorization }))).toBe('ROUTE_UNKNOWN');
      }
    },
  );

  it.each(['get', 'FOO', '', 'GET\t', 'Ｇet', 'GET GET'])('%j is not HTTP', async (method) => {
    expect(await codeOf(requestText(`${method} /api/v1/divisions`, { authorization }))).toBe('INPUT_INVALID');
  });

  it('HEAD answers as GET does, without the body', async () => {
    const { status, text } = await rawRequest(ledger.url, requestText('HEAD /api/v1/divisions', { authorization }));
    expect(status).toBe(200);
    expect(text.split('\r\n\r\n')[1]).toBe('');
    const response = await fetch(`${ledger.url}/api/v1/books/a/income`, { method: 'HEAD', headers: { authorization } });
    expect(response.status).toBe(404);
  });

  it('CONNECT opens no way through', async () => {
    const { text } = await rawRequest(ledger.url, 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: ledger\r\n\r\n');
    expect(text).toBe('');
  });
});

describe('a path', () => {
  it.each([
    ['/api/v1/divisions/%00/income?from=2024-01&to=2024-01', 'DIVISION_CODE_INVALID'],
    ['/api/v1/divisions/330603%00/income?from=2024-01&to=2024-01', 'DIVISION_CODE_INVALID'],
    ['/api/v1/divisions/%ff/income?from=2024-01&to=2024-01', 'INPUT_INVALID'],
    ['/api/v1/books/%E8%B4/balances', 'INPUT_INVALID'],
    ['/api/v1/%', 'INPUT_INVALID'],
    ['/api/v1/%zz', 'INPUT_INVALID'],
    ['/api/v1/books/..%2f..%2fetc%2fpasswd/balances', 'BOOK_UNKNOWN'],
    ['/api/v1/books/__proto__/balances', 'BOOK_UNKNOWN'],
    ['/api/v1/books/constructor/balances', 'BOOK_UNKNOWN'],
    ['/api/v1/books/%E8%B4%A6/balances', 'BOOK_UNKNOWN'],
    ["/api/v1/books/a'%20OR%201=1--/balances", 'BOOK_UNKNOWN'],
    [`/api/v1/books/${'x'.repeat(201)}/balances`, 'ROUTE_UNKNOWN'],
    [`/api/v1/books/${'x'.repeat(8_000)}/balances`, 'ROUTE_UNKNOWN'],
    [`/${'a/'.repeat(4_000)}`, 'ROUTE_UNKNOWN'],
    [`/api/v1/divisions?${'x'.repeat(20_000)}`, 'INPUT_INVALID'],
    ['/api/v1/../../etc/passwd', 'ROUTE_UNKNOWN'],
    ['/docs/..%2f..%2fpackage.json', 'ROUTE_UNKNOWN'],
    ['/docs/../package.json', 'INPUT_INVALID'],
    ['//api/v1/divisions', 'ROUTE_UNKNOWN'],
    ['/api/v1/divisions/', 'ROUTE_UNKNOWN'],
    ['/API/V1/DIVISIONS', 'ROUTE_UNKNOWN'],
    ['/api/v1/divisions%3Fx', 'ROUTE_UNKNOWN'],
    ['/', 'ROUTE_UNKNOWN'],
    ['*', 'ROUTE_UNKNOWN'],
    ['/problems/__proto__', 'ROUTE_UNKNOWN'],
    ['/problems/toString', 'ROUTE_UNKNOWN'],
    ['/api/v1/books/a/trial-balance?period=2024-13', 'INPUT_INVALID'],
    ['/api/v1/books/a/vouchers/2024-1/1', 'INPUT_INVALID'],
    ['/api/v1/books/a/vouchers/2024-01/0', 'INPUT_INVALID'],
    ['/api/v1/books/a/vouchers/2024-01/1.5', 'INPUT_INVALID'],
    ['/api/v1/books/a/vouchers/2024-01/123456', 'INPUT_INVALID'],
  ])('%s is answered in words', async (path, code) => {
    expect(await codeOf(requestText(`GET ${path}`, { authorization }))).toBe(code);
  });
});

describe('a query', () => {
  it.each([
    'asOf=2024-01-01&asOf=2024-01-02',
    'asOf[]=2024-01-01',
    'asOf[0]=2024-01-01',
    'asOf.x=2024-01-01',
    'asOf',
    'asOf=',
    'asOf=%00',
    'asOf=%ff',
    'asOf=2024-02-30',
    'asOf=20240101',
    'asOf=NaN',
    'asOf=1e400',
    'knownAt=1&knownAt=2',
    'knownAt=1.5',
    'knownAt=1e3',
    'knownAt=0x10',
    'knownAt=%2B1',
    'knownAt=9999999999999999',
    'knownAt=2024-02-30T00:00:00Z',
    'knownAt=2024-01-01',
    'knownAt=2024-01-01T25:00:00Z',
    '__proto__=x',
    '__proto__[admin]=true',
    'constructor=x',
    'constructor[prototype]=x',
    'hasOwnProperty=x',
    'toString',
    '%',
    '=',
    'ASOF=2024-01-01',
  ])('?%s is refused', async (query) => {
    expect(await codeOf(requestText(`GET /api/v1/divisions?${query}`, { authorization }))).toBe('INPUT_INVALID');
  });

  it.each([
    'limit=0',
    'limit=1001',
    'limit=-1',
    'limit=1e2',
    'after=0',
    'after=%00',
    'after=YWZ0ZXI6LTE',
    'limit=1&limit=2',
  ])('of the facts ?%s is refused', async (query) => {
    expect(await codeOf(requestText(`GET /api/v1/events?${query}`, { authorization }))).toBe('INPUT_INVALID');
  });

  it.each([
    ['/books?division=33060399', 'division', '6位、9位或12位'],
    ['/reports/monthly-income?scope=33060399&period=2024-01', 'scope', '6, 9 or 12 digits'],
    ['/events?limit=5000', 'limit', '1至1000'],
  ])('of %s says what is wanted of %s', async (path, field, wanted) => {
    const { body: problem } = await rawRequest(ledger.url, requestText(`GET /api/v1${path}`, { authorization }));
    expect(problem).toMatchObject({ code: 'INPUT_INVALID', facts: { problems: [{ field }] } });
    expect(`${String(problem['messageZh'])} ${String(problem['messageEn'])}`).toContain(wanted);
  });

  it('has no place on a write', async () => {
    expect(await codeOf(requestText(`${POST}?dryRun=true`, json, body))).toBe('INPUT_INVALID');
    expect(await head()).toBe(1);
  });
});

describe('a header', () => {
  it.each([
    ['two keys', 'idempotency-key: a\r\nidempotency-key: b'],
    ['an empty key', 'idempotency-key: '],
    ['a key of 10,000 characters', `idempotency-key: ${'k'.repeat(10_000)}`],
    ['a key with a space', 'idempotency-key: a b'],
    ['a key that is not ASCII', 'idempotency-key: 键'],
    ['two revisions', 'idempotency-key: a\r\nif-match: "1"\r\nif-match: "2"'],
    ['a revision without quotes', 'idempotency-key: a\r\nif-match: 1'],
    ['a NUL', 'idempotency-key: a\r\nx-note: a\0b'],
    ['a space in its name', 'idempotency-key: a\r\nx note: b'],
    ['a bare line feed', 'idempotency-key: a\r\nx-note: b\n c: d'],
    ['20,000 characters', `idempotency-key: a\r\nx-note: ${'x'.repeat(20_000)}`],
    ['3,000 others', `idempotency-key: a\r\n${'x: y\r\n'.repeat(3_000)}x: y`],
  ])('with %s is refused', async (_, header) => {
    const { 'idempotency-key': _key, ...others } = json;
    const request = requestText(POST, others, body).replace('\r\n\r\n', `\r\n${header}\r\n\r\n`);
    expect(await codeOf(request)).toBe('INPUT_INVALID');
    expect(await head()).toBe(1);
  });

  it.each([
    ['none', ''],
    ['no scheme', TOKEN],
    ['another scheme', `Basic ${TOKEN}`],
    ['another token', `Bearer ${TOKEN}x`],
    ['two tokens', `Bearer ${TOKEN} ${TOKEN}`],
    ['a longer token', `Bearer ${'x'.repeat(8_000)}`],
  ])('authorization with %s opens nothing', async (_, said) => {
    expect(await codeOf(requestText('GET /api/v1/divisions', { authorization: said }))).toBe('TOKEN_REQUIRED');
    expect(await codeOf(requestText(POST, { ...json, authorization: said }, body))).toBe('TOKEN_REQUIRED');
    expect(await head()).toBe(1);
  });
});

describe('a request in disguise', () => {
  const smuggled = requestText(POST, json, body);
  const { 'content-type': type } = json;

  it.each([
    ['two lengths', { 'content-length': '4\r\ncontent-length: 5' }, 'abcd'],
    ['a length and chunks', { 'content-length': '4', 'transfer-encoding': 'chunked' }, `0\r\n\r\n${smuggled}`],
    ['an unknown coding', { 'content-length': '', 'transfer-encoding': 'xchunked' }, `0\r\n\r\n${smuggled}`],
    [
      'chunks that are coded twice',
      { 'content-length': '', 'transfer-encoding': 'chunked, identity' },
      `0\r\n\r\n${smuggled}`,
    ],
    ['a negative length', { 'content-length': '-1' }, smuggled],
    ['a length that is no number', { 'content-length': '0x10' }, smuggled],
    ['a length with a sign', { 'content-length': '+4' }, smuggled],
    ['a chunk that is no number', { 'content-length': '', 'transfer-encoding': 'chunked' }, `zz\r\n${smuggled}`],
    ['a space before the colon', { 'content-length': '0', 'transfer-encoding ': 'chunked' }, `0\r\n\r\n${smuggled}`],
    ['a length that is too large a number', { 'content-length': '99999999999999999999' }, smuggled],
  ])('with %s is refused whole', async (_, headers, text) => {
    const request = requestText(
      POST,
      { authorization, 'content-type': type, connection: 'keep-alive', ...headers },
      text,
    );
    const answer = await rawRequest(ledger.url, request);
    expect(expectProblem(answer)).toBe('INPUT_INVALID');
    expect(answer.text.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
    expect(await head()).toBe(1);
  });

  it('that is not HTTP at all is refused', async () => {
    expect(await codeOf(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]))).toBe('INPUT_INVALID');
    expect(await codeOf('SSH-2.0-OpenSSH_9.6\r\n\r\n')).toBe('INPUT_INVALID');
    expect(await codeOf('GET / HTTP/3.0\r\nhost: x\r\n\r\n')).toBe('INPUT_INVALID');
  });

  it('that ends in the middle records nothing', async () => {
    const { text } = await rawRequest(ledger.url, requestText(POST, { ...json, 'content-length': '5000' }, body), 200);
    expect(text).toBe('');
    expect(await head()).toBe(1);
  });

  it('in another encoding than UTF-8 is refused, and not recorded as replacement characters', async () => {
    const gb18030 = Buffer.concat([
      Buffer.from('{"code":"330603","effectiveOn":"2020-01-01","name":"'),
      Buffer.from([0xbf, 0xc2, 0xc7, 0xc5, 0xc7, 0xf8]),
      Buffer.from('"}'),
    ]);
    const opening = requestText(POST, { ...json, 'content-length': String(gb18030.length) });
    expect(await codeOf(Buffer.concat([Buffer.from(opening), gb18030]))).toBe('INPUT_INVALID');
    expect(await head()).toBe(1);
  });
});
