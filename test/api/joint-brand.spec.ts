import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { settlementBody, SIGNED, VillageBooks } from '../support/village-books.js';

/*
 * 一桌土菜: two villages, one brand. Every number below was worked out by hand.
 *
 *            income     scheme     lead       partner
 * 2024-02    10,000.00  60:40      6,000.00   4,000.00
 * 2024-03    10,000.01  60:40      6,000.01   4,000.00   the odd fen goes to the larger fraction, .6 against .4
 * 2024-04     9,999.99  60:40      5,999.99   4,000.00   the odd fen goes to .6 of the partner; its April is closed
 * 2024-05     5,000.00  50:50      2,500.00   2,500.00
 * then, dated back to 2024-03-01, 55:45:
 * 2024-03    10,000.01             5,500.01   4,500.00   so -500.00 and +500.00
 * 2024-04     9,999.99             5,499.99   4,500.00   so -500.00 and +500.00
 */

interface Share {
  readonly village: string;
  readonly amountFen: number;
  readonly status: string;
  readonly bookedIn: { readonly period: string; readonly voucherNo: number } | null;
}
interface Settlement {
  readonly period: string;
  readonly amountFen: number;
  readonly shares: readonly Share[];
}
interface IncomeRow {
  readonly account: string;
  readonly project: string | null;
  readonly period: string;
  readonly amountFen: number;
}

const directory = temporaryDirectory();
let ledger: RunningLedger;
let books: VillageBooks;
let lead: { id: string; village: string; creditCode: string };
let partner: { id: string; village: string; creditCode: string };
let project: string;
/** Positions: three months settled; and the whole story told. */
const known = { threeMonths: 0, all: 0 };

const get = async <B>(path: string): Promise<B> => {
  const { status, body, text } = await ledger.get<B>(path, { 'ledger-min-position': String(await head()) });
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return body;
};
const head = async (): Promise<number> => (await ledger.get<{ head: number }>('/health/ready')).body.head;
const settlements = async (knownAt?: number): Promise<readonly Settlement[]> => {
  const at = knownAt === undefined ? '' : `?knownAt=${knownAt}`;
  return (await get<{ rows: Settlement[] }>(`/projects/${project}/settlements${at}`)).rows;
};

/** The ledger books shares by itself, a moment after they are decided. */
async function booked(): Promise<readonly Settlement[]> {
  for (let tries = 0; tries < 500; tries++) {
    const rows = await settlements();
    if (rows.every(({ shares }) => shares.every(({ status }) => status !== 'pending'))) return rows;
    await sleep(10);
  }
  throw new Error('shares are still on their way');
}

async function settle(effectiveOn: string, amountFen: number): Promise<void> {
  await books.accepted(`/projects/${project}/settlements`, settlementBody(effectiveOn, amountFen));
  await booked();
}

async function scheme(effectiveOn: string, ofLead: number): Promise<void> {
  await books.accepted(`/projects/${project}/allocation-schemes`, {
    effectiveOn,
    shares: [
      { village: lead.village, basisPoints: ofLead, organization: lead.creditCode },
      { village: partner.village, basisPoints: 10_000 - ofLead, organization: partner.creditCode },
    ],
  });
}

/** A village's income under the project, by month. */
async function incomeOf(village: string, basis: string, knownAt: number): Promise<Record<string, number>> {
  const query = `from=2024-01&to=2024-12&basis=${basis}&knownAt=${knownAt}&asOf=2024-12-31`;
  const { rows } = await get<{ rows: IncomeRow[] }>(`/villages/${village}/income?${query}`);
  const own = rows.filter((row) => row.project === project && row.amountFen !== 0);
  return Object.fromEntries(own.map(({ period, amountFen }) => [period, amountFen]));
}

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  books = new VillageBooks(ledger);
  await books.district();
  lead = await books.book();
  partner = await books.book();
  const { stream } = await books.accepted('/projects', {
    name: '一桌土菜',
    kind: 'VEGETABLE_BRAND',
    types: ['BRAND_LED', 'JOINT'],
    leadVillage: lead.village,
    villages: [partner.village],
    effectiveOn: '2024-01-05',
  });
  project = stream.slice('project-'.length);
  await books.accepted(`/projects/${project}/approve`, { effectiveOn: '2024-01-10' });
  await books.accepted(`/projects/${project}/start`, { effectiveOn: '2024-02-01' });
  await scheme('2024-02-01', 6000);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

describe('一桌土菜, a brand of two villages', () => {
  it('has households that enrol and withdraw, people at work, and sales that are no income', async () => {
    const of = async (village: string) => books.household(village, '2024-01-01');
    const [first, second, third] = [await of(lead.village), await of(lead.village), await of(partner.village)];
    const enrol = (household: string, effectiveOn: string) =>
      books.accepted(`/projects/${project}/enrolments`, { household, role: 'GROWER', effectiveOn });
    await enrol(first, '2024-02-10');
    await enrol(second, '2024-02-10');
    await enrol(third, '2024-03-01');
    await books.accepted(`/projects/${project}/enrolments/${second}/withdrawal`, {
      reason: '改种茶叶',
      effectiveOn: '2024-04-15',
    });
    const job = (worker: string, effectiveOn: string) =>
      books.accepted(`/projects/${project}/jobs`, { worker, kind: 'SEASONAL', village: lead.village, effectiveOn });
    await job('worker-1', '2024-02-10');
    await job('worker-2', '2024-03-01');
    await books.accepted(`/projects/${project}/jobs/2/end`, { effectiveOn: '2024-04-30' });
    const sell = (effectiveOn: string, product: string, quantityGrams: number, amountFen: number) =>
      books.accepted(`/projects/${project}/sales`, {
        effectiveOn,
        product,
        quantityGrams,
        amountFen,
        channel: 'MARKET',
      });
    await sell('2024-02-20', '笋干', 50_000, 1_500_00);
    await sell('2024-03-15', '土豆', 200_000, 800_00);

    const on = (day: string) => get<object>(`/projects/${project}?asOf=${day}`);
    expect(await on('2024-02-29')).toMatchObject({
      enrolled: 2,
      jobs: 1,
      sales: { sales: 1, quantityGrams: 50_000, amountFen: 1_500_00 },
      income: { totalFen: 0 },
    });
    expect(await on('2024-03-31')).toMatchObject({
      enrolled: 3,
      jobs: 2,
      sales: { sales: 2, quantityGrams: 250_000, amountFen: 2_300_00 },
      income: { totalFen: 0 },
    });
    expect(await on('2024-05-31')).toMatchObject({ enrolled: 2, jobs: 1 });
  });

  it('settles three months, one of them closed in one village', async () => {
    await settle('2024-02-29', 10_000_00);
    await settle('2024-03-31', 10_000_01);
    await books.close(partner.id, '2024-01', '2024-02', '2024-03', '2024-04');
    await settle('2024-04-30', 9_999_99);
    known.threeMonths = await head();

    const rows = await settlements();
    expect(rows.map(({ period, amountFen, shares }) => [period, amountFen, ...shares.map((s) => s.amountFen)])).toEqual(
      [
        ['2024-02', 10_000_00, 6_000_00, 4_000_00],
        ['2024-03', 10_000_01, 6_000_01, 4_000_00],
        ['2024-04', 9_999_99, 5_999_99, 4_000_00],
      ],
    );
    expect(rows[2]?.shares).toMatchObject([
      { village: lead.village, status: 'booked', bookedIn: { period: '2024-04', voucherNo: 1 } },
      { village: partner.village, status: 'booked', bookedIn: { period: '2024-05', voucherNo: 1 } },
    ]);
    const { voucher } = await get<{ voucher: object }>(`/books/${partner.id}/vouchers/2024-05/1`);
    expect(voucher).toMatchObject({ kind: 'booking', effectiveOn: '2024-04-30', corrects: { period: '2024-04' } });
    expect(await incomeOf(partner.village, 'booked', known.threeMonths)).toEqual({
      '2024-02': 4_000_00,
      '2024-03': 4_000_00,
      '2024-05': 4_000_00,
    });
    expect(await incomeOf(partner.village, 'restated', known.threeMonths)).toEqual({
      '2024-02': 4_000_00,
      '2024-03': 4_000_00,
      '2024-04': 4_000_00,
    });
  });

  it('shares otherwise from a day on, and once from a day that is past', async () => {
    await scheme('2024-05-01', 5000);
    await settle('2024-05-31', 5_000_00);
    await scheme('2024-03-01', 5500);
    await booked();

    const rows = await settlements();
    expect(rows.map(({ period, amountFen, shares }) => [period, amountFen, ...shares.map((s) => s.amountFen)])).toEqual(
      [
        ['2024-02', 10_000_00, 6_000_00, 4_000_00],
        ['2024-03', 10_000_01, 6_000_01, 4_000_00, -500_00, 500_00],
        ['2024-04', 9_999_99, 5_999_99, 4_000_00, -500_00, 500_00],
        ['2024-05', 5_000_00, 2_500_00, 2_500_00],
      ],
    );
    const now = await head();
    expect(await incomeOf(lead.village, 'booked', now)).toEqual({
      '2024-02': 6_000_00,
      '2024-03': 5_500_01,
      '2024-04': 5_499_99,
      '2024-05': 2_500_00,
    });
    // April's 4,000.00, May's 2,500.00 and twice 500.00 stand in May, the oldest open month.
    expect(await incomeOf(partner.village, 'booked', now)).toEqual({
      '2024-02': 4_000_00,
      '2024-03': 4_000_00,
      '2024-05': 7_500_00,
    });
    expect(await incomeOf(partner.village, 'restated', now)).toEqual({
      '2024-02': 4_000_00,
      '2024-03': 4_500_00,
      '2024-04': 4_500_00,
      '2024-05': 2_500_00,
    });
  });

  it('buys a delivery van, depreciates it and sells it', async () => {
    const { stream } = await books.accepted(`/books/${lead.id}/assets`, {
      name: '送货车',
      class: 'OPERATING',
      category: 'VEHICLE',
      source: 'PURCHASED',
      costFen: 120_000_00,
      residualFen: 6_000_00,
      lifeMonths: 48,
      acquisition: { settlement: { account: '102' }, summary: '购置送货车', ...SIGNED },
      effectiveOn: '2024-02-15',
    });
    expect(stream).toBe(`assets-${lead.id}`);
    const van = `${lead.id}-1`;
    // 114,000.00 over 48 months: 2,375.00 a month, from March on; May is the month of the sale and counts.
    for (const period of ['2024-03', '2024-04']) {
      await books.accepted(`/books/${lead.id}/depreciation`, { period, account: '51305', ...SIGNED });
    }
    const net = async (day: string) =>
      (await get<{ asset: { netFen: number } }>(`/assets/${van}?asOf=${day}`)).asset.netFen;
    expect([await net('2024-02-29'), await net('2024-03-31'), await net('2024-04-30')]).toEqual([
      120_000_00, 117_625_00, 115_250_00,
    ]);
    await books.accepted(`/assets/${van}/dispose`, {
      effectiveOn: '2024-05-20',
      kind: 'SOLD',
      reason: '更新车辆',
      proceeds: { amountFen: 115_000_00, settlement: { account: '102' } },
      summary: '出售送货车',
      ...SIGNED,
    });
    await books.accepted(`/books/${lead.id}/depreciation`, { period: '2024-05', account: '51305', ...SIGNED });
    for (let tries = 0; tries < 500; tries++) {
      const { rows } = await get<{ rows: { status: string }[] }>(`/books/${lead.id}/asset-postings`);
      if (rows.length === 2 && rows.every(({ status }) => status === 'POSTED')) break;
      await sleep(10);
    }
    known.all = await head();
    const { rows } = await get<{ rows: { account: string; balanceFen: number }[] }>(
      `/books/${lead.id}/balances?asOf=2024-05-31`,
    );
    const balance = (code: string) =>
      rows.find(({ account }) => account === `rural-collective-2024:${code}`)?.balanceFen ?? 0;
    // 115,000.00 less the 112,875.00 at which it stood.
    expect({
      gain: balance('504'),
      cost: balance('151'),
      depreciated: balance('152'),
      through: balance('154'),
    }).toEqual({
      gain: -2_125_00,
      cost: 0,
      depreciated: 0,
      through: 0,
    });
    // Bank: 115,000.00 in, 120,000.00 out. Receivable from the brand: all that was shared with the lead village.
    expect([balance('102'), balance('112')]).toEqual([-5_000_00, 19_500_00]);
    expect(await get(`/books/${lead.id}/asset-comparison?asOf=2024-05-31`)).toMatchObject({ consistent: true });
  });

  it('adds up, and is what it was before the scheme was dated back', async () => {
    expect(await get(`/projects/${project}?asOf=2024-12-31`)).toMatchObject({
      income: {
        totalFen: 35_000_00,
        villages: [
          { village: lead.village, totalFen: 19_500_00 },
          { village: partner.village, totalFen: 15_500_00 },
        ],
      },
    });
    expect(await get(`/projects/${project}?asOf=2024-12-31&knownAt=${known.threeMonths}`)).toMatchObject({
      income: {
        totalFen: 30_000_00,
        villages: [
          { village: lead.village, totalFen: 18_000_00 },
          { village: partner.village, totalFen: 12_000_00 },
        ],
      },
    });
    expect((await settlements(known.threeMonths)).map(({ shares }) => shares.map((s) => s.amountFen))).toEqual([
      [6_000_00, 4_000_00],
      [6_000_01, 4_000_00],
      [5_999_99, 4_000_00],
    ]);
    expect(await incomeOf(lead.village, 'booked', known.threeMonths)).toEqual({
      '2024-02': 6_000_00,
      '2024-03': 6_000_01,
      '2024-04': 5_999_99,
    });
    // The lead village's own income has the gain of the van as well.
    const { totalFen } = await get<{ totalFen: number }>(
      `/villages/${lead.village}/income?from=2024-01&to=2024-12&asOf=2024-12-31&knownAt=${known.all}`,
    );
    expect(totalFen).toBe(19_500_00 + 2_125_00);
  });
});
