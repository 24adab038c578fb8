import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readFact } from '@ledger/domain';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { settlementBody, VillageBooks } from '../support/village-books.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] === 'true' ? 50 : 10));
/** Of the villages of a project the last has no book: its share is refused, every time. */
const SHARES = [4000, 2500, 2000, 1000, 500];
const BOOKED = SHARES.length - 1;
const AMOUNT_FEN = 100_07;

interface Death {
  readonly at: 'before-commit' | 'after-commit';
  readonly in: 'VoucherPosted' | 'ShareBooked';
  /** The n-th such append of the round. */
  readonly on: number;
}

interface Share {
  readonly village: string;
  readonly status: string;
  readonly amountFen: number;
  readonly bookedIn: { readonly book: string; readonly period: string; readonly voucherNo: number } | null;
  readonly refusal: { readonly code: string } | null;
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function deathOf(round: number): Death {
  const at = round % 2 === 0 ? 'before-commit' : 'after-commit';
  return { at, in: round % 4 < 2 ? 'VoucherPosted' : 'ShareBooked', on: 1 + (Math.floor(round / 4) % BOOKED) };
}

/** One ledger that dies in every settlement, over one data directory. */
class DyingSettlements {
  readonly #directory: string;
  readonly #villages: { village: string; organization: string | undefined }[] = [];
  readonly projects: string[] = [];
  #ledger!: RunningLedger;
  halfBooked = 0;
  replayed = 0;

  constructor() {
    const directory = temporaryDirectory();
    cleanups.push(() => directory.remove());
    this.#directory = directory.path;
  }

  async open(): Promise<void> {
    await this.#start(deathOf(0));
    const books = new VillageBooks(this.#ledger);
    await books.district();
    for (const [index] of SHARES.entries()) {
      const { village, creditCode } = await books.book();
      this.#villages.push({ village, organization: index < BOOKED ? creditCode : undefined });
    }
  }

  async round(number: number): Promise<void> {
    const project = await this.#project(number);
    const key = { 'idempotency-key': `settlement-${number}` };
    const body = settlementBody('2024-05-31', AMOUNT_FEN);
    const died = this.#ledger.process;
    const ended = once(died, 'exit', { signal: AbortSignal.timeout(20_000) });
    died.kill('SIGUSR2');
    const asked = this.#ledger.post(`/projects/${project}/settlements`, body, key).catch(() => undefined);
    await ended;
    await asked;
    expect(died.signalCode).toBe('SIGKILL');

    const found = await this.#vouchersOf(project);
    const all = BOOKED + SHARES.length;
    if (found.vouchers > 0 && found.vouchers + found.told < all) this.halfBooked++;
    await this.#start(deathOf(number + 1));
    const again = await this.#ledger.post(`/projects/${project}/settlements`, body, key);
    expect(again.status).toBe(201);
    if (again.headers.get('idempotency-replayed') === 'true') this.replayed++;
    await this.#settled(project);
  }

  /** Every share is booked once, in its village's book, or listed as refused; the parts add up to the whole. */
  async #settled(project: string): Promise<void> {
    const shares = await this.#shares(project);
    expect(shares.map(({ status, refusal }) => refusal?.code ?? status)).toEqual([
      ...Array.from({ length: BOOKED }, () => 'booked'),
      'BOOK_UNKNOWN',
    ]);
    expect(shares.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(AMOUNT_FEN);
    const { vouchers, told, places } = await this.#vouchersOf(project);
    expect({ vouchers, told }).toEqual({ vouchers: BOOKED, told: SHARES.length });
    const booked = shares.flatMap(({ bookedIn }) => (bookedIn === null ? [] : [JSON.stringify(bookedIn)]));
    expect(new Set(places)).toEqual(new Set(booked));
    expect(new Set(booked).size).toBe(BOOKED);
  }

  async #shares(project: string): Promise<Share[]> {
    for (let tries = 0; tries < 1000; tries++) {
      const { body } = await this.#ledger.get<{ rows: { shares: Share[] }[] }>(`/projects/${project}/settlements`);
      const shares = body.rows[0]?.shares ?? [];
      if (shares.length > 0 && shares.every(({ status }) => status !== 'pending')) return shares;
      await sleep(10);
    }
    throw new Error(`${project}: shares are still on their way`);
  }

  /** What the log itself holds of a project's shares, whoever else writes to it. */
  async #vouchersOf(project: string): Promise<{ vouchers: number; told: number; places: string[] }> {
    const log = openSqliteLogForReading(this.#directory);
    const facts = (await log.readAfter(0, 100_000)).map(({ fact }) => readFact(fact));
    await log.close();
    const vouchers = facts.filter(({ type, data }) => {
      const { lines } = data as { lines?: { project?: string }[] };
      return type === 'VoucherPosted' && lines?.some((line) => line.project === project) === true;
    });
    const told = facts.filter(
      ({ type, stream }) => /^Share(Booked|Refused)$/.test(type) && stream === `project-${project}`,
    );
    const places = vouchers.map(({ data }) => {
      const { book, period, voucherNo } = data as { book: string; period: string; voucherNo: number };
      return JSON.stringify({ book, period, voucherNo });
    });
    return { vouchers: vouchers.length, told: told.length, places };
  }

  async #project(number: number): Promise<string> {
    const books = new VillageBooks(this.#ledger);
    const [lead, ...others] = this.#villages.map(({ village }) => village);
    const effectiveOn = '2024-01-01';
    const { stream } = await books.accepted('/projects', {
      name: `第${number + 1}个抱团项目`,
      kind: 'VEGETABLE_BRAND',
      leadVillage: lead,
      villages: others,
      effectiveOn,
    });
    const id = stream.slice('project-'.length);
    for (const step of ['approve', 'start']) await books.accepted(`/projects/${id}/${step}`, { effectiveOn });
    const shares = this.#villages.map(({ village, organization }, index) => ({
      village,
      basisPoints: SHARES[index],
      organization,
    }));
    await books.accepted(`/projects/${id}/allocation-schemes`, { shares, effectiveOn });
    this.projects.push(id);
    return id;
  }

  async #start({ at, in: type, on }: Death): Promise<void> {
    const env = { FAILS_AT: at, FAILS_IN: type, FAILS_ON: String(on) };
    const ledger = await startLedger(this.#directory, { entry: 'dist/test/support/failing-ledger.js', env });
    cleanups.push(() => ledger.kill());
    this.#ledger = ledger;
  }
}

describe('a ledger that is killed while it books the shares of joint projects', () => {
  it(
    'has every share booked once or listed as refused after each restart',
    async () => {
      const deaths = new DyingSettlements();
      await deaths.open();
      for (let number = 0; number < ROUNDS; number++) await deaths.round(number);
      process.stdout.write(
        `\nKILL TEST, settlements: ${ROUNDS} rounds, found half booked in ${deaths.halfBooked}; ${deaths.replayed} settlements were there without being asked again\n`,
      );
      expect(deaths.projects).toHaveLength(ROUNDS);
      expect(deaths.halfBooked).toBeGreaterThanOrEqual(0.8 * ROUNDS);
    },
    60_000 + ROUNDS * 15_000,
  );
});
