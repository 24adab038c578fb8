import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HEADLESS } from '../support/headless-browser.js';
import { itWith } from '../support/it-with.js';
import { type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { VillageBooks } from '../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;

beforeAll(async () => {
  ledger = await startLedger(join(directory.path, 'data'));
  const books = new VillageBooks(ledger);
  await books.district();
  const { id } = await books.book();
  await books.income(id, '2024-01-20', 12_800_00);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const REPORT = '/api/v1/reports/monthly-income?scope=330603&period=2024-01&format=html';
/** How long the scripts of a page may take to draw it. */
const DRAWING_MS = 15_000;

/** The page as Chromium has it in the end, and what it said to the console. */
function shown(path: string): { dom: string; said: string } {
  const url = `${ledger.url.replace('://', `://anybody:${TOKEN}@`)}${path}`;
  const log = ['--enable-logging=stderr', '--v=0', `--virtual-time-budget=${DRAWING_MS}`];
  const profile = `--user-data-dir=${join(directory.path, 'chromium')}`;
  const { stdout, stderr } = spawnSync('chromium', [...HEADLESS, ...log, profile, '--dump-dom', url], {
    encoding: 'utf8',
    timeout: 110_000,
  });
  return { dom: stdout, said: stderr };
}

/** What the policy made the browser refuse. */
function complaintsIn(said: string): string[] {
  return said.split('\n').filter((line) => line.includes('Content Security Policy'));
}

describe('under its policy', () => {
  itWith('chromium')(
    'the page of the documents draws operations, and nothing is refused',
    () => {
      const { dom, said } = shown('/docs');
      expect(dom).toContain('共富账本');
      // It draws one after the other for many seconds; the first shows that its scripts run.
      expect(dom.match(/class="opblock-summary-path/g)?.length).toBeGreaterThan(0);
      expect(complaintsIn(said)).toEqual([]);
    },
    120_000,
  );

  itWith('chromium')(
    'a printed report has its style, and nothing is refused',
    () => {
      const { dom, said } = shown(REPORT);
      expect(dom).toContain('村级收入月报');
      expect(complaintsIn(said)).toEqual([]);
    },
    120_000,
  );

  it('a style that is not the report’s own would be refused', async () => {
    const answer = await fetch(ledger.url + REPORT, { headers: { authorization: `Bearer ${TOKEN}` } });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/style-src 'sha256-[\w+/=]+' 'sha256-[\w+/=]+'/);
    expect(policy).not.toMatch(/script-src|unsafe/);
  });
});
