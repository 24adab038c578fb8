import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { yuan } from '@ledger/domain';
import { type Answer, type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { VillageBooks } from '../support/village-books.js';

interface VoucherAnswer {
  readonly voucher: {
    readonly totalFen: number;
    readonly lines: readonly {
      readonly account: string;
      readonly side: string;
      readonly amountFen: number;
      readonly summary: string;
    }[];
  };
}

const directory = temporaryDirectory();
let ledger: RunningLedger;
let book: string;
let project: string;
let before = 0;
let reversed = 0;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  const books = new VillageBooks(ledger);
  await books.district();
  const opened = await books.book({ name: '示例<b>村' });
  book = opened.id;
  project = await books.project({ leadVillage: opened.village, effectiveOn: '2024-01-10' });
  const said = { settlement: { account: '112' }, taxFen: 60_00, project, summary: '铺面<i>租金', attachmentCount: 2 };
  await books.income(book, '2024-01-20', 1_000_00, said);
  await books.close(book, '2024-01');
  before = (await books.income(book, '2024-01-25', 30_00, { correction: { reason: '一月漏记' } })).position;
  const reversal = { reason: '重复记账', preparedBy: 'accountant-1', reviewedBy: 'reviewer-2' };
  reversed = (await books.accepted(`/books/${book}/vouchers/2024-01/1/reversal`, reversal)).position;
  await ledger.get('/divisions', { 'ledger-min-position': String(reversed) });
});
afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const path = (ref: string, knownAt = reversed): string => `/books/${book}/vouchers/${ref}?knownAt=${knownAt}`;
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const shown = (url: string): Promise<Answer> => ledger.get(url, { accept: BROWSER });

/** What stands in the cells of the table of a page, row by row. */
function rowsOf(page: string): string[][] {
  const [, body = ''] = /<tbody>([^]*)<\/tbody>/.exec(page) ?? [];
  const rows = body.split('</tr>').slice(0, -1);
  return rows.map((row) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) => cell));
}

describe('a voucher in a browser', () => {
  it.each(['2024-01/1', '2024-02/1', '2024-02/2'])(
    '%s has the lines and totals that programs are told',
    async (ref) => {
      const { voucher } = (await ledger.get<VoucherAnswer>(path(ref))).body;
      const rows = rowsOf((await shown(path(ref))).text);
      const told = voucher.lines.map(({ account, side, amountFen, summary }) => [
        summary.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
        account.slice(account.indexOf(':') + 1),
        side === 'debit' ? yuan(amountFen) : '',
        side === 'credit' ? yuan(amountFen) : '',
      ]);
      expect(told.length).toBeGreaterThan(1);
      expect(rows.slice(0, -1).map((row) => [row[0], row[1], ...row.slice(-2)])).toEqual(told);
      expect(rows.at(-1)?.slice(-2)).toEqual([yuan(voucher.totalFen), yuan(voucher.totalFen)]);
    },
  );

  it('names the collective, the book, the village, the accounts and the project, all as text', async () => {
    const { text, headers } = await shown(path('2024-01/1'));
    expect(text).toContain('示例&lt;b&gt;村股份经济合作社 · 示例&lt;b&gt;村账套 · 示例&lt;b&gt;村');
    expect(text).toContain(`项目：一桌土菜（${project}）`);
    expect(text).toContain('<td>应收款 <span');
    expect(text).toContain('铺面&lt;i&gt;租金');
    expect(text).toContain('附单据2张');
    expect(text).not.toMatch(/<b>|<i>租金/);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('vary')).toBe('accept');
  });

  it('says what it corrects, and why', async () => {
    const { text } = await shown(path('2024-02/1'));
    expect(text).toContain('更正2024-01：一月漏记');
    expect(text).toContain('业务日期2024-01-25');
  });

  it('is another once it is reversed, and leads to the voucher that did so and back', async () => {
    expect((await shown(path('2024-01/1', before))).text).not.toContain('已被冲销');
    const { text } = await shown(path('2024-01/1'));
    const [, href = ''] = /<a href="([^"]+)">已被冲销，冲销凭证：2024-02 记字第2号/.exec(text) ?? [];
    const reversal = await shown(href.replaceAll('&amp;', '&'));
    expect(reversal.status).toBe(200);
    const [, back = ''] = /<a href="([^"]+)">红字冲销：2024-01 记字第1号（2024-01-20）/.exec(reversal.text) ?? [];
    expect((await shown(back.replaceAll('&amp;', '&'))).text).toContain('记字第1号');
  });

  it('is not there on the day before it was booked, and says so as a problem', async () => {
    const { status, body } = await shown(`${path('2024-01/1')}&asOf=2024-01-19`);
    expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'VOUCHER_UNKNOWN' });
    expect((await shown(`${path('2024-01/1')}&asOf=2024-01-20`)).status).toBe(200);
  });

  it('is the same bytes for the same times', async () => {
    const url = `${path('2024-01/1', before)}&asOf=2024-02-29`;
    const { text } = await shown(url);
    expect(text).toContain(`knownAt=${before} asOf=2024-02-29 views: `);
    expect((await shown(url)).text).toBe(text);
  });

  it('is where the entries of a report lead', async () => {
    const entries = await shown(`/divisions/330603/income-entries?from=2024-01&to=2024-02&knownAt=${reversed}`);
    const hrefs = [...entries.text.matchAll(/<a href="([^"]+\/vouchers\/[^"]+)">/g)].map(([, href = '']) => href);
    expect(hrefs).toHaveLength(3);
    for (const href of hrefs) expect((await shown(href.replaceAll('&amp;', '&'))).text).toContain('<h1>记账凭证');
  });

  it('stays JSON for programs', async () => {
    const { headers, body } = await ledger.get(path('2024-01/1'));
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(Object.keys(body)).toEqual(['asOf', 'knownAt', 'views', 'voucher']);
  });
});
