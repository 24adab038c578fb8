import { type ChildProcess, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { viewsFile } from '@ledger/readmodel';
import { LEDGER_NAME, recordVillageLog, type VillageLog } from '../../bench/generator/village-log.js';
import { caughtUp, viewsAreThoseOfAReplay } from '../../support/live-views.js';
import { operating } from '../../support/operator.js';
import { type RunningLedger, startLedger } from '../../support/running-ledger.js';
import { type Question, SteadyLoad } from '../../support/steady-load.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const FACTS = 12_000;
const MAIN = 'dist/apps/ledger/src/main.js';

const temporary = temporaryDirectory();
let village: VillageLog;
let ledger: RunningLedger | undefined;

beforeAll(async () => {
  village = await recordVillageLog(temporary.path, FACTS);
}, 120_000);
afterEach(async () => ledger?.kill());
afterAll(() => temporary.remove());

const start = async (): Promise<RunningLedger> => startLedger(temporary.path, { env: { LEDGER_NAME } });

/** The operator's command in a process of its own. */
const rebuilding = () => operating(['rebuild', '--data', temporary.path]);

async function generation(): Promise<number> {
  const { body } = (await ledger?.get<{ generation: number }>('/health/ready')) ?? { body: { generation: 0 } };
  return body.generation;
}

const files = (): string[] => readdirSync(temporary.path).filter((name) => /^views-\d+\.db(\.building)?$/.test(name));

function unfinishedBytes(): number {
  const name = files().find((file) => file.endsWith('.building'));
  // It may get its name between the two looks.
  return name === undefined ? 0 : (statSync(join(temporary.path, name), { throwIfNoEntry: false })?.size ?? 0);
}

const question =
  (path: string): Question =>
  () => ({ path });

/** Looks as often as it can: a moment of a rebuild may last only milliseconds. */
async function until(reached: () => boolean, child: ChildProcess): Promise<void> {
  while (!reached()) {
    expect(child.exitCode).toBeNull();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a rebuild while the ledger is at work', () => {
  it('fails nobody: 50 reads and 20 writes a second succeed, and positions never step back', async () => {
    ledger = await start();
    await ledger.stop();
    // So that an answer tells from which generation it is.
    const db = new DatabaseSync(viewsFile(temporary.path));
    db.exec("UPDATE book SET name = '旧' || name");
    db.close();
    ledger = await start();

    const seen: string[] = [];
    const { books, today } = village;
    const months = `from=${today.slice(0, 4)}-01&to=${today.slice(0, 7)}`;
    const load = new SteadyLoad(ledger, {
      books,
      today,
      questions: [
        () => ({
          path: '/books?division=330603',
          check: ({ body }) => {
            const names = (body as { rows: { name: string }[] }).rows.map(({ name }) => name.startsWith('旧'));
            expect(new Set(names).size).toBe(1);
            seen.push(names[0] === true ? 'old' : 'new');
          },
        }),
        question(`/books/${books[3]}/balances`),
        question(`/divisions/330603/income?${months}`),
        question(`/books/${books[4]}/vouchers?period=${today.slice(0, 7)}`),
        question(`/divisions`),
      ],
    });
    load.start();
    const before = await generation();
    const rebuilds = 3;
    for (let rebuild = 1; rebuild <= rebuilds; rebuild++) {
      const { status, output } = await rebuilding().ended;
      expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining('已切换到它') });
      expect(await generation()).toBe(before + rebuild);
    }
    await load.stop();
    // Answers may overtake each other by a turn; but the old generation is not asked again once the new one was.
    expect(seen.lastIndexOf('old') - seen.indexOf('new')).toBeLessThan(5);
    expect(seen.filter((from) => from === 'old').length).toBeGreaterThan(10);
    expect(seen.at(-1)).toBe('new');
    process.stdout.write(`REBUILD: ${load.reads} reads and ${load.writes} writes during ${rebuilds} rebuilds\n`);
    await caughtUp(ledger, (await ledger.get<{ head: number }>('/health/ready')).body.head);
    await viewsAreThoseOfAReplay(ledger);
  }, 120_000);

  it('leaves what serves when it is killed at any moment, and a later one works', async () => {
    ledger = await start();
    const before = await generation();
    const moments: { readonly name: string; readonly reached: () => boolean }[] = [
      { name: 'it has made its file', reached: () => files().some((name) => name.endsWith('.building')) },
      { name: 'it has written its first rows', reached: () => unfinishedBytes() > 1_000_000 },
      { name: 'it is in the middle', reached: () => unfinishedBytes() > 8_000_000 },
    ];
    for (const { reached } of moments) {
      const rebuild = rebuilding();
      await until(reached, rebuild.process);
      rebuild.process.kill('SIGKILL');
      await rebuild.ended;
      expect(rebuild.process.signalCode).toBe('SIGKILL');
      expect(files().toSorted()).toEqual([`views-${before}.db`, `views-${before + 1}.db.building`]);
      expect((await ledger.get('/books?division=330603')).status).toBe(200);
      expect(await generation()).toBe(before);
    }
    // Complete, but killed before it could say so: it is a generation like any other.
    const rebuild = rebuilding();
    await until(() => files().includes(`views-${before + 1}.db`), rebuild.process);
    rebuild.process.kill('SIGKILL');
    await rebuild.ended;
    await takenUp(before + 1);
    expect((await rebuilding().ended).status).toBe(0);
    expect(await generation()).toBe(before + 2);
    expect(files()).toEqual([`views-${before + 2}.db`]);
    await viewsAreThoseOfAReplay(ledger);
  }, 120_000);

  it('is refused with a sentence while another one is at it, and says so when it cannot write', async () => {
    ledger = await start();
    const before = await generation();
    const first = rebuilding();
    await until(() => unfinishedBytes() > 0, first.process);
    const second = await rebuilding().ended;
    expect(second).toEqual({ status: 1, output: expect.stringContaining('正在重建') });
    expect((await first.ended).status).toBe(0);
    await takenUp(before + 1);

    // A file may grow to 5 MB and no further, as on a disk that fills up.
    const command = `trap '' XFSZ; ulimit -f 5000; exec '${process.execPath}' ${MAIN} rebuild --data '${temporary.path}'`;
    const full = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect(full.status).toBe(1);
    expect(full.stderr).toContain('无法写入,未重建,原有视图未动');
    expect(files()).toEqual([`views-${before + 1}.db`]);
    expect((await ledger.get('/books?division=330603')).status).toBe(200);
  }, 120_000);
});

describe('a ledger that is killed while it goes over to a new generation', () => {
  it.each([0, 500, 1100])(
    'begins with that one, %i ms after it was complete, and has what was written since',
    async (ms) => {
      ledger = await start();
      const before = await generation();
      const rebuild = rebuilding();
      await until(() => unfinishedBytes() > 0, rebuild.process);
      const load = new SteadyLoad(ledger, {
        books: village.books,
        today: village.today,
        questions: [question('/books')],
      });
      load.start();
      await until(() => files().includes(`views-${before + 1}.db`), rebuild.process);
      await load.stop();
      expect(load.writes).toBeGreaterThan(0);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await ledger.kill();
      await rebuild.ended;

      ledger = await start();
      await takenUp(before + 1);
      await caughtUp(ledger, (await ledger.get<{ head: number }>('/health/ready')).body.head);
      await viewsAreThoseOfAReplay(ledger);
    },
    60_000,
  );
});

describe('a rebuild while no ledger runs', () => {
  it('makes a generation that the next start begins with, and removes what it replaces', async () => {
    ledger = await start();
    const before = await generation();
    await ledger.stop();
    const { status, output } = await rebuilding().ended;
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('下次启动即使用它') });
    ledger = await start();
    expect(await generation()).toBe(before + 1);
    await takenUp(before + 1);
  });
});

/** The ledger answers from a generation, and the files of those before it are gone. */
async function takenUp(wanted: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while ((await generation()) !== wanted || files().join(' ') !== `views-${wanted}.db`) {
    if (Date.now() > deadline) throw new Error(`generation ${await generation()} serves; files ${files().join(' ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
