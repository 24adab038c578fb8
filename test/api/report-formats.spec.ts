import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';
import { HEADLESS } from '../support/headless-browser.js';
import { itWith } from '../support/it-with.js';
import { rawRequest, requestText } from '../support/raw-http.js';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { VillageBooks } from '../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let known = 0;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  const books = new VillageBooks(ledger);
  await books.district();
  const { id } = await books.book({ name: '示例<b>村' });
  known = (await books.income(id, '2024-01-20', 12_800_00)).position;
  const later = await books.income(id, '2024-01-21', 200_00);
  await ledger.get('/divisions', { 'ledger-min-position': String(later.position) });
});
afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const path = (more = ''): string => `/reports/monthly-income?scope=330603&period=2024-01${more}`;

async function pageAsOf(asOf: string): Promise<string> {
  return (await raw(path(`&format=html&asOf=${asOf}`))).text();
}

/** What a browser sends once it has been told the token. */
function basic(password: string): string {
  return `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;
}

async function raw(url: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
  const authorization = `Bearer ${TOKEN}`;
  return fetch(`${ledger.url}/api/v1${url}`, { ...init, headers: { authorization, ...headers } });
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const JSON_TYPE = 'application/json; charset=utf-8';
const CSV = 'text/csv; charset=utf-8';
const HTML = 'text/html; charset=utf-8';

describe('the format of a monthly income report', () => {
  it.each([
    { of: 'nothing', accept: '*/*', type: JSON_TYPE },
    {
      of: 'what a browser says',
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      type: HTML,
    },
    { of: 'a workbook', accept: XLSX, type: XLSX },
    { of: 'CSV, rather than JSON', accept: 'application/json;q=0.5, text/csv', type: CSV },
    { of: 'what there is not', accept: 'image/png', type: JSON_TYPE },
    { of: 'no page', accept: 'text/html;q=0', type: JSON_TYPE },
  ])('is negotiated: $of gives $type', async ({ accept, type }) => {
    const response = await raw(path(), { accept });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('vary')).toBe('accept');
  });

  it('is what the query asks for, whatever the header says', async () => {
    const types = ['json', 'html', 'xlsx', 'csv'].map(async (format) =>
      (await raw(path(`&format=${format}`), { accept: 'text/html' })).headers.get('content-type'),
    );
    expect(await Promise.all(types)).toEqual([JSON_TYPE, HTML, XLSX, CSV]);
  });

  it('that there is not is refused', async () => {
    const { status, body } = await ledger.get<{ code: string }>(path('&format=pdf'));
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'INPUT_INVALID' });
  });

  it('as a file has a Chinese name, and one for programs that know ASCII only', async () => {
    const { headers } = await raw(path('&format=xlsx'));
    const name = encodeURIComponent('柯桥区-330603000000-村级收入月报-2024-01.xlsx');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="monthly-income-330603000000-2024-01.xlsx"; filename*=UTF-8''${name}`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('as a page may run and load nothing, and shows names as text', async () => {
    const response = await raw(path('&format=html'));
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toContain('示例&lt;b&gt;村');
    expect(page).not.toContain('示例<b>');
  });

  it.each(['html', 'csv', 'xlsx'])(
    'as %s is the same bytes at the same knownAt, and others at another',
    async (format) => {
      const bytes = async (knownAt: number): Promise<string> =>
        Buffer.from(await (await raw(path(`&format=${format}&knownAt=${knownAt}`))).arrayBuffer()).toString('base64');
      const first = await bytes(known);
      expect(await bytes(known)).toBe(first);
      expect(await bytes(known + 1)).not.toBe(first);
    },
  );

  it('as a page is another as of another day', async () => {
    expect(await pageAsOf('2024-01-20')).toContain('>12,800.00<');
    expect(await pageAsOf('2024-01-19')).not.toContain('>12,800.00<');
  });

  it('as a workbook has links that lead to the entries of each amount, complete and at this address', async () => {
    const bytes = new Uint8Array(await (await raw(path(`&format=xlsx&knownAt=${known}`))).arrayBuffer());
    const { sheets } = await readXlsx(bytes);
    const cells = [...(sheets.find(({ name }) => name === '科目')?.cells ?? [])].map(([, cell]) => cell);
    const linked = cells.flatMap(({ value, hyperlink }) => (hyperlink ? [{ value, target: hyperlink.target }] : []));
    expect(linked.length).toBeGreaterThan(3);
    for (const { value, target } of linked) {
      const response = await fetch(target, { headers: { authorization: `Bearer ${TOKEN}` } });
      const { totalFen } = (await response.json()) as { totalFen: number };
      expect({ target, fen: totalFen }).toEqual({ target, fen: Math.round(Number(value) * 100) });
    }
  });
});

describe('a browser that follows a link', () => {
  it('is shown the entries as a page, each with its voucher, and what all of them come to', async () => {
    const entries = '/divisions/330603/income-entries?from=2024-01&to=2024-01&limit=1';
    const first = await (await raw(`${entries}&knownAt=${known + 1}`, { accept: 'text/html' })).text();
    expect(first).toContain('>12,800.00<');
    expect(first).toContain('>13,000.00<');
    expect(first).toContain('柯桥区收入明细：总收入（确认）');
    expect(first).toMatch(/<td>示例&lt;b&gt;村 \d{12}<\/td>/);
    expect(first).toContain('<td>50102 出租收入');
    expect(first).toContain('记账口径');
    expect(first).toMatch(/本页小计.+>12,800\.00</);
    expect(first).toMatch(/<a href="\/api\/v1\/books\/[^"]+\/vouchers\/2024-01\/1\?[^"]+">记-1<\/a>/);
    const [, next = ''] = /<a href="\/api\/v1([^"]+)">下一页/.exec(first) ?? [];
    const second = await (await raw(next.replaceAll('&amp;', '&'), { accept: 'text/html' })).text();
    expect(second).toContain('>记-2<');
    expect(second).not.toContain('下一页');
  });

  it('is asked for the token', async () => {
    const { status, text } = await rawRequest(ledger.url, requestText(`GET /api/v1${path()}`, {}));
    expect(status).toBe(401);
    // A browser reads one challenge a line.
    expect(text.match(/^www-authenticate: .*$/gim)).toEqual([
      'www-authenticate: Bearer',
      'www-authenticate: Basic realm="Gongfu Ledger", charset="UTF-8"',
    ]);
  });

  itWith('chromium')(
    'is a page in a real browser that knows the token',
    () => {
      const profile = `--user-data-dir=${join(directory.path, 'chromium')}`;
      const url = `${ledger.url.replace('://', `://anybody:${TOKEN}@`)}/api/v1${path()}`;
      const { stdout } = spawnSync('chromium', [...HEADLESS, profile, '--dump-dom', url], { encoding: 'utf8' });
      expect(stdout).toContain('村级收入月报（2024年1月）');
      expect(stdout).toContain('>13,000.00<');
    },
    120_000,
  );

  it('reads with the token as its password, and with no other', async () => {
    expect((await raw(path(), { authorization: basic(TOKEN) })).status).toBe(200);
    expect((await raw(path(), { authorization: basic('wrong') })).status).toBe(401);
    expect((await raw(path(), { authorization: `Basic ${TOKEN}` })).status).toBe(401);
  });

  it('writes nothing that way, because it sends what it knows by itself', async () => {
    const headers = {
      authorization: basic(TOKEN),
      'content-type': 'application/json',
      'idempotency-key': 'by-browser',
    };
    const body = JSON.stringify({ code: '330603009', name: '钱清街道', effectiveOn: '2024-01-01' });
    expect((await raw('/divisions', headers, { method: 'POST', body })).status).toBe(401);
  });
});
