import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { SIGNED, VillageBooks, voucherBody } from '../support/village-books.js';
import { hill, van } from './refusals/assets.js';

type Body = Record<string, unknown>;
type Rows = { rows: Body[]; next: string | null; consistent: boolean };

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
let book: string;
let village: string;
/** After the van was bought and booked, and before anything else. */
let bought = 0;

const get = async <B = Rows>(path: string): Promise<B> => {
  const { status, body, text } = await ledger.get<B>(path);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return body;
};
const head = async () => (await ledger.get<{ head: number }>('/health/ready')).body.head;
const postings = async () => (await get(`/books/${book}/asset-postings`)).rows;

/** What assets asked for is booked by the ledger itself, a moment later. */
async function settled(count: number): Promise<Body[]> {
  for (let tries = 0; tries < 200; tries++) {
    const rows = await postings();
    if (rows.length === count && rows.every(({ status }) => status !== 'WAITING')) return rows;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the postings still wait');
}

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  ({ id: book, village } = await books.book());
  await books.accepted(`/books/${book}/assets`, van());
  await settled(1);
  bought = await head();
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

describe('a delivery van', () => {
  it('stands in the books by the voucher that its card asked for', async () => {
    expect(await postings()).toMatchObject([
      { asset: `${book}-1`, type: 'AssetRegistered', status: 'POSTED', period: '2024-02', voucherNo: 1 },
    ]);
    const { voucher } = await get<{ voucher: Body }>(`/books/${book}/vouchers/2024-02/1`);
    expect(voucher).toMatchObject({ kind: 'booking', totalFen: 120_000_00, effectiveOn: '2024-02-15' });
    expect(await get(`/books/${book}/asset-comparison?asOf=2024-02-29`)).toMatchObject({ consistent: true });
  });

  it('is depreciated by runs, which the cards foretell', async () => {
    const unbooked = await get<Body>(`/books/${book}/asset-comparison?asOf=2024-03-31`);
    expect(unbooked).toMatchObject({
      consistent: false,
      total: { depreciation: { cardFen: 2_375_00, booksFen: 0, differenceFen: -2_375_00 } },
    });
    for (const period of ['2024-03', '2024-04']) {
      await books.accepted(`/books/${book}/depreciation`, { period, account: '51305', ...SIGNED });
    }
    const { position } = await books.accepted(`/assets/${book}-1/use`, {
      useStatus: 'LEASED',
      effectiveOn: '2024-04-01',
    });
    const at = { 'ledger-min-position': String(position) };
    expect((await ledger.get(`/books/${book}/asset-comparison?asOf=2024-04-30`, at)).body).toMatchObject({
      consistent: true,
      total: { cost: { cardFen: 120_000_00 }, depreciation: { cardFen: 4_750_00, booksFen: 4_750_00 } },
    });
  });

  it('is what it was on any day, and as it was known then', async () => {
    const card = async (query: string) => (await get<{ asset: Body }>(`/assets/${book}-1?${query}`)).asset;
    expect(await card('asOf=2024-02-29')).toMatchObject({ useStatus: 'IN_USE', netFen: 120_000_00 });
    expect(await card('asOf=2024-04-30')).toMatchObject({ useStatus: 'LEASED', netFen: 115_250_00 });
    expect(await card(`asOf=2024-04-30&knownAt=${bought}`)).toMatchObject({ useStatus: 'IN_USE', netFen: 115_250_00 });
    expect(await ledger.get(`/assets/${book}-1?asOf=2024-02-14`)).toMatchObject({
      status: 404,
      body: { code: 'ASSET_UNKNOWN' },
    });
    expect(await ledger.get(`/assets/${book}-1?colour=red`)).toMatchObject({ status: 400 });
  });

  it('is sold with its gain, and leaves nothing on its accounts', async () => {
    const sale = { kind: 'SOLD', reason: '更新车辆', summary: '出售', effectiveOn: '2024-05-20', ...SIGNED };
    const proceeds = { amountFen: 115_000_00, settlement: { account: '102' } };
    await books.accepted(`/assets/${book}-1/dispose`, { ...sale, proceeds });
    expect((await settled(2)).find(({ type }) => type === 'AssetDisposed')).toMatchObject({
      status: 'POSTED',
      totalFen: 237_125_00,
    });
    await books.accepted(`/books/${book}/depreciation`, { period: '2024-05', account: '51305', ...SIGNED });
    const position = await head();
    const { body } = await ledger.get(`/books/${book}/asset-comparison?asOf=2024-05-31`, {
      'ledger-min-position': String(position),
    });
    const nothing = { cardFen: 0, booksFen: 0, differenceFen: 0 };
    expect(body).toMatchObject({
      consistent: true,
      total: { cost: nothing, depreciation: nothing, disposal: nothing },
    });
    const { rows } = await get<{ rows: { account: string; balanceFen: number }[] }>(
      `/books/${book}/balances?asOf=2024-05-31`,
    );
    // 120,000.00 less three months of 2,375.00 stood in the books: 112,875.00.
    expect(rows.find(({ account }) => account.endsWith(':504'))?.balanceFen).toBe(-2_125_00);
  });
});

/** A van that was to be paid for from an empty cash box, and what became of its posting. */
async function paidInCash() {
  const { id } = await books.book();
  const paid = { settlement: { account: '101' }, summary: '现金购置', ...SIGNED };
  await books.accepted(`/books/${id}/assets`, van({ acquisition: paid }));
  const of = async (status: string) => {
    for (let tries = 0; tries < 200; tries++) {
      const { rows } = await get(`/books/${id}/asset-postings`);
      if (rows[0]?.['status'] === status) return rows;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`no posting is ${status}`);
  };
  return { id, of };
}

describe('a refused posting', () => {
  it('goes to another account that the retry names', async () => {
    const { id, of } = await paidInCash();
    await of('REFUSED');
    const accounts = [{ insteadOf: '101', account: '211', party: 'garage-1' }];
    await books.accepted(`/assets/${id}-1/retry-posting`, { accounts });
    expect(await of('POSTED')).toMatchObject([{ period: '2024-02', voucherNo: 1, totalFen: 120_000_00 }]);
    const { rows } = await get<{ rows: { account: string; balanceFen: number }[] }>(
      `/books/${id}/balances?asOf=2024-02-29`,
    );
    expect(rows.find(({ account }) => account.endsWith(':211'))?.balanceFen).toBe(-120_000_00);
    const { body } = await ledger.get(`/books/${id}/asset-comparison?asOf=2024-02-29`);
    expect(body).toMatchObject({ consistent: true });
  });

  it('is listed until it is asked for again', async () => {
    const { id, of } = await paidInCash();
    expect(await of('REFUSED')).toMatchObject([{ code: 'CASH_NEGATIVE' }]);
    const drawn = [
      { account: '101', side: 'debit', amountFen: 120_000_00 },
      { account: '301', side: 'credit', amountFen: 120_000_00 },
    ];
    await books.accepted(`/books/${id}/vouchers`, voucherBody('2024-02-01', drawn));
    await books.accepted(`/assets/${id}-1/retry-posting`, {});
    expect(await of('POSTED')).toMatchObject([{ period: '2024-02', voucherNo: 2 }]);
  });
});

describe('the register', () => {
  it('comes in pages of a book, a village and a township, and adds up', async () => {
    for (const name of ['一号', '二号', '三号']) {
      await books.accepted(`/books/${book}/assets`, { ...hill, name, effectiveOn: '2024-01-01' });
    }
    const position = await head();
    await ledger.get(`/books/${book}/assets`, { 'ledger-min-position': String(position) });
    for (const path of [`/books/${book}`, `/villages/${village}`, '/divisions/330603008']) {
      const all = await get(`${path}/assets?asOf=2024-06-30&knownAt=${position}`);
      const paged: Body[] = [];
      let after = '';
      for (;;) {
        const page = await get(`${path}/assets?asOf=2024-06-30&knownAt=${position}&limit=2${after}`);
        paged.push(...page.rows);
        if (page.next === null) break;
        after = `&after=${page.next}`;
      }
      expect(paged).toEqual(all.rows);
      expect(paged.length).toBeGreaterThanOrEqual(4);
    }
    const totals = await get(`/divisions/${village}/asset-totals?asOf=2024-06-30&knownAt=${position}`);
    expect(totals.rows).toMatchObject([
      { village, class: 'OPERATING', useStatus: 'DISPOSED', count: 1, netFen: 0 },
      { village, class: 'RESOURCE', useStatus: 'IN_USE', count: 3, areaMuHundredths: 96_150 },
    ]);
    expect((await get(`/divisions/${village}/asset-totals?asOf=2023-12-31`)).rows).toEqual([]);
    expect((await get(`/divisions/${village}/asset-totals?asOf=2024-06-30&knownAt=${bought}`)).rows).toHaveLength(1);
  });

  it('is not what the books say when a voucher bypasses the cards', async () => {
    const lines = [
      { account: '151', side: 'debit', amountFen: 7_00, asset: `${book}-2` },
      { account: '102', side: 'credit', amountFen: 7_00 },
    ];
    const { position } = await books.accepted(`/books/${book}/vouchers`, voucherBody('2024-06-03', lines));
    const { body } = await ledger.get(`/books/${book}/asset-comparison?asOf=2024-06-30`, {
      'ledger-min-position': String(position),
    });
    expect(body).toMatchObject({
      consistent: false,
      total: { cost: { cardFen: 0, booksFen: 7_00, differenceFen: 7_00 } },
    });
    expect(await get(`/books/${book}/asset-comparison?asOf=2024-06-02`)).toMatchObject({ consistent: true });
    expect(await get(`/books/${book}/asset-comparison?asOf=2024-06-30&knownAt=${position - 1}`)).toMatchObject({
      consistent: true,
    });
  });
});
