import type { RunningLedger } from './running-ledger.js';

interface EntriesPage {
  readonly totalFen: number;
  readonly rows: readonly { readonly amountFen: number; readonly href: string }[];
  readonly next: string | null;
}

export interface LinkedEntries {
  readonly sumFen: number;
  readonly totalFen: number;
  /** Of the vouchers. */
  readonly hrefs: readonly string[];
}

/** Every entry that the link of an amount lists, page by page. */
export async function linkedEntries(ledger: RunningLedger, href: string, limit: number): Promise<LinkedEntries> {
  const hrefs: string[] = [];
  let sumFen = 0;
  for (let after = ''; ;) {
    const path = `${href.replace('/api/v1', '')}&limit=${limit}${after}`;
    const { status, body } = await ledger.get<EntriesPage>(path);
    if (status !== 200) throw new Error(`${path} answers ${status}`);
    for (const row of body.rows) {
      sumFen += row.amountFen;
      hrefs.push(row.href);
    }
    if (body.next === null) return { sumFen, totalFen: body.totalFen, hrefs };
    after = `&after=${body.next}`;
  }
}
