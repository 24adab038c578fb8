import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { rebuild, viewsFile } from '@ledger/readmodel';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { recordLongLedger } from './long-ledger.js';

const FACTS = 200_000;
/** How a process ends: closed, killed with facts staged that it never committed, or killed anywhere. */
const ENDINGS = ['kill-staged', 'close', 'kill-running', 'kill-staged', 'kill-running', 'close'] as const;
type Ending = (typeof ENDINGS)[number];

const temporary = temporaryDirectory();
afterAll(() => temporary.remove());

describe('a rebuild', () => {
  it('gives the rows that a projector wrote live, in random batches and over five restarts', async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const directories = { log: join(temporary.path, 'log'), live: join(temporary.path, 'live') };
    const writing = stopwatch();
    const head = await recordLongLedger(directories.log, FACTS);
    const writingSeconds = writing();
    expect(head).toBeGreaterThanOrEqual(FACTS);

    const living = stopwatch();
    const checkpoints: number[] = [];
    for (const [run, ending] of ENDINGS.entries()) {
      const until = run === ENDINGS.length - 1 ? head : Math.floor((head * (run + 1)) / ENDINGS.length);
      checkpoints.push(await runProjection(directories, seed + run, until, ending));
    }
    const livingSeconds = living();

    const log = openSqliteLogForReading(directories.log);
    const rebuilt = join(temporary.path, 'rebuilt.db');
    const rebuilding = stopwatch();
    expect(await rebuild(log, rebuilt)).toBe(head);
    const rebuildingSeconds = rebuilding();
    await log.close();

    const rows = rowsInBoth(viewsFile(directories.live), rebuilt);
    const rate = (seconds: number): string => `${seconds.toFixed(1)} s, ${Math.round(head / seconds)}/s`;
    process.stdout.write(
      `rebuild = live, seed ${seed}: ${head} facts (${rate(writingSeconds)}), ${rows} equal rows; ` +
        `live over ${ENDINGS.length - 1} restarts, begun at ${checkpoints.join(', ')} (${rate(livingSeconds)}), ` +
        `rebuilt (${rate(rebuildingSeconds)})\n`,
    );
    // None of the runs began again from nothing.
    expect(checkpoints.slice(1).every((checkpoint, i) => checkpoint > (checkpoints[i] ?? 0))).toBe(true);
    expect(rows).toBeGreaterThan(head);
  }, 300_000);
});

/** Continues the live views in a process of their own up to a position, and ends it. Returns where it began. */
async function runProjection(
  { log, live }: { log: string; live: string },
  seed: number,
  until: number,
  ending: Ending,
): Promise<number> {
  const script = fileURLToPath(new URL('live-projection.ts', import.meta.url));
  const hooks = fileURLToPath(new URL('../support/typescript-hooks.mjs', import.meta.url));
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    hooks,
    script,
    log,
    live,
    `${seed}`,
    `${until}`,
    ending,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    if (ending === 'close' || !printed.includes('staged')) return;
    setTimeout(() => child.kill('SIGKILL'), ending === 'kill-staged' ? 0 : seed % 300);
  });
  const [code, signal] = (await exited) as [number | null, string | null];
  expect([code, signal]).toEqual(ending === 'close' ? [0, null] : [null, 'SIGKILL']);
  const [, began] = /^open (\d+)$/m.exec(printed) ?? [];
  expect(printed).toMatch(/^applied \d+$/m);
  return Number(began);
}

/** Walks every table of both files in the order of its key; throws at the first row that differs. Counts the rows. */
function rowsInBoth(live: string, rebuilt: string): number {
  const [a, b] = [live, rebuilt].map((file) => new DatabaseSync(file, { readOnly: true })) as [
    DatabaseSync,
    DatabaseSync,
  ];
  try {
    const schema = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    const tables = a.prepare(schema).all();
    expect(b.prepare(schema).all()).toEqual(tables);
    expect(tables.length).toBeGreaterThan(10);
    return tables.reduce((rows, { name }) => rows + rowsOfTable(String(name), a, b), 0);
  } finally {
    a.close();
    b.close();
  }
}

function rowsOfTable(table: string, live: DatabaseSync, rebuilt: DatabaseSync): number {
  const columns = live.prepare(`PRAGMA table_info(${table})`).all();
  const key = columns.filter(({ pk }) => Number(pk) > 0).toSorted((x, y) => Number(x['pk']) - Number(y['pk']));
  const order = (key.length > 0 ? key : columns).map(({ name }) => String(name)).join(', ');
  const [a, b] = [live, rebuilt].map((db) => {
    const statement = db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`);
    statement.setReturnArrays(true);
    return statement.iterate();
  }) as unknown as [Iterator<unknown>, Iterator<unknown>];
  for (let rows = 0; ; rows++) {
    const [left, right] = [a.next(), b.next()];
    if (left.done === true && right.done === true) return rows;
    const [leftRow, rightRow] = [left, right].map(({ done, value }) =>
      done === true ? 'no row' : JSON.stringify(value),
    );
    if (leftRow !== rightRow) throw new Error(`${table}, row ${rows + 1}: live ${leftRow}, rebuilt ${rightRow}`);
  }
}

function stopwatch(): () => number {
  const started = performance.now();
  return () => (performance.now() - started) / 1000;
}
