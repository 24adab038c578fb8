import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pdf } from '../../support/sample-files.js';
import { rawRequest, requestText } from '../../support/raw-http.js';
import { type RunningLedger, startLedger, TOKEN } from '../../support/running-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { expenseBody, incomeBody, VillageBooks } from '../../support/village-books.js';

const directory = temporaryDirectory();
let ledger: RunningLedger;
let trap: Server;
let lure: string;
let book: string;
let village: string;
const caught: string[] = [];
/** Longer than a request on loopback takes to begin. */
const SETTLED_MS = 300;

beforeAll(async () => {
  trap = createServer((socket) => {
    caught.push(String(socket.remotePort));
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(trap, 'listening');
  lure = `127.0.0.1:${(trap.address() as AddressInfo).port}`;
  ledger = await startLedger(directory.path);
  const books = new VillageBooks(ledger);
  await books.district();
  ({ id: book, village } = await books.book());
});

afterAll(async () => {
  await ledger.stop();
  trap.close();
  directory.remove();
});

// The control is that no code of the ledger asks another machine for what a request names: these would see it if one did.
afterEach(async () => {
  await sleep(SETTLED_MS);
  expect(caught).toEqual([]);
});

describe('an address that somebody sends is never called', () => {
  it('in the texts of commands and of published figures', async () => {
    const url = `http://${lure}/latest/meta-data`;
    const income = await ledger.post(`/books/${book}/income`, incomeBody('2024-01-20', 100, { summary: url }));
    const expense = await ledger.post(
      `/books/${book}/expenses`,
      expenseBody('2024-01-20', 1, { summary: `<img src="${url}">` }),
    );
    const source = { document: url, line: '1', quote: `见${url}` };
    const figure = { value: 1, unit: 'fen', qualifier: 'exact', asOf: '2024', source };
    const reading = await ledger.post(`/indicators/${village}/collectiveTotalIncome/readings`, figure);
    expect([income.status, expense.status, reading.status]).toEqual([201, 201, 201]);
  });

  it('in the place of an attachment, or within a file', async () => {
    const named = await ledger.post(
      `/books/${book}/income`,
      incomeBody('2024-01-20', 100, { evidence: [`http://${lure}/a.pdf`] }),
    );
    expect(named.status).toBe(400);
    const external = pdf(`/URI (http://${lure}/x) /JavaScript (app.launchURL("http://${lure}/y"))`);
    expect((await ledger.put(`/attachments/${external.sha256}`, external.bytes)).status).toBe(201);
    const report = await ledger.get('/reports/monthly-income?scope=330603&period=2024-01&format=xlsx');
    expect(report.status).toBe(200);
  });

  it('in headers and targets that a proxy would follow', async () => {
    const authorization = `Bearer ${TOKEN}`;
    for (const header of [
      'host',
      'x-forwarded-host',
      'x-forwarded-for',
      'forwarded',
      'referer',
      'origin',
      'x-original-url',
      'x-webhook-url',
    ]) {
      await rawRequest(ledger.url, requestText('GET /api/v1/divisions', { authorization, [header]: lure }), 100);
    }
    for (const target of [`http://${lure}/`, `//${lure}/`, `/api/v1/divisions?next=http://${lure}/`]) {
      await rawRequest(ledger.url, requestText(`GET ${target}`, { authorization }), 100);
    }
    await rawRequest(ledger.url, `CONNECT ${lure} HTTP/1.1\r\nhost: ${lure}\r\n\r\n`, 100);
    expect((await ledger.get('/divisions')).status).toBe(200);
  });

  it('by a redirect: no answer sends a client anywhere', async () => {
    for (const path of ['/', '/docs/', `//${lure}/`, `/docs/..//${lure}`, '/api/v1/divisions/', `/\\${lure}`]) {
      const { text } = await rawRequest(ledger.url, requestText(`GET ${path}`, {}), 100);
      expect([path, /^location:/im.test(text)]).toEqual([path, false]);
    }
  });
});
