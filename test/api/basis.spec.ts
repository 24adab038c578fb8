import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { MONTHS_OF_2024, VillageBooks } from '../support/village-books.js';

type Body = Record<string, unknown>;

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
let village: string;
let book: string;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  ({ village, id: book } = await books.book());
  await books.income(book, '2024-01-20', 100_00);
  await books.close(book, '2024-01');
  const { position } = await books.income(book, '2024-01-25', 30_00, { correction: { reason: '一月漏记' } });
  await ledger.get('/divisions', { 'ledger-min-position': String(position) });
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const income = async (of: string, basis: string, from: string) =>
  (await ledger.get<Body>(`${of}/income?from=${from}&to=${from}&basis=${basis}`)).body;

describe('basis', () => {
  it.each([
    ['a village', () => `/villages/${village}`],
    ['a township', () => '/divisions/330603008'],
    ['the district', () => '/divisions/330603'],
  ])('puts a late correction of %s in the month of the books, or in the one it belongs to', async (_, of) => {
    expect(await income(of(), 'booked', '2024-01')).toMatchObject({ basis: 'booked', totalFen: 100_00 });
    expect(await income(of(), 'booked', '2024-02')).toMatchObject({ totalFen: 30_00 });
    expect(await income(of(), 'restated', '2024-01')).toMatchObject({ basis: 'restated', totalFen: 130_00 });
    expect(await income(of(), 'restated', '2024-02')).toMatchObject({ totalFen: 0 });
    const { corrections } = await income(of(), 'restated', '2024-01');
    expect(corrections).toMatchObject([{ period: '2024-01', bookedPeriod: '2024-02', amountFen: 30_00, voucherNo: 1 }]);
  });

  it('is booked unless it is said', async () => {
    const { body } = await ledger.get(`/villages/${village}/income?from=2024-01&to=2024-01`);
    expect(body).toMatchObject({ basis: 'booked', totalFen: 100_00 });
  });

  it.each(['balances?', 'trial-balance?period=2024-01&'])('restated is not offered for %s', async (path) => {
    const answer = await ledger.get(`/books/${book}/${path}basis=restated`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'BASIS_NOT_OFFERED', field: 'basis' } });
  });
});

describe('inside an append of several facts', () => {
  it('knownAt means the append before it', async () => {
    const { id } = await books.book();
    await books.income(id, '2024-01-20', 100_00);
    await books.close(id, ...MONTHS_OF_2024);
    const before = (await ledger.get<{ head: number }>('/health/ready')).body.head;
    const { position: whole } = await books.closeYear(id, 2024);
    expect(whole - before).toBeGreaterThan(2);

    const asked = [
      `/books/${id}/balances?asOf=2024-12-31&`,
      `/books/${id}/vouchers?period=2024-12&`,
      '/events?limit=1000&',
    ];
    for (const question of asked) {
      const known = async (knownAt: number) => (await ledger.get(`${question}knownAt=${knownAt}`)).text;
      const [outside, after] = [await known(before), await known(whole)];
      expect(after).not.toBe(outside);
      for (let inside = before + 1; inside < whole; inside++) expect(await known(inside)).toBe(outside);
    }
  });
});
