import { expect } from '@jest/globals';
import {
  ActivateAsset,
  type AssetCard,
  type AssetCommand,
  type AssetFact,
  type Assets,
  assetStream,
  type AssetSetting,
  ChangeAssetUse,
  decideAssets,
  DisposeAsset,
  emptyAssets,
  evolveAssets,
  ImproveAsset,
  MarkAssetIdle,
  type RefusalCode,
  type RefusalFacts,
  RegisterAsset,
  registeredCard,
  RevalueAsset,
} from '@ledger/domain';
import { BOOK, bookOf, factOf, refuses } from './given-ledger-year.js';

export const VAN = `${BOOK}-1`;
export const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

export function assetsOf(facts: readonly AssetFact[]): Assets {
  return facts.map((draft, revision) => factOf(draft, assetStream(BOOK), revision)).reduce(evolveAssets, emptyAssets());
}

export function decideAfter(
  facts: readonly AssetFact[],
  command: AssetCommand,
  said: Partial<AssetSetting> = {},
): AssetFact[] {
  return decideAssets(command, assetsOf(facts), { today: '2025-06-15', demo: false, book: bookOf(), ...said });
}

/** Records the commands one after the other and gives all facts. */
export function cards(...commands: readonly AssetCommand[]): AssetFact[] {
  return commands.reduce<AssetFact[]>((facts, command) => [...facts, ...decideAfter(facts, command)], []);
}

/** The card of the first asset after these commands. */
export function cardOf(...commands: readonly AssetCommand[]): AssetCard {
  return registeredCard(VAN, assetsOf(cards(...commands)));
}

export function given(...commands: readonly AssetCommand[]) {
  return {
    when(command: AssetCommand, said: Partial<AssetSetting> = {}) {
      const decide = () => decideAfter(cards(...commands), command, said);
      return {
        records: (...expected: readonly object[]) => expect(decide()).toStrictEqual(expected),
        recordsData: (...expected: readonly object[]) =>
          expect(decide().map(({ data }) => data)).toMatchObject(expected),
        refuses: <C extends RefusalCode>(code: C, facts: RefusalFacts<C>, field?: string) =>
          refuses(decide, code, facts, field),
      };
    },
  };
}

/** A delivery van of 120,000.00 that is worth 6,000.00 after four years: 2,375.00 a month from March 2024 on. */
export const van = (said: Partial<RegisterAsset> = {}): RegisterAsset =>
  Object.assign(new RegisterAsset(), {
    book: BOOK,
    name: '送货车',
    class: 'OPERATING',
    category: 'VEHICLE',
    source: 'PURCHASED',
    costFen: 120_000_00,
    residualFen: 6_000_00,
    lifeMonths: 48,
    depreciationAccount: '511',
    acquisition: { settlement: { account: '102' }, summary: '购置送货车', ...SIGNED },
    effectiveOn: '2024-02-15',
    ...said,
  });

export const hill = (said: Partial<RegisterAsset> = {}): RegisterAsset =>
  Object.assign(new RegisterAsset(), {
    book: BOOK,
    name: '后山林地',
    class: 'RESOURCE',
    category: 'FOREST_LAND',
    source: 'STATUTORY',
    area: { quantity: 32_050, unit: 'MU_HUNDREDTH' },
    boundaries: { east: '溪', south: '机耕路', west: '邻村界', north: '山脊' },
    effectiveOn: '2010-01-01',
    ...said,
  });

export const improve = (said: Partial<ImproveAsset> = {}): ImproveAsset =>
  Object.assign(new ImproveAsset(), {
    asset: VAN,
    amountFen: 22_000_00,
    settlement: { account: '102' },
    summary: '加装冷藏厢',
    effectiveOn: '2024-06-20',
    ...SIGNED,
    ...said,
  });

export const revalue = (said: Partial<RevalueAsset> = {}): RevalueAsset =>
  Object.assign(new RevalueAsset(), {
    asset: VAN,
    costFen: 110_000_00,
    reason: '清产核资',
    summary: '资产评估调整',
    effectiveOn: '2024-06-30',
    ...SIGNED,
    ...said,
  });

export const use = (said: Partial<ChangeAssetUse> = {}): ChangeAssetUse =>
  Object.assign(new ChangeAssetUse(), { asset: VAN, useStatus: 'LEASED', effectiveOn: '2024-05-01', ...said });

export const idle = (said: Partial<MarkAssetIdle> = {}): MarkAssetIdle =>
  Object.assign(new MarkAssetIdle(), {
    asset: VAN,
    since: '2024-06-01',
    reason: '租约到期',
    effectiveOn: '2024-07-10',
    ...said,
  });

export const activate = (said: Partial<ActivateAsset> = {}): ActivateAsset =>
  Object.assign(new ActivateAsset(), { asset: VAN, project: 'project-3', effectiveOn: '2024-08-01', ...said });

export const dispose = (said: Partial<DisposeAsset> = {}): DisposeAsset =>
  Object.assign(new DisposeAsset(), {
    asset: VAN,
    kind: 'SOLD',
    reason: '更新车辆',
    proceeds: { amountFen: 105_000_00, settlement: { account: '102' } },
    summary: '出售送货车',
    effectiveOn: '2024-09-20',
    ...SIGNED,
    ...said,
  });
