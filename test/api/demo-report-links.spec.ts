import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MonthlyIncomeReport } from '@ledger/views';
import { linkedEntries } from '../support/linked-entries.js';
import { copiedDemo } from '../support/recorded-demo.js';
import { allCells } from '../support/report-cells.js';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import type { temporaryDirectory } from '../support/temporary-directory.js';

// Every amount of the reports of December 2024, of the district, three townships and ten villages, is the sum of what its
// link lists; as known when the year was over, and on Christmas Day, when much of that December was not yet recorded.

const TOWNSHIPS = ['330603002', '330603105', '330603109'];
const VILLAGES = 10;
const MOMENTS = ['2025-06-01T00:00:00Z', '2024-12-25T00:00:00Z'];
const PAGE = 1000;

let directory: ReturnType<typeof temporaryDirectory>;
let ledger: RunningLedger;

beforeAll(async () => {
  directory = await copiedDemo();
  ledger = await startLedger(directory.path);
}, 300_000);
afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

async function report(scope: string, knownAt: string | number): Promise<MonthlyIncomeReport> {
  const path = `/reports/monthly-income?scope=${scope}&period=2024-12&knownAt=${knownAt}`;
  const { status, body } = await ledger.get<MonthlyIncomeReport>(path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return body;
}

describe('the reports of December 2024', () => {
  const totals: number[] = [];

  it.each(MOMENTS)(
    'lead from every amount to entries that come to it, as known at %s',
    async (moment) => {
      const district = await report('330603', moment);
      const { knownAt } = district;
      totals.push(district.total.yearToDate.recognised.fen);
      const villages = district.byVillage.filter((_, i) => i % Math.ceil(district.byVillage.length / VILLAGES) === 0);
      expect(villages).toHaveLength(VILLAGES);
      const scopes = [...TOWNSHIPS, ...villages.map(({ code }) => code)];
      const reports = [district, ...(await Promise.all(scopes.map((scope) => report(scope, knownAt))))];
      // The same link stands in the report of a village and in those above it.
      const amounts = new Map<string, number>();
      for (const { fen, href } of reports.flatMap(allCells)) {
        if (href === null) expect(fen).toBe(0);
        else {
          expect(amounts.get(href) ?? fen).toBe(fen);
          amounts.set(href, fen);
        }
      }
      const vouchers = new Set<string>();
      for (const [href, fen] of amounts) {
        const { sumFen, totalFen, hrefs } = await linkedEntries(ledger, href, PAGE);
        expect({ href, sumFen, totalFen }).toEqual({ href, sumFen: fen, totalFen: fen });
        for (const voucher of hrefs) vouchers.add(voucher);
      }
      console.log(`${amounts.size} amounts at ${knownAt} come from ${vouchers.size} vouchers`);
      expect(amounts.size).toBeGreaterThan(2000);
      expect(vouchers.size).toBeGreaterThan(5000);
    },
    600_000,
  );

  it('differ between the two moments', () => {
    expect(new Set(totals).size).toBe(2);
  });
});
