import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { incomeBody, SIGNED, VillageBooks, voucherBody } from '../support/village-books.js';

const OLD = 'village-2004';
const NEW = 'rural-collective-2024';

interface Rows {
  readonly rows: readonly { readonly account: string; readonly balanceFen: number }[];
}
interface Book {
  readonly knownAt: number;
  readonly views: Record<string, number>;
  readonly book: { readonly standard: string; readonly standards: readonly object[] };
}

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
let id = '';
let village = '';
let closed = 0;
let converted = 0;
let head = 0;

/** A book of December 2023 that is owed a rent, closes its year, comes to the new standard and is paid in January. */
beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  ({ id, village } = await books.book({ startPeriod: '2023-12', standard: OLD }));
  const trees = [
    { account: '13202', side: 'debit', amountFen: 900_00 },
    { account: '301', side: 'credit', amountFen: 900_00 },
  ];
  await books.accepted(`/books/${id}/vouchers`, voucherBody('2023-12-05', trees));
  const owed = { account: '51101', settlement: { account: '112', party: 'tenant-1' } };
  await books.income(id, '2023-12-20', 500_00, owed);
  closed = (await books.closeYear(id, 2023)).position;
  const allocations = [
    { account: '13202', to: '134', amountFen: 700_00 },
    { account: '13202', to: '131', amountFen: 200_00 },
  ];
  converted = (await books.accepted(`/books/${id}/standard`, { from: '2024-01', allocations, ...SIGNED })).position;
  const settles = { period: '2023-12', voucherNo: 2 };
  const paid = [
    { account: '102', side: 'debit', amountFen: 500_00 },
    { account: '112', side: 'credit', amountFen: 500_00, party: 'tenant-1', settles },
  ];
  await books.accepted(`/books/${id}/vouchers`, voucherBody('2024-01-10', paid));
  head = (await books.income(id, '2024-01-15', 300_00)).position;
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const headers = () => ({ 'Ledger-Min-Position': String(head) });
const get = async <T>(path: string): Promise<T> => {
  const answer = await ledger.get<T>(path, headers());
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.body;
};
const balances = async (asOf: string, knownAt: number) => {
  const { rows } = await get<Rows>(`/books/${id}/balances?asOf=${asOf}&knownAt=${knownAt}`);
  return Object.fromEntries(rows.map(({ account, balanceFen }) => [account, balanceFen]));
};

const charts = async (asOf: string, knownAt: number) => {
  const { rows } = await get<Rows>(`/books/${id}/accounts?asOf=${asOf}&knownAt=${knownAt}`);
  return [...new Set(rows.map(({ account }) => account.split(':')[0]))];
};

describe('a book that changes its standard, over REST', () => {
  it('says its standards with the months from which they hold, at both times', async () => {
    const book = (asOf: string, knownAt: number) => get<Book>(`/books/${id}?asOf=${asOf}&knownAt=${knownAt}`);
    const after = await book('2024-01-01', head);
    expect(after.knownAt).toBe(head);
    expect(Object.keys(after.views)).toEqual(['book', 'book_standard', 'division', 'organization']);
    expect(after.book).toMatchObject({
      id,
      village,
      standard: NEW,
      standards: [
        { standard: OLD, from: '2023-12' },
        { standard: NEW, from: '2024-01', position: converted },
      ],
    });
    expect((await book('2023-12-31', head)).book).toMatchObject({ standard: OLD, standards: [{ standard: OLD }] });
    expect((await book('2024-01-01', closed)).book).toMatchObject({ standard: OLD, standards: [{ standard: OLD }] });
    const { rows } = await get<{ rows: Book['book'][] }>(`/books?asOf=2024-01-01&division=${village}`);
    expect(rows).toEqual([after.book]);
    expect((await ledger.get(`/books/${id}?when=now`, headers())).status).toBe(400);
    expect((await ledger.get('/books/unknown', headers())).body['code']).toBe('BOOK_UNKNOWN');
  });

  it('has the same balances on both sides of the turn of the year, under the accounts of each', async () => {
    const december = await balances('2023-12-31', head);
    expect(december).toEqual({
      [`${OLD}:112`]: 500_00,
      [`${OLD}:13202`]: 900_00,
      [`${OLD}:301`]: -900_00,
      [`${OLD}:32202`]: -500_00,
      // Income and its closing: no balance, but turnover in December.
      [`${OLD}:321`]: 0,
      [`${OLD}:51101`]: 0,
    });
    expect(await balances('2024-01-01', head)).toEqual({
      [`${NEW}:112`]: 500_00,
      [`${NEW}:131`]: 200_00,
      [`${NEW}:134`]: 700_00,
      [`${NEW}:301`]: -900_00,
      [`${NEW}:32202`]: -500_00,
    });
    expect(await balances('2024-01-01', closed)).toEqual(
      Object.fromEntries(Object.entries(december).filter(([, fen]) => fen !== 0)),
    );
    expect(await balances('2024-01-31', head)).toMatchObject({ [`${NEW}:102`]: 800_00, [`${NEW}:50102`]: -300_00 });
  });

  it('has one series of operating income, by role', async () => {
    const year = await get<{ operatingFen: number; rows: { account: string; period: string }[] }>(
      `/villages/${village}/income?from=2023-12&to=2024-01&asOf=2024-12-31`,
    );
    expect(year.operatingFen).toBe(800_00);
    expect(year.rows.map(({ account, period }) => [period, account])).toEqual([
      ['2023-12', `${OLD}:51101`],
      ['2024-01', `${NEW}:50102`],
    ]);
  });

  it('lists the accounts of the standard of the day', async () => {
    expect(await charts('2023-12-31', head)).toEqual([OLD]);
    expect(await charts('2024-01-01', head)).toEqual([NEW]);
    expect(await charts('2024-01-01', closed)).toEqual([OLD]);
  });

  it('has cards and books agree on both sides, and depreciates on under the new chart', async () => {
    const { id: book } = await books.book({ startPeriod: '2023-12', standard: OLD });
    const lines = [
      { account: '151', side: 'debit', amountFen: 120_000_00 },
      { account: '152', side: 'credit', amountFen: 20_000_00 },
      { account: '301', side: 'credit', amountFen: 100_000_00 },
    ];
    await books.accepted(`/books/${book}/opening-balances`, { ...SIGNED, lines });
    await books.accepted(`/books/${book}/assets`, {
      name: '加工厂房',
      class: 'OPERATING',
      category: 'BUILDING',
      source: 'BUILT',
      costFen: 120_000_00,
      lifeMonths: 120,
      depreciationAccount: '502',
      opening: { accumulatedDepreciationFen: 20_000_00 },
      effectiveOn: '2022-03-31',
    });
    const depreciate = (period: string, account: string) =>
      books.accepted(`/books/${book}/depreciation`, { period, account, ...SIGNED });
    await depreciate('2023-12', '541');
    await books.closeYear(book, 2023);
    await books.accepted(`/books/${book}/standard`, { from: '2024-01', ...SIGNED });
    const { position } = await depreciate('2024-01', '51305');
    const at = { 'ledger-min-position': String(position) };
    for (const asOf of ['2023-12-31', '2024-01-01', '2024-01-31']) {
      const { body } = await ledger.get(`/books/${book}/asset-comparison?asOf=${asOf}`, at);
      const total = { cost: { booksFen: 120_000_00 } };
      expect([asOf, body]).toMatchObject([asOf, { consistent: true, total }]);
    }
    const { body } = await ledger.get<Rows>(`/books/${book}/balances?asOf=2024-01-31`, at);
    expect(body.rows.map(({ account }) => account)).toContain(`${NEW}:511`);
  });

  it('gives the first receipt again when it is asked again with the same key, and is refused with another', async () => {
    const again = await ledger.post(`/books/${id}/standard`, { from: '2024-01', ...SIGNED });
    expect([again.status, again.body['code']]).toEqual([422, 'STANDARD_CURRENT']);
    const other = await books.book({ startPeriod: '2023-12', standard: OLD });
    await books.closeYear(other.id, 2023);
    const key = { 'idempotency-key': 'convert-once' };
    const body = { from: '2024-01', ...SIGNED };
    const first = await books.accepted(`/books/${other.id}/standard`, body, key);
    expect(await books.accepted(`/books/${other.id}/standard`, body, key)).toEqual(first);
    expect((await ledger.post(`/books/${other.id}/income`, incomeBody('2024-01-05', 100))).status).toBe(201);
  });
});
