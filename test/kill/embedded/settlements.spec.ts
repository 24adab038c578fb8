import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AssetsOfVillage } from '../../support/assets-of-village.js';
import { DyingLedger, type Failpoint } from '../../support/dying-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { settlementBody, VillageBooks } from '../../support/village-books.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? (process.env['CI'] === 'true' ? 50 : 10));
/** Of the villages of a project the last has no book: its share is refused, every time. */
const SHARES = [4000, 2500, 2000, 1000, 500];
const BOOKED = SHARES.length - 1;
const AMOUNT_FEN = 100_07;

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

/** Every eighth round is one of assets, in which no settlement is asked for before the death. */
const isOfAssets = (round: number): boolean => round % 8 === 0;

function deathIn(round: number): Failpoint {
  if (isOfAssets(round)) {
    const nth = round / 8;
    const at = nth % 4 === 0 || nth % 4 === 3 ? 'after-commit' : 'before-commit';
    return { at, in: nth % 2 === 0 ? 'VoucherPosted' : 'AssetPosted', on: 1 + (nth % 3) };
  }
  const at = round % 2 === 0 ? 'before-commit' : 'after-commit';
  return { at, in: round % 4 < 2 ? 'VoucherPosted' : 'ShareBooked', on: 1 + (Math.floor(round / 4) % BOOKED) };
}

/** One ledger that dies in every settlement, and now and then while it books what assets ask for. */
class DyingSettlements {
  readonly #villages: { village: string; organization: string | undefined; book: string }[] = [];
  readonly #ledger: DyingLedger;
  readonly projects: string[] = [];
  halfBooked = 0;
  replayed = 0;
  ofAssets = 0;
  assetsHalfBooked = 0;

  constructor() {
    const directory = temporaryDirectory();
    cleanups.push(
      () => directory.remove(),
      () => this.#ledger.running.kill(),
    );
    this.#ledger = new DyingLedger(directory.path);
  }

  async open(): Promise<void> {
    await this.#ledger.start(deathIn(0));
    const books = new VillageBooks(this.#ledger.running);
    await books.district();
    for (const [index] of SHARES.entries()) {
      const { village, creditCode, id } = await books.book();
      this.#villages.push({ village, organization: index < BOOKED ? creditCode : undefined, book: id });
    }
  }

  async round(number: number): Promise<void> {
    const project = await this.#project(number);
    const body = settlementBody('2024-05-31', AMOUNT_FEN);
    const ask = () =>
      this.#ledger.running.post(`/projects/${project}/settlements`, body, {
        'idempotency-key': `settlement-${number}`,
      });
    if (isOfAssets(number)) await this.#assets(number);
    else {
      await this.#ledger.diesWhile(ask);
      const found = await this.#vouchersOf(project);
      if (found.vouchers > 0 && found.vouchers + found.told < BOOKED + SHARES.length) this.halfBooked++;
      await this.#ledger.start(deathIn(number + 1));
    }
    const again = await ask();
    expect(again.status).toBe(201);
    if (again.headers.get('idempotency-replayed') === 'true') this.replayed++;
    await this.#settled(project);
  }

  async #assets(number: number): Promise<void> {
    const nth = this.ofAssets++;
    const book = this.#villages[nth % BOOKED]?.book ?? '';
    const assets = new AssetsOfVillage(this.#ledger, book, 2 * Math.floor(nth / BOOKED));
    await this.#ledger.diesWhile(() => assets.ask());
    if (assets.halfBooked(await this.#ledger.facts())) this.assetsHalfBooked++;
    await this.#ledger.start(deathIn(number + 1));
    await assets.ask();
    await assets.settled();
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
      const { body } = await this.#ledger.running.get<{ rows: { shares: Share[] }[] }>(
        `/projects/${project}/settlements`,
      );
      const shares = body.rows[0]?.shares ?? [];
      if (shares.length > 0 && shares.every(({ status }) => status !== 'pending')) return shares;
      await sleep(10);
    }
    throw new Error(`${project}: shares are still on their way`);
  }

  async #vouchersOf(project: string): Promise<{ vouchers: number; told: number; places: string[] }> {
    const facts = await this.#ledger.facts();
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
    const books = new VillageBooks(this.#ledger.running);
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
}

describe('a ledger that is killed while it books the shares of joint projects and what assets ask for', () => {
  it(
    'has everything booked once or listed as refused after each restart, and cards that equal the books',
    async () => {
      const deaths = new DyingSettlements();
      await deaths.open();
      for (let number = 0; number < ROUNDS; number++) await deaths.round(number);
      process.stdout.write(
        `\nKILL TEST, settlements: ${ROUNDS} rounds, found half booked in ${deaths.halfBooked}; ${deaths.replayed} settlements were there without being asked again; ${deaths.ofAssets} rounds of assets, found half booked in ${deaths.assetsHalfBooked}\n`,
      );
      expect(deaths.projects).toHaveLength(ROUNDS);
      expect(deaths.halfBooked).toBeGreaterThanOrEqual(0.8 * ROUNDS);
      expect(deaths.assetsHalfBooked).toBeGreaterThanOrEqual(0.5 * deaths.ofAssets);
    },
    60_000 + ROUNDS * 15_000,
  );
});
