import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { VillageBooks } from '../support/village-books.js';

const directory = temporaryDirectory();
const out = join(directory.path, 'out');
let ledger: RunningLedger;
let known = 0;

beforeAll(async () => {
  ledger = await startLedger(join(directory.path, 'data'));
  const books = new VillageBooks(ledger);
  await books.district();
  const { id } = await books.book();
  await books.book({ township: '330603002', name: '../../出/界村' });
  await books.book({ township: '330603002' });
  known = (await books.income(id, '2024-01-20', 12_800_00)).position;
  const later = await books.income(id, '2024-01-21', 200_00);
  await ledger.get('/divisions', { 'ledger-min-position': String(later.position) });
});
afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

function reporting(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const data = ['--data', join(directory.path, 'data'), '--url', ledger.url];
  return spawnSync(process.execPath, ['dist/apps/ledger/src/main.js', 'report', ...data, ...args], {
    encoding: 'utf8',
  });
}

const asked = (...more: string[]): string[] => ['--scope', '330603', '--period', '2024-01', '--out', out, ...more];

async function answer(scope: string, format: string): Promise<Buffer> {
  const path = `/api/v1/reports/monthly-income?scope=${scope}&period=2024-01&knownAt=${known}&format=${format}`;
  const response = await fetch(`${ledger.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return Buffer.from(await response.arrayBuffer());
}

describe('the pack of monthly reports', () => {
  it('is written beside a running ledger: the district, its townships and villages, and a page that lists them', async () => {
    const { status, stdout, stderr } = reporting(...asked('--known-at', String(known), '--formats', 'xlsx,csv,json'));
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`已写出6份月报(账本位置${known})`);
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).toSorted();
    const reports = files.filter((file) => file.endsWith('.xlsx'));
    expect(reports).toEqual([
      '330603002-柯岩街道/出界村-330603002202-村级收入月报-2024-01.xlsx',
      '330603002-柯岩街道/柯岩街道-330603002000-村级收入月报-2024-01.xlsx',
      '330603002-柯岩街道/示例3村-330603002203-村级收入月报-2024-01.xlsx',
      '330603008-兰亭街道/兰亭街道-330603008000-村级收入月报-2024-01.xlsx',
      '330603008-兰亭街道/示例1村-330603008201-村级收入月报-2024-01.xlsx',
      '柯桥区-330603000000-村级收入月报-2024-01.xlsx',
    ]);
    expect(files.filter((file) => file.includes('partial'))).toEqual([]);
    const index = readFileSync(join(out, 'index.html'), 'utf8');
    for (const file of files.filter((name) => /\.(xlsx|csv|json)$/.test(name))) {
      expect(index).toContain(`href="${file.split('/').map(encodeURIComponent).join('/')}"`);
    }
  });

  it.each(['xlsx', 'csv', 'json'])('has in %s the bytes that the ledger answers', async (format) => {
    const district = readFileSync(join(out, `柯桥区-330603000000-村级收入月报-2024-01.${format}`));
    expect(Buffer.compare(district, await answer('330603', format))).toBe(0);
    const village = `330603008-兰亭街道/示例1村-330603008201-村级收入月报-2024-01.${format}`;
    expect(Buffer.compare(readFileSync(join(out, village)), await answer('330603008201', format))).toBe(0);
  });

  it('as pages has links that lead to the ledger from anywhere', () => {
    const pages = join(directory.path, 'pages');
    const { status } = reporting('--scope', '330603008', '--period', '2024-01', '--out', pages, '--formats', 'html');
    expect(status).toBe(0);
    const page = readFileSync(join(pages, '兰亭街道-330603008000-村级收入月报-2024-01.html'), 'utf8');
    expect(page).toContain(`<a href="${ledger.url}/api/v1/divisions/330603008000/income-entries?`);
    expect(readdirSync(pages)).toHaveLength(3);
  });
});

describe('a pack that cannot be written', () => {
  it.each([
    { of: 'an unknown place', args: ['--scope', '330604', '--period', '2024-01'], code: 1, says: '330604000000' },
    { of: 'a month to come', args: ['--scope', '330603', '--period', '2999-01'], code: 1, says: '2999-01尚未开始' },
    { of: 'no month', args: ['--scope', '330603', '--period', '2024-13'], code: 2, says: 'must be a month' },
    { of: 'no such format', args: [...asked('--formats', 'pdf')], code: 2, says: 'xlsx,html,csv,json' },
    { of: 'a position to come', args: [...asked('--known-at', '999999')], code: 1, says: 'knownAt=999999' },
  ])('says why: $of', ({ args, code, says }) => {
    const { status, stderr } = reporting(...args, ...(args.includes('--out') ? [] : ['--out', out]));
    expect(stderr).toContain(says);
    expect(status).toBe(code);
  });

  it('leaves no half file where one stands in its way', () => {
    const blocked = join(directory.path, 'blocked');
    mkdirSync(blocked);
    writeFileSync(join(blocked, '330603002-柯岩街道'), 'in the way');
    const { status, stderr } = reporting('--scope', '330603', '--period', '2024-01', '--out', blocked);
    expect(status).toBe(1);
    expect(stderr).toContain('无法写入');
    expect(readdirSync(blocked).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('says that views of another program, or none, have to be made first', async () => {
    const data = join(directory.path, 'no-views');
    await (await startLedger(data)).stop();
    for (const name of readdirSync(data).filter((file) => file.startsWith('views-'))) rmSync(join(data, name));
    const { status, stderr } = reporting(...asked('--data', data));
    expect(status).toBe(1);
    expect(stderr).toContain(`rebuild --data ${data}`);
  });
});
