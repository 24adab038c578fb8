import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Evidence } from '@ledger/domain';
import { expectProblem } from '../support/problems.js';
import { rawRequest, requestText } from '../support/raw-http.js';
import { type Answer, type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { attachable, notAttachable, pdf, type SampleFile } from '../support/sample-files.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { incomeBody, MONTHS_OF_2024, openingBody, VillageBooks } from '../support/village-books.js';

const LIMIT = 300_000;
const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;

beforeAll(async () => {
  ledger = await startLedger(directory.path, { env: { LEDGER_ATTACHMENT_LIMIT_BYTES: String(LIMIT) } });
  books = new VillageBooks(ledger);
  await books.district();
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const stored = (): string[] => readdirSync(join(directory.path, 'attachments')).filter((name) => name !== 'arriving');
const arriving = (): string[] => readdirSync(join(directory.path, 'attachments', 'arriving'));
const head = async (): Promise<number> => (await ledger.get<{ head: number }>('/health/ready')).body.head;
const authorization = `Bearer ${TOKEN}`;

const upload = ({ sha256, bytes }: SampleFile, headers: Record<string, string> = {}) =>
  ledger.put(`/attachments/${sha256}`, bytes, headers);

async function download(sha256: string, method = 'GET'): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await fetch(`${ledger.url}/api/v1/attachments/${sha256}`, { method, headers: { authorization } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const refused = ({ status, headers, body }: Answer) =>
  expectProblem({ status, contentType: headers.get('content-type') ?? '', body });

describe('an attachment', () => {
  it.each(Object.entries(attachable))('of type %s is taken, and given back as it was', async (mediaType, file) => {
    const { sha256, bytes } = file;
    const attachment = { sha256, mediaType, bytes: bytes.length };
    expect(await upload(file)).toMatchObject({ status: 201, body: attachment });
    expect(await upload(file)).toMatchObject({ status: 200, body: attachment });

    const answer = await download(sha256);
    expect([answer.status, answer.bytes.equals(bytes)]).toEqual([200, true]);
    const asked = await download(sha256, 'HEAD');
    expect([asked.status, asked.bytes.length]).toEqual([200, 0]);
    for (const { headers } of [answer, asked]) {
      expect(headers.get('content-type')).toBe(mediaType);
      expect(headers.get('content-length')).toBe(String(bytes.length));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-disposition')).toMatch(new RegExp(`^attachment; filename="${sha256}\\.[a-z]+"$`));
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    'application/json',
    'application/json; charset=gbk',
    'multipart/form-data; boundary=x',
    'image/gif',
    'x',
    '',
  ])('is what its bytes are, whatever %j says', async (type) => {
    const file = pdf(`sent as ${type}`);
    const said: Record<string, string> = type === '' ? {} : { 'content-type': type };
    expect(await upload(file, said)).toMatchObject({ status: 201, body: { mediaType: 'application/pdf' } });
  });

  it('may come in chunks without a length, up to the limit', async () => {
    const file = pdf('chunked', LIMIT);
    expect(await chunked(file)).toMatchObject({ status: 201 });
    expect((await download(file.sha256)).bytes.equals(file.bytes)).toBe(true);
  });

  it('is one when eight clients send it at once', async () => {
    const file = pdf('at once', LIMIT);
    const answers = await Promise.all(Array.from({ length: 8 }, () => upload(file)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => b - a)).toEqual([201, ...Array(7).fill(200)]);
    expect((await download(file.sha256)).bytes.equals(file.bytes)).toBe(true);
  });

  it('that the disk has damaged is not given out, and mended by sending it again', async () => {
    const file = pdf('damaged', 5_000);
    await upload(file);
    const path = join(directory.path, 'attachments', `${file.sha256}.pdf`);
    writeFileSync(path, readFileSync(path).fill('!', 3_000, 3_001));
    const answer = await ledger.get(`/attachments/${file.sha256}`);
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
    await ledger.printed(`${file.sha256}.pdf is damaged`);
    expect(answer.text).not.toContain(directory.path);
    expect((await upload(file)).status).toBe(200);
    expect((await download(file.sha256)).bytes.equals(file.bytes)).toBe(true);
  });
});

describe('an upload that is refused', () => {
  it.each([
    ['another hash', () => ({ ...pdf('one'), sha256: pdf('other').sha256 }), 'ATTACHMENT_HASH_MISMATCH'],
    ['a type that is not allowed', () => notAttachable['application/zip'] ?? pdf(), 'ATTACHMENT_TYPE_UNKNOWN'],
    ['nothing in it', () => ({ ...pdf(), bytes: Buffer.alloc(0) }), 'ATTACHMENT_HASH_MISMATCH'],
    ['a byte too many', () => pdf('', LIMIT + 1), 'ATTACHMENT_TOO_LARGE'],
    ['a hash in capitals', () => ({ ...pdf(), sha256: pdf().sha256.toUpperCase() }), 'INPUT_INVALID'],
    ['no hash', () => ({ ...pdf(), sha256: '..%2f..%2fetc%2fpasswd' }), 'INPUT_INVALID'],
  ] as const)('for %s leaves nothing', async (_, file, code) => {
    const [before, position] = [stored(), await head()];
    expect(refused(await upload(file()))).toBe(code);
    expect([stored(), arriving(), await head()]).toEqual([before, [], position]);
  });

  it('as it grows over the limit says so, without a length that it cannot know', async () => {
    const { status, body } = await chunked(pdf('', 3 * LIMIT));
    expect([status, body]).toEqual([413, expect.objectContaining({ facts: { limitBytes: LIMIT } })]);
    expect(arriving()).toEqual([]);
  });

  it.each([
    ['too large', pdf('', 2 * LIMIT), {}],
    ['of the wrong hash', { ...pdf('', LIMIT), sha256: 'f'.repeat(64) }, {}],
    ['without a token', pdf('', LIMIT), { authorization: '' }],
  ])('because it is %s leaves its connection to the next request', async (_, file, headers) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { status } = await send(agent, 'PUT', `/attachments/${file.sha256}`, headers, file.bytes);
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await send(agent, 'GET', '/divisions', {})).status).toBe(200);
    agent.destroy();
  });

  it('because its client went away leaves nothing', async () => {
    const file = pdf('went away', LIMIT);
    const [before, printed] = [stored(), ledger.output()];
    const { hostname, port } = new URL(ledger.url);
    const socket = connect(Number(port), hostname);
    const headers = { authorization, 'content-length': String(file.bytes.length) };
    socket.write(requestText(`PUT /api/v1/attachments/${file.sha256}`, headers));
    socket.write(file.bytes.subarray(0, LIMIT / 2));
    while (arriving().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    while (arriving().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(stored()).toEqual(before);
    // It is nothing that an operator has to look at.
    expect(ledger.output()).toBe(printed);
  });

  it.each(['PUT', 'GET', 'HEAD'])('or a question by %s, because of a query', async (method) => {
    const path = `/api/v1/attachments/${pdf().sha256}?asOf=2024-01-01`;
    const { status, body } = await rawRequest(ledger.url, requestText(`${method} ${path}`, { authorization }));
    expect(status).toBe(400);
    if (method !== 'HEAD') expect(body['code']).toBe('INPUT_INVALID');
  });
});

/** The evidence of the newest facts, as their bytes say it. */
const ofNewest = async (facts: number) => {
  const { body } = await ledger.get<{ rows: { fact: string }[] }>('/events?limit=1000');
  return body.rows.slice(-facts).map(({ fact }) => (JSON.parse(fact) as { evidence: Evidence[] }).evidence);
};

describe('evidence', () => {
  const invoice = pdf('发票');
  const photo = attachable['image/jpeg'] ?? pdf();
  const asEvidence: Evidence[] = [
    { sha256: invoice.sha256, mediaType: 'application/pdf', bytes: invoice.bytes.length },
    { sha256: photo.sha256, mediaType: 'image/jpeg', bytes: photo.bytes.length },
  ];
  const evidence = asEvidence.map(({ sha256 }) => sha256);

  beforeAll(async () => {
    await upload(invoice);
    await upload(photo);
  });

  it('is in the fact and in the voucher, with type and length and without a name', async () => {
    const { id } = await books.book();
    await books.income(id, '2024-01-20', 100_00, { evidence });
    expect(await ofNewest(1)).toEqual([asEvidence]);
    const { body } = await ledger.get<{ voucher: { evidence: Evidence[] } }>(`/books/${id}/vouchers/2024-01/1`);
    expect(body.voucher.evidence).toEqual(asEvidence);
    await books.income(id, '2024-01-21', 100_00);
    expect(await ofNewest(1)).toEqual([[]]);
  });

  it('is in every fact of an append', async () => {
    const { id } = await books.book();
    const { facts } = await books.accepted(`/books/${id}/opening-balances`, openingBody(200, { evidence }));
    expect(facts).toHaveLength(2);
    expect(await ofNewest(2)).toEqual([asEvidence, asEvidence]);

    await books.income(id, '2024-01-20', 100_00);
    await books.close(id, ...MONTHS_OF_2024);
    const closed = await books.closeYear(id, 2024, { evidence });
    expect(closed.facts.length).toBeGreaterThan(2);
    expect(await ofNewest(closed.facts.length)).toEqual(closed.facts.map(() => asEvidence));
  });

  it('can be given to every command', async () => {
    await books.accepted('/divisions', { code: '330603009', name: '平水镇', effectiveOn: '2020-01-01', evidence });
    expect(await ofNewest(1)).toEqual([asEvidence]);
  });

  it('belongs to the request, and is not looked for when that is repeated', async () => {
    const { id } = await books.book();
    const headers = { 'idempotency-key': 'with-evidence' };
    const body = incomeBody('2024-01-20', 100, { evidence });
    const first = await ledger.post(`/books/${id}/income`, body, headers);
    const again = await ledger.post(`/books/${id}/income`, body, headers);
    expect([again.status, again.text]).toEqual([201, first.text]);
    const other = await ledger.post(`/books/${id}/income`, incomeBody('2024-01-20', 100), headers);
    expect(refused(other)).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it.each([
    ['twice the same', [invoice.sha256, invoice.sha256]],
    ['more than twenty', Array.from({ length: 21 }, (_, n) => n.toString(16).padStart(64, '0'))],
    ['a hash in capitals', [invoice.sha256.toUpperCase()]],
    ['a file name', ['发票.pdf']],
    ['no list', invoice.sha256],
  ])('that is %s is refused', async (_, said) => {
    const { id } = await books.book();
    const position = await head();
    const answer = await ledger.post(`/books/${id}/income`, incomeBody('2024-01-20', 100, { evidence: said }));
    expect(refused(answer)).toBe('INPUT_INVALID');
    expect(answer.body['facts']).toMatchObject({ problems: [{ field: 'evidence' }] });
    expect(await head()).toBe(position);
  });
});

/** An upload that does not say how long it is. */
async function chunked({ sha256, bytes }: SampleFile): Promise<{ status: number; body: unknown }> {
  const agent = new Agent();
  const answer = await send(agent, 'PUT', `/attachments/${sha256}`, { 'transfer-encoding': 'chunked' }, bytes);
  agent.destroy();
  return { status: answer.status, body: JSON.parse(answer.text) };
}

async function send(
  agent: Agent,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<{ status: number; text: string }> {
  const length = body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': String(body.length) };
  const asked = request(`${ledger.url}/api/v1${path}`, {
    agent,
    method,
    headers: { authorization, ...length, ...headers },
  });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks = (await response.toArray()) as Buffer[];
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}
