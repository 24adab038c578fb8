import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { type RunningLedger, spawnLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { givenTraceCollector, type TraceCollector } from '../support/trace-collector.js';
import { incomeBody, VillageBooks } from '../support/village-books.js';

/** Checksum-valid, and nobody's. */
const MOBILE = '13800138000';
const SUMMARY = '一季度商铺租金';

let directory: ReturnType<typeof temporaryDirectory>;
let collector: TraceCollector;
let ledger: RunningLedger;
let metrics: string;
let book: { id: string; village: string };

beforeAll(async () => {
  directory = temporaryDirectory();
  collector = await givenTraceCollector();
  ledger = await startLedger(directory.path, {
    env: { LEDGER_METRICS_PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '50' },
  });
  [, metrics = ''] = /(http:\S+\/metrics)/.exec(ledger.output()) ?? [];
  const books = new VillageBooks(ledger);
  await books.district();
  book = await books.book();
  await books.accepted(`/books/${book.id}/income`, incomeBody('2024-01-20', 1000, { summary: SUMMARY }), {
    'idempotency-key': 'key-of-a-test',
  });
});

afterAll(async () => {
  await ledger?.stop();
  await collector?.close();
  directory.remove();
});

async function figure(series: string): Promise<number> {
  const line = (await (await fetch(metrics)).text()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? 0 : Number(line.slice(series.length + 1));
}

describe('figures of the running program', () => {
  it('count requests by operation, commands by outcome and refusals by code', async () => {
    const series = {
      request: 'ledger_request_seconds_count{operation="recordIncome",outcome="4xx"}',
      command: 'ledger_command_seconds_count{command="RecordIncome",outcome="refused"}',
    };
    const [request, command] = [await figure(series.request), await figure(series.command)];
    const refused = await ledger.post(`/books/${book.id}/income`, incomeBody('1999-01-01', 1000));
    expect(refused.status).toBe(422);
    expect([await figure(series.request), await figure(series.command)]).toEqual([request + 1, command + 1]);
    expect(await figure(`ledger_refusals_total{code="${String(refused.body['code'])}"}`)).toBe(1);
    expect(await figure('ledger_command_seconds_count{command="RecordIncome",outcome="recorded"}')).toBe(1);
    expect(await figure('ledger_append_seconds_count{stream="ledger",outcome="recorded"}')).toBe(1);
  });

  it('say how far log, views and bookings are, and how late the event loop is', async () => {
    await ledger.get('/books');
    expect(await figure('ledger_log_up')).toBe(1);
    expect(await figure('ledger_log_head')).toBeGreaterThan(5);
    const deadline = Date.now() + 5_000;
    while ((await figure('ledger_lag_facts{of="views"}')) > 0 && Date.now() < deadline) await ledger.get('/books');
    expect(await figure('ledger_views_position')).toBe(await figure('ledger_log_head'));
    expect(await (await fetch(metrics)).text()).toContain('nodejs_eventloop_lag_seconds');
  });

  it('are not told at the door of the ledger', async () => {
    expect((await fetch(`${ledger.url}/metrics`)).status).toBe(404);
    expect(metrics).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(metrics).not.toContain(new URL(ledger.url).port);
  });

  it('are told on a port that is free, or the program ends with a sentence', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const other = temporaryDirectory();
    const env = { PORT: '0', LEDGER_DATA: other.path, LEDGER_DEMO: 'off', LEDGER_METRICS_PORT: String(port) };
    const spawned = spawnLedger(env);
    const [code] = (await once(spawned.process, 'close')) as [number | null];
    await new Promise((resolve) => taken.close(resolve));
    other.remove();
    expect(code).toBe(1);
    expect(spawned.output()).toMatch(/^LEDGER_METRICS_PORT=\d+ 无法使用.*EADDRINUSE/m);
  });
});

describe('traces of the running program', () => {
  it('show the append in its command, and the command in its request', async () => {
    const append = await collector.received('append ledger');
    const spans = collector.spans().filter(({ traceId }) => traceId === append.traceId);
    const parent = (span: { parentSpanId?: string }) => spans.find(({ spanId }) => spanId === span.parentSpanId);
    const command = parent(append);
    const request = command && parent(command);
    expect([command?.name, request?.name]).toEqual(['command RecordIncome', 'request recordIncome']);
    expect(request?.parentSpanId ?? '').toBe('');
    expect(append.attributes).toEqual({ 'ledger.append': 'ledger', 'ledger.facts': 1, 'ledger.outcome': 'recorded' });
  });

  it('hold nothing that anybody wrote: no text, no number, no key, no token, no id of a thing', async () => {
    const refused = await ledger.post(
      `/books/${book.id}/income`,
      incomeBody('2024-01-20', 1000, { summary: `请打 ${MOBILE}` }),
    );
    expect(refused.body).toMatchObject({ code: 'PERSONAL_DATA_IN_TEXT' });
    await ledger.get(`/villages/${book.village}/income?from=2024-01&to=2024-01&note=${MOBILE}`);
    await ledger.get(`/nowhere/${MOBILE}`);
    const before = collector.spans().length;
    await ledger.get('/books');
    const deadline = Date.now() + 5_000;
    while (collector.spans().length === before && Date.now() < deadline) await new Promise((ok) => setTimeout(ok, 50));
    for (const written of [
      MOBILE,
      SUMMARY,
      '商铺',
      'key-of-a-test',
      TOKEN,
      book.id,
      book.village,
      'accountant-1',
      '127.0.0.1',
    ]) {
      expect(collector.text()).not.toContain(written);
    }
    expect(collector.text()).toContain('PERSONAL_DATA_IN_TEXT');
  });

  it('begin here: what a client says of a trace is not taken over', async () => {
    const theirs = '0af7651916cd43dd8448eb211c80319c';
    await ledger.get('/books', { traceparent: `00-${theirs}-b7ad6b7169203331-01` });
    await collector.received('request getBooks');
    expect(collector.text()).not.toContain(theirs);
  });

  it('that nobody takes hold nothing up', async () => {
    const other = temporaryDirectory();
    const lonely = await startLedger(other.path, {
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_BSP_SCHEDULE_DELAY: '20' },
    });
    expect((await lonely.get('/books')).status).toBe(200);
    expect(await lonely.stop()).toBe(0);
    other.remove();
  });
});
