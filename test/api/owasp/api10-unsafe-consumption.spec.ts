import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';
import { expectProblem } from '../../support/problems.js';
import { rawRequest, requestText } from '../../support/raw-http.js';
import { pdf, sampleFile } from '../../support/sample-files.js';
import { type Answer, type RunningLedger, startLedger, TOKEN } from '../../support/running-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { VillageBooks } from '../../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const codeOf = ({ status, headers, body }: Answer) =>
  expectProblem({ status, contentType: headers.get('content-type') ?? '', body });

// Without the checks of libs/attachments, a file is what its sender says it is.
describe('a file from somebody else', () => {
  it('is what its bytes show, whatever it is called', async () => {
    const { bytes, sha256 } = pdf('called a picture');
    const stored = await ledger.put(`/attachments/${sha256}`, bytes, {
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename="../../x.html"',
    });
    expect(stored.body).toMatchObject({ sha256, mediaType: 'application/pdf' });
    const read = await ledger.get(`/attachments/${sha256}`);
    expect(read.headers.get('content-type')).toBe('application/pdf');
    expect(read.headers.get('content-disposition')).toBe(`attachment; filename="${sha256}.pdf"`);
  });

  it('with a script in it, or of no kind that is known, is not taken', async () => {
    for (const text of [
      '<html><script>alert(1)</script></html>',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'MZ\x90\x00',
      '#!/bin/sh\n',
    ]) {
      const bytes = Buffer.from(text, 'latin1');
      const { sha256 } = sampleFile(bytes);
      expect(codeOf(await ledger.put(`/attachments/${sha256}`, bytes))).toBe('ATTACHMENT_TYPE_UNKNOWN');
    }
  });

  it('is not stored under another hash than its own', async () => {
    const { bytes } = pdf('one');
    expect(codeOf(await ledger.put(`/attachments/${pdf('another').sha256}`, bytes))).toBe('ATTACHMENT_HASH_MISMATCH');
  });

  it('that was changed on the disk is not given out', async () => {
    const { bytes, sha256 } = pdf('kept');
    await ledger.put(`/attachments/${sha256}`, bytes);
    const files = readdirSync(directory.path, { recursive: true, withFileTypes: true });
    const file = files.find(({ name }) => name.includes(sha256.slice(2, 20)) || name === sha256);
    if (file === undefined) throw new Error('the file is not where it was looked for');
    writeFileSync(join(file.parentPath, file.name), pdf('swapped').bytes);
    const read = await ledger.get(`/attachments/${sha256}`);
    expect(read.status).toBe(500);
    expect(read.text).not.toContain('swapped');
  });
});

// Without the setting for a proxy, what a client says of where it comes from is not believed.
describe('a header that only a proxy should set', () => {
  it('gives nobody another address to be counted under', async () => {
    const own = temporaryDirectory();
    const limited = await startLedger(own.path, { env: { LEDGER_RATE_LIMIT: '12' } });
    const statuses = new Set<number>();
    for (let n = 0; n < 4; n++) {
      const said = {
        authorization: 'Bearer wrong',
        'x-forwarded-for': `203.0.113.${n}`,
        forwarded: `for=203.0.113.${n}`,
      };
      statuses.add((await rawRequest(limited.url, requestText('GET /api/v1/divisions', said))).status);
    }
    await limited.stop();
    own.remove();
    expect([...statuses]).toEqual([401, 429]);
  });

  it('is believed of a proxy that is set up, so that each client is counted for itself', async () => {
    const own = temporaryDirectory();
    const limited = await startLedger(own.path, { env: { LEDGER_RATE_LIMIT: '12', LEDGER_TLS_PROXY: 'on' } });
    const statuses = new Set<number>();
    for (let n = 0; n < 4; n++) {
      const said = { authorization: 'Bearer wrong', 'x-forwarded-for': `203.0.113.${n}` };
      statuses.add((await rawRequest(limited.url, requestText('GET /api/v1/divisions', said))).status);
    }
    await limited.stop();
    own.remove();
    expect([...statuses]).toEqual([401]);
  });

  it('changes no link of a workbook or a page to another scheme or place than it was asked under', async () => {
    const books = new VillageBooks(ledger);
    await books.district();
    await books.income((await books.book()).id, '2024-01-20', 100_00);
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'javascript',
    };
    const report = async (format: string): Promise<Response> =>
      fetch(`${ledger.url}/api/v1/reports/monthly-income?scope=330603&period=2024-01&format=${format}`, { headers });
    const [workbook, page] = [await report('xlsx'), await report('html')];
    const { sheets } = await readXlsx(new Uint8Array(await workbook.arrayBuffer()));
    const text = await page.text();
    expect([workbook.status, page.status]).toEqual([200, 200]);
    const targets = sheets.flatMap(({ cells }) =>
      [...(cells?.values() ?? [])].flatMap(({ hyperlink }) => (hyperlink === undefined ? [] : [hyperlink.target])),
    );
    expect(targets.length).toBeGreaterThan(3);
    expect(new Set(targets.map((target) => new URL(target).origin))).toEqual(new Set([ledger.url]));
    // Those of a page name no place at all, and so lead to where it came from.
    const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
    expect(links.filter((href) => href.startsWith('/api/v1/')).length).toBeGreaterThan(3);
    expect(text).not.toMatch(/evil\.example|javascript/);
    expect(links.filter((href) => !/^(\/(?!\/)|[?#])/.test(href))).toEqual([]);
  });
});
