import {
  type AssetCommand,
  type Assets,
  assetStream,
  ChangeAssetUse,
  decideAssets,
  emptyAssets,
  evolveAssets,
  type LocalDate,
  type OpenedBook,
  RegisterAsset,
} from '@ledger/domain';
import { NO_STREAM, openSqliteLog } from '@ledger/eventlog';
import { ledgerOrigin } from '@ledger/commands';
import { progress, thousands } from '../measure.js';
import { type Random, seeded } from '../random.js';
import { asFact, recordDistrict } from './district.js';
import { Recorder, StoryClock } from './recorder.js';

const CARDS_OF_A_VILLAGE = 100;
const START = '2020-01';
export const ASSETS_FROM: LocalDate = '2019-12-31';
export const ASSETS_TO: LocalDate = '2024-12-31';

export interface AssetLog {
  readonly directory: string;
  readonly facts: number;
  readonly cards: number;
}

/**
 * A county's asset cards in a ledger of their own: 214 books with a hundred cards each, which change so many times in five
 * years; every tenth change is dated back behind others.
 */
export async function recordAssetLog(directory: string, changesOfACard: number): Promise<AssetLog> {
  const clock = new StoryClock();
  clock.morningOf(`${START}-01`);
  const log = openSqliteLog(directory, { clock });
  const recorder = new Recorder(log, `assets-${changesOfACard}`);
  try {
    await ledgerOrigin(log, { name: 'bench.assets', demo: false });
    const books = (await recordDistrict(recorder, START)).map((book) => new AssetBook(book, recorder));
    await Promise.all(books.map((book) => book.register()));
    const random = seeded(7);
    for (let round = 0; round < changesOfACard; round++) {
      const year = 2020 + Math.floor((round * 5) / changesOfACard);
      clock.morningOf(`${year}-12-31`);
      for (let card = 1; card <= CARDS_OF_A_VILLAGE; card++) {
        await Promise.all(books.map((book) => book.change(card, year, random)));
      }
    }
    // The origin is recorded beside the recorder.
    const facts = recorder.facts + 1;
    progress(`recorded ${thousands(facts)} facts of assets, ${changesOfACard} changes a card`);
    return { directory, facts, cards: books.length * CARDS_OF_A_VILLAGE };
  } finally {
    await log.close();
  }
}

class AssetBook {
  readonly #assets: Assets = emptyAssets();
  #revision = NO_STREAM;

  constructor(
    private readonly book: OpenedBook,
    private readonly recorder: Recorder,
  ) {}

  async register(): Promise<void> {
    for (let card = 0; card < CARDS_OF_A_VILLAGE; card++) await this.#record(registration(this.book, card));
  }

  async change(card: number, year: number, random: Random): Promise<void> {
    const back = random.chance(0.1) ? 1 : 0;
    const day = `${year - back}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`;
    const effectiveOn = day < `${START}-01` ? `${START}-01` : day;
    const useStatus = random.chance(0.5) ? 'LEASED' : 'IN_USE';
    const asset = `${this.book.id}-${card}`;
    await this.#record(
      Object.assign(new ChangeAssetUse(), { asset, useStatus, effectiveOn, reason: '承租变更' } as const),
    );
  }

  async #record(command: AssetCommand): Promise<void> {
    const facts = decideAssets(command, this.#assets, { today: ASSETS_TO, demo: false, book: this.book });
    const from = this.#revision + 1;
    this.#revision += facts.length;
    facts.forEach((fact, i) => evolveAssets(this.#assets, asFact(fact, from + i)));
    await this.recorder.record(assetStream(this.book.id), from - 1, facts);
  }
}

/** A third of the cards are land, known by area alone. */
function registration({ id }: OpenedBook, card: number): RegisterAsset {
  const said = { book: id, name: `第${card + 1}号资产`, effectiveOn: ASSETS_FROM, location: '村委会东侧沿街' };
  const boundaries = { east: '村道', south: '河道', west: '农户宅基', north: '山脚' };
  if (card % 3 === 0) {
    const area = { quantity: 1_000 + card, unit: 'MU_HUNDREDTH' } as const;
    const land = { class: 'RESOURCE', category: 'FOREST_LAND', source: 'STATUTORY' } as const;
    return Object.assign(new RegisterAsset(), said, land, { area, boundaries });
  }
  const fixed = {
    class: card % 3 === 1 ? 'OPERATING' : 'NON_OPERATING',
    category: 'BUILDING',
    source: 'BUILT',
  } as const;
  const value = { costFen: 1_200_000_00 + card, residualFen: 60_000_00, lifeMonths: 240, inServiceOn: '2015-06-30' };
  const opening = { accumulatedDepreciationFen: 256_500_00 };
  const area = { quantity: 200 + card, unit: 'SQUARE_METRE' } as const;
  return Object.assign(new RegisterAsset(), said, fixed, value, { opening, area, boundaries });
}
