import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { cardBody } from './access/places.js';
import { creditCode, expenseBody, incomeBody, VillageBooks } from '../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const head = async (): Promise<number> => (await ledger.get<{ head: number }>('/health/ready')).body.head;
const restart = async (): Promise<void> => {
  expect(await ledger.stop()).toBe(0);
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
};
const keyed = (key: string, more: Record<string, string> = {}) => ({ 'idempotency-key': key, ...more });

/** Another book in a village of its own; the serial goes on where an earlier process left it. */
let serial = 100;
const newBook = async (): Promise<string> => {
  const code = `330603008${++serial}`;
  await books.accepted('/divisions', { code, name: `示例${serial}村`, effectiveOn: '2020-01-01' });
  const organization = { creditCode: creditCode(serial), name: '合作社', kind: 'COLLECTIVE', village: code };
  await books.accepted('/organizations', { ...organization, effectiveOn: '2020-01-01' });
  const { stream } = await books.accepted('/books', {
    organization: organization.creditCode,
    name: '账套',
    standard: 'rural-collective-2024',
    startPeriod: '2024-01',
  });
  return stream.slice('book-'.length);
};

describe('a receipt', () => {
  it('says where the facts stand, in its body and its headers', async () => {
    const book = await newBook();
    const before = await head();
    const answer = await ledger.post(`/books/${book}/income`, incomeBody('2024-01-20', 100_00));

    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      position: before + 1,
      stream: `ledger-${book}-2024`,
      revision: 0,
      facts: [{ id: expect.any(String), type: 'IncomeRecorded', revision: 0 }],
    });
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(answer.headers.get('ledger-position')).toBe(String(before + 1));
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(await head()).toBe(before + 1);
  });

  it('names what was made by the id that its requests take, also when it is given again', async () => {
    const book = await newBook();
    const village = `330603008${serial}`;
    const made = async (path: string, body: object): Promise<string> => {
      const key = keyed(`made-${path}`);
      const [first, again] = [await ledger.post(path, body, key), await ledger.post(path, body, key)];
      expect([first.status, again.text]).toEqual([201, first.text]);
      return String(first.body['id']);
    };
    const grant = { account: 'clerk-1', role: 'VILLAGE_CLERK', division: village, from: '2024-01-01' };
    const taken = await ledger.post(`/grants/${await made('/grants', grant)}/revocation`, { reason: '岗位调整' });
    expect(taken.status).toBe(201);
    const household = await made('/households', { village, effectiveOn: '2024-01-01' });
    const proposed = { name: '一桌土菜', kind: 'VEGETABLE_BRAND', leadVillage: village, effectiveOn: '2024-01-01' };
    const project = await made('/projects', proposed);
    expect(await made(`/books/${book}/assets`, cardBody())).toBe(`${book}-1`);
    for (const path of [`/households/${household}`, `/projects/${project}`, `/assets/${book}-1`]) {
      expect((await ledger.get(path, { 'ledger-min-position': String(await head()) })).status).toBe(200);
    }
  });

  it('makes a read wait until the views are there', async () => {
    const book = await newBook();
    for (let amountFen = 1; amountFen <= 20; amountFen++) {
      const { headers } = await ledger.post(`/books/${book}/income`, incomeBody('2024-01-20', amountFen));
      const position = headers.get('ledger-position') ?? '';
      const { body } = await ledger.get(`/books/${book}/vouchers?period=2024-01`, { 'ledger-min-position': position });
      expect(body['rows']).toHaveLength(amountFen);
      expect(body['knownAt']).toBeGreaterThanOrEqual(Number(position));
    }
  });

  it('of a position that has not come is refused, and so is what is none', async () => {
    const later = await ledger.get('/divisions', { 'ledger-min-position': String((await head()) + 1) });
    expect(later).toMatchObject({ status: 422, body: { code: 'KNOWN_AT_IN_FUTURE', field: 'Ledger-Min-Position' } });
    const none = await ledger.get('/divisions', { 'ledger-min-position': 'newest' });
    expect(none).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  });
});

const receipt = ({ body, headers }: Answer) => ({
  body,
  etag: headers.get('etag'),
  position: headers.get('ledger-position'),
});

describe('an idempotency key', () => {
  it('answers the same request with the first receipt, also in another process', async () => {
    const book = await newBook();
    const [path, body] = [`/books/${book}/income`, incomeBody('2024-01-20', 100_00)];
    const first = await ledger.post(path, body, keyed('rent-january'));
    await books.income(book, '2024-01-21', 50_00);
    const before = await head();

    const again = await ledger.post(path, body, keyed('rent-january'));
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(receipt(again)).toEqual(receipt(first));

    const reordered = Object.fromEntries(Object.entries(body).toReversed());
    expect(receipt(await ledger.post(path, reordered, keyed('rent-january')))).toEqual(receipt(first));
    expect(receipt(await ledger.post(path, body, keyed('rent-january', { 'if-match': '"7"' })))).toEqual(
      receipt(first),
    );

    await restart();
    const afterwards = await ledger.post(path, body, keyed('rent-january'));
    expect(afterwards.headers.get('idempotency-replayed')).toBe('true');
    expect(receipt(afterwards)).toEqual(receipt(first));
    expect(await head()).toBe(before);
  });

  it('is refused for another body, another route and another book, also in another process', async () => {
    const [book, other] = [await newBook(), await newBook()];
    const body = incomeBody('2024-01-20', 100_00);
    await books.accepted(`/books/${book}/income`, body, keyed('used'));
    const before = await head();
    const reuses: [string, object][] = [
      [`/books/${book}/income`, incomeBody('2024-01-20', 100_01)],
      [`/books/${book}/income`, { ...body, attachmentCount: 0 }],
      [`/books/${book}/expenses`, body],
      [`/books/${other}/income`, body],
      ['/divisions', { code: '330603008001', name: '村', effectiveOn: '2020-01-01' }],
    ];
    for (const attempt of ['at once', 'after a restart']) {
      if (attempt === 'after a restart') await restart();
      for (const [path, reuse] of reuses) {
        const refused = await ledger.post(path, reuse, keyed('used'));
        expect(refused).toMatchObject({
          status: 422,
          body: { code: 'IDEMPOTENCY_KEY_REUSED', facts: { key: 'used' } },
        });
      }
    }
    expect(await head()).toBe(before);
  });

  it('records once what comes 64 times at once', async () => {
    const book = await newBook();
    const before = await head();
    const copies = await Promise.all(
      Array.from({ length: 64 }, async () =>
        ledger.post(`/books/${book}/income`, incomeBody('2024-01-20', 100_00), keyed('sixty-four')),
      ),
    );
    expect(new Set(copies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(copies.map(({ text }) => text)).size).toBe(1);
    expect(copies.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await head()).toBe(before + 1);
  });

  it('gives 64 different requests of one book numbers without gaps', async () => {
    const book = await newBook();
    const answers = await Promise.all(
      Array.from({ length: 64 }, async (_, i) => ledger.post(`/books/${book}/income`, incomeBody('2024-01-20', i + 1))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const { body } = await ledger.get<{ rows: { voucherNo: number }[] }>(`/books/${book}/vouchers?period=2024-01`, {
      'ledger-min-position': String(await head()),
    });
    expect(body.rows.map(({ voucherNo }) => voucherNo)).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
  });

  it('of a refused command is free, and the retry is decided afresh', async () => {
    const book = await newBook();
    const expense = expenseBody('2024-01-25', 80_00, { settlement: { account: '101' } });
    const path = `/books/${book}/expenses`;
    for (let attempt = 0; attempt < 2; attempt++) {
      const refused = await ledger.post(path, expense, keyed('cash-needed'));
      expect(refused).toMatchObject({ status: 422, body: { code: 'CASH_NEGATIVE' } });
    }
    await books.income(book, '2024-01-20', 100_00, { settlement: { account: '101' } });
    const accepted = await ledger.post(path, expense, keyed('cash-needed'));
    expect(accepted.status).toBe(201);
    expect(accepted.headers.get('idempotency-replayed')).toBeNull();
  });

  it('must be there', async () => {
    const response = await fetch(`${ledger.url}/api/v1/divisions`, {
      method: 'POST',
      headers: { authorization: 'Bearer token-for-the-tests-only', 'content-type': 'application/json' },
      body: JSON.stringify({ code: '330603008002', name: '村', effectiveOn: '2020-01-01' }),
    });
    expect(response.status).toBe(400);
    const problems = [{ field: 'Idempotency-Key' }];
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', facts: { problems } });
  });
});

describe('If-Match', () => {
  it('lets a command through at its revision only', async () => {
    const book = await newBook();
    const post = async (revision: string) =>
      ledger.post(`/books/${book}/income`, incomeBody('2024-01-20', 100_00), { 'if-match': revision });
    const first = await ledger.post(`/books/${book}/income`, incomeBody('2024-01-20', 100_00));
    const second = await post(first.headers.get('etag') ?? '');
    expect(second).toMatchObject({ status: 201, body: { revision: 1 } });
    expect(await post('"0"')).toMatchObject({ status: 412, body: { code: 'REVISION_STALE', facts: { actual: 1 } } });
    expect(await post('"2"')).toMatchObject({ status: 412, body: { code: 'REVISION_STALE' } });
    expect(await post('"1"')).toMatchObject({ status: 201, body: { revision: 2 } });
    for (const malformed of ['2', 'W/"2"', '*', '"-1"', '""'])
      expect(await post(malformed)).toMatchObject({ status: 400 });
  });

  it('lets one of many through that rest on the same revision', async () => {
    const book = await newBook();
    await books.income(book, '2024-01-20', 100_00);
    const answers = await Promise.all(
      Array.from({ length: 16 }, async (_, i) =>
        ledger.post(`/books/${book}/income`, incomeBody('2024-01-21', i + 1), { 'if-match': '"0"' }),
      ),
    );
    const counts = Map.groupBy(answers, ({ status }) => status);
    expect([counts.get(201)?.length, counts.get(412)?.length]).toEqual([1, 15]);
  });
});
