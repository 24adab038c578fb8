import { describe, expect, it } from '@jest/globals';
import { assetAggregate, CommandHandling } from '@ledger/commands';
import {
  ActivateAsset,
  type AssetCommand,
  ChangeAssetUse,
  DisposeAsset,
  ImproveAsset,
  MarkAssetIdle,
  Refusal,
  RegisterAsset,
  RevalueAsset,
} from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { everything, rebuild, viewsFile } from '@ledger/readmodel';
import { type Ask, asking, openVillageBook, SIGNED } from '../support/asking.js';
import { naiveCard, type NaiveFact } from '../support/naive-assets.js';
import { dump, projected } from '../support/projected.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { seeded } from './random-ledger.js';

const HISTORIES = 15;
const COMMANDS = 60;
const CARDS = 4;

const money = { settlement: { account: '102' }, summary: '资产业务', ...SIGNED };

async function register(ask: Ask, book: string, card: number): Promise<void> {
  const fixed = { class: 'OPERATING', category: 'BUILDING', source: 'PURCHASED' } as const;
  await ask(assetAggregate, RegisterAsset, {
    book,
    name: `第${card}号`,
    ...fixed,
    costFen: 100_000_03 + card,
    residualFen: 5_000_01,
    lifeMonths: 24 + 7 * card,
    acquisition: money,
    effectiveOn: `2024-01-${String(10 + card)}`,
  });
}

/** Something that may be asked of a card on a day; what the rules refuse leaves nothing. */
function command(random: (limit: number) => number, asset: string, effectiveOn: string): AssetCommand {
  const of = { asset, effectiveOn };
  switch (random(12)) {
    case 0:
    case 1:
      return Object.assign(new ImproveAsset(), of, money, { amountFen: 1 + random(2_000_000) });
    case 2:
      return Object.assign(new ImproveAsset(), of, money, { amountFen: 1_000_00, lifeMonths: 30 + random(60) });
    case 3:
    case 4:
      return Object.assign(new RevalueAsset(), of, SIGNED, {
        costFen: 60_000_00 + random(9_000_000),
        reason: '清产核资',
        summary: '评估调整',
      });
    case 5:
    case 6:
      return Object.assign(new MarkAssetIdle(), of, { since: effectiveOn, reason: '无人承租' });
    case 7:
      return Object.assign(new ActivateAsset(), of, { project: 'project-3' });
    case 8:
      return Object.assign(new DisposeAsset(), of, SIGNED, { kind: 'SCRAPPED', reason: '报废', summary: '报废' });
    default:
      return Object.assign(new ChangeAssetUse(), of, { useStatus: random(2) === 0 ? 'LEASED' : 'IN_USE' });
  }
}

async function history(random: (limit: number) => number): Promise<{ log: EventLog; book: string }> {
  const log = openMemoryLog({ now: () => Date.UTC(2025, 5, 15) });
  const ask = asking(new CommandHandling(log, { demo: false }));
  const opening = { name: '账套', standard: 'rural-collective-2024', startPeriod: '2024-01' } as const;
  const book = await openVillageBook(ask, opening);
  for (let card = 1; card <= CARDS; card++) await register(ask, book, card);
  for (let i = 0; i < COMMANDS; i++) {
    const day = `${2024 + random(2)}-${String(1 + random(5)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
    const asked = command(random, `${book}-${1 + random(CARDS)}`, day);
    try {
      await ask(assetAggregate, asked.constructor as new () => AssetCommand, { ...asked });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return { log, book };
}

async function factsOf(log: EventLog): Promise<NaiveFact[]> {
  return (await log.readAfter(0, 100_000)).flatMap(({ position, fact }) => {
    const { type, effectiveOn, data } = JSON.parse(fact) as NaiveFact;
    return type.startsWith('Asset') ? [{ position, type, effectiveOn, data }] : [];
  });
}

function isLate(fact: NaiveFact, facts: readonly NaiveFact[]): boolean {
  const { position, effectiveOn, data } = fact;
  return facts.some((f) => f.data['asset'] === data['asset'] && f.position < position && f.effectiveOn > effectiveOn);
}

describe('asset cards at any two times', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const met = { facts: 0, late: 0 };

  it.each(Array.from({ length: HISTORIES }, (_, i) => seed + i))(
    'are what a replay of the facts says, and a rebuild makes the same rows (seed %i)',
    async (ownSeed) => {
      const next = seeded(ownSeed);
      const random = (limit: number) => Math.floor(next() * limit);
      const { log, book } = await history(random);
      const facts = await factsOf(log);
      met.facts += facts.length;
      met.late += facts.filter((fact) => isLate(fact, facts)).length;
      const head = await log.head();
      const { read, path, remove } = await projected(log, 1 + random(30));
      const anew = temporaryDirectory();
      try {
        for (let asked = 0; asked < 80; asked++) {
          const asOf = `${2024 + random(3)}-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
          const at = { asOf: random(4) === 0 ? '2024-12-31' : asOf, knownAt: await log.wholeAt(random(head + 1)) };
          const rows = read.assets({ ids: [book], books: 'all' }, { limit: 100 }, at, everything);
          const cards = rows.map(({ asset, useStatus, costFen, accumulatedDepreciationFen }) => {
            return [asset, { useStatus, costFen, accumulatedDepreciationFen }] as const;
          });
          const expected = Array.from({ length: CARDS }, (_, i) => `${book}-${i + 1}`).flatMap((asset) => {
            const own = facts.filter(({ data }) => data['asset'] === asset);
            const card = naiveCard(own, at.asOf, at.knownAt);
            return card === undefined ? [] : [[asset, card] as const];
          });
          expect({ at, cards }).toEqual({ at, cards: expected });
        }
        await rebuild(log, viewsFile(anew.path));
        expect(dump(anew.path)).toEqual(dump(path));
      } finally {
        remove();
        anew.remove();
      }
    },
  );

  it('were of histories with many back-dated facts', () => expect(met.late / met.facts).toBeGreaterThan(0.2));
});
