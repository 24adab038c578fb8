import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BusyTownship } from '../../support/busy-township.js';
import { type Death, deathOf, die, matchesItsDeath, startMortal } from '../../support/deaths.js';
import { balancesAddUp, caughtUp, viewsAreThoseOfAReplay } from '../../support/live-views.js';
import { LogCopy } from '../../support/log-copy.js';
import { requestText } from '../../support/raw-http.js';
import { type Answer, type RunningLedger, startLedger, TOKEN } from '../../support/running-ledger.js';
import { pdf, type SampleFile } from '../../support/sample-files.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { incomeBody, VillageBooks } from '../../support/village-books.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] === 'true' ? 50 : 10));

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function emptyDirectory(): string {
  const directory = temporaryDirectory();
  cleanups.push(() => directory.remove());
  return directory.path;
}

async function started(starting: Promise<RunningLedger>): Promise<RunningLedger> {
  const ledger = await starting;
  cleanups.push(() => ledger.kill());
  return ledger;
}

/** One ledger that dies again and again over one data directory, and what the eight who write to it remember. */
class ManyDeaths {
  readonly tally = new Map<string, number>();
  readonly #township = new BusyTownship(8 + ROUNDS);
  readonly #copy = new LogCopy();
  readonly #directory = emptyDirectory();
  #ledger: RunningLedger;
  /** Appends that set the scene; every other append in the log must have a receipt. */
  #scene = 0;
  #acknowledged = 0;
  #writingMs = 0;
  #slowestStartMs = 0;

  async open(): Promise<void> {
    this.#ledger = await this.#start(deathOf(0));
    await this.#township.open(this.#ledger);
    await this.#copy.read(this.#ledger);
    this.#scene = this.#copy.appends;
  }

  /** The ledger is written to until it dies, starts again, hears again what it did not answer, and shows all it holds. */
  async round(number: number): Promise<void> {
    const death = deathOf(number);
    const died = this.#ledger;
    await this.#writeUntil(death);
    this.#count(`died by ${death.name}`);
    if (this.#township.unanswered.some(({ inFlight }) => inFlight)) this.#count('in flight');

    this.#ledger = await this.#start(deathOf(number + 1));
    const retried = await this.#township.retry(this.#ledger);
    matchesItsDeath(died, death, retried);
    for (const { replayed, receipt } of retried) {
      this.#count(`retries ${replayed ? 'replayed' : receipt === undefined ? 'refused' : 'recorded'}`);
    }
    await this.#copy.read(this.#ledger);
    for (const receipt of this.#township.receipts) this.#copy.mustHold(receipt);
    expect(this.#copy.appends).toBe(this.#scene + this.#township.receipts.length);
    await caughtUp(this.#ledger, this.#copy.facts);
    if ((number + 1) % 10 === 0 || number + 1 === ROUNDS) {
      await viewsAreThoseOfAReplay(this.#ledger);
      await balancesAddUp(this.#ledger, this.#township.books, this.#copy);
    }
  }

  async #start(death: Death): Promise<RunningLedger> {
    const before = performance.now();
    const ledger = await started(startMortal(this.#directory, death));
    this.#slowestStartMs = Math.max(this.#slowestStartMs, performance.now() - before);
    return ledger;
  }

  async #writeUntil(death: Death): Promise<void> {
    const before = performance.now();
    const writing = this.#township.write(this.#ledger, { closeYear: death.inYearClose === true });
    const dead = die(this.#ledger, death).finally(() => {
      this.#writingMs += performance.now() - before;
      writing.stop();
    });
    // Whatever goes wrong with a writer ends the test at once.
    const [acknowledged] = await Promise.all([writing.ended, dead]);
    this.#acknowledged += acknowledged;
  }

  get perSecond(): number {
    return Math.round((this.#acknowledged / this.#writingMs) * 1000);
  }

  summary(): string {
    const counted = [...this.tally].map(([what, count]) => `${what} ${count}`).toSorted((a, b) => (a < b ? -1 : 1));
    return [
      `${ROUNDS} rounds, requests in flight at the death in ${this.tally.get('in flight') ?? 0}`,
      `${this.#acknowledged} acknowledged, ${this.perSecond}/s while writing`,
      `${this.#copy.facts} facts in the log`,
      `slowest restart ${Math.round(this.#slowestStartMs)} ms`,
      ...counted.filter((line) => !line.startsWith('in flight')),
    ].join('; ');
  }

  #count(what: string): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
  }
}

describe('a ledger that is killed while eight write to it', () => {
  it(
    'has every acknowledged fact exactly once after each restart, numbers without gap or repeat, and views that add up',
    async () => {
      process.stdout.write(
        `\nKILL TEST: ${ROUNDS} rounds${ROUNDS < 50 ? ' (50 with CI=true, or set KILL_ROUNDS)' : ''}\n`,
      );
      const deaths = new ManyDeaths();
      await deaths.open();
      for (let number = 0; number < ROUNDS; number++) await deaths.round(number);
      process.stdout.write(`KILL TEST: ${deaths.summary()}\n`);
      expect(deaths.tally.get('in flight')).toBeGreaterThanOrEqual(0.9 * ROUNDS);
      expect(deaths.perSecond).toBeGreaterThanOrEqual(200);
    },
    60_000 + ROUNDS * 15_000,
  );
});

describe('64 parallel copies of one request', () => {
  it('make one fact and get one receipt', async () => {
    const ledger = await started(startLedger(emptyDirectory()));
    const villages = new VillageBooks(ledger);
    await villages.district();
    const answers = await Promise.all(copies(ledger, (await villages.book()).id));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(replays(answers)).toBe(63);
    expect(await incomeFacts(ledger)).toBe(1);
  });

  it.each(['before-commit', 'after-commit'] as const)(
    'make one fact when the ledger dies %s among them',
    async (at) => {
      const directory = emptyDirectory();
      const env = { FAILS_AT: at, FAILS_IN: 'IncomeRecorded' };
      const ledger = await started(startLedger(directory, { entry: 'dist/test/support/failing-ledger.js', env }));
      const villages = new VillageBooks(ledger);
      await villages.district();
      const { id } = await villages.book();
      const death = { name: at, at };
      const [answers] = await Promise.all([Promise.allSettled(copies(ledger, id)), die(ledger, death)]);
      expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([]);

      const restarted = await started(startLedger(directory));
      const again = await Promise.all(copies(restarted, id));
      expect(new Set(again.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(again[0]?.status).toBe(201);
      expect(replays(again)).toBe(at === 'after-commit' ? 64 : 63);
      expect(await incomeFacts(restarted)).toBe(1);
    },
  );
});

const authorization = `Bearer ${TOKEN}`;
const arriving = (directory: string): string[] => readdirSync(join(directory, 'attachments', 'arriving'));
const statusOf = async (ledger: RunningLedger, { sha256 }: SampleFile): Promise<number> =>
  (await fetch(`${ledger.url}/api/v1/attachments/${sha256}`, { headers: { authorization } })).status;

describe('a ledger that is killed while files are uploaded', () => {
  it('has every file that it acknowledged, whole, and nothing else', async () => {
    const directory = emptyDirectory();
    const ledger = await started(startLedger(directory));
    const acknowledged: SampleFile[] = [];
    const sent: SampleFile[] = [];
    const client = async (serial: number): Promise<void> => {
      for (let n = 0; ; n++) {
        const file = pdf(`${serial}-${n}`, 200_000);
        sent.push(file);
        try {
          const { status } = await ledger.put(`/attachments/${file.sha256}`, file.bytes);
          expect(status).toBe(201);
        } catch (error) {
          expect((error as Error).name).toBe('TypeError');
          return;
        }
        acknowledged.push(file);
      }
    };
    const clients = Array.from({ length: 8 }, async (_, serial) => client(serial));
    await die(ledger, { name: 'SIGKILL from outside' });
    await Promise.all(clients);
    expect(acknowledged.length).toBeGreaterThan(8);

    const again = await started(startLedger(directory));
    for (const file of acknowledged) expect(await statusOf(again, file)).toBe(200);
    // What was stored but never acknowledged is whole too: GET compares every byte with the hash.
    for (const file of sent) expect([200, 404]).toContain(await statusOf(again, file));
    expect(arriving(directory)).toEqual([]);
  });

  it('has no file of which only the beginning had come', async () => {
    const directory = emptyDirectory();
    const ledger = await started(startLedger(directory));
    const file = pdf('half', 1_000_000);
    const { hostname, port } = new URL(ledger.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    const headers = { authorization, 'content-length': String(file.bytes.length) };
    socket.write(requestText(`PUT /api/v1/attachments/${file.sha256}`, headers));
    socket.write(file.bytes.subarray(0, 500_000));
    while (arriving(directory).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await ledger.kill();
    socket.destroy();
    expect(arriving(directory)).toHaveLength(1);

    const again = await started(startLedger(directory));
    expect(await statusOf(again, file)).toBe(404);
    expect(readdirSync(join(directory, 'attachments'))).toEqual(['arriving']);
    expect(arriving(directory)).toEqual([]);
    expect((await again.put(`/attachments/${file.sha256}`, file.bytes)).status).toBe(201);
  });
});

function copies(ledger: RunningLedger, book: string): Promise<Answer>[] {
  const body = incomeBody('2024-01-15', 12_800_00);
  return Array.from({ length: 64 }, () => ledger.post(`/books/${book}/income`, body, { 'idempotency-key': 'one-key' }));
}

async function incomeFacts(ledger: RunningLedger): Promise<number> {
  const { body } = await ledger.get<{ rows: { fact: string }[] }>('/events?limit=1000');
  return body.rows.filter(({ fact }) => fact.includes('"type":"IncomeRecorded"')).length;
}

function replays(answers: readonly Answer[]): number {
  return answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length;
}
