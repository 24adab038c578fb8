import {
  ActivateAsset,
  type AssetCommand,
  ChangeAssetUse,
  DisposeAsset,
  ImproveAsset,
  MarkAssetIdle,
  RecordAssetPosted,
  RecordAssetPostingRefused,
  RegisterAsset,
  RetryAssetPosting,
  RevalueAsset,
  RunDepreciation,
} from '@ledger/domain';

const signed = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

/** What happens to the assets of the book in its second year. */
export function assetCommands(book: string): AssetCommand[] {
  const asset = `${book}-1`;
  return [
    said(RegisterAsset, {
      book,
      name: '茶叶加工厂房',
      class: 'OPERATING',
      category: 'BUILDING',
      specification: '单层钢结构',
      area: { quantity: 620, unit: 'SQUARE_METRE' },
      location: '谢家坞村村口东侧',
      boundaries: { east: '村道', south: '茶园', west: '溪', north: '停车场' },
      certificate: '浙(2023)不动产权第0000012号',
      source: 'FISCAL_PROJECT',
      custodian: 'keeper-2',
      costFen: 800_000_00,
      residualFen: 40_000_00,
      lifeMonths: 240,
      depreciationAccount: '511',
      acquisition: {
        settlement: { account: '211', party: 'builder-4' },
        summary: '厂房竣工入账',
        sourceDocument: '决算-2025-001',
        attachmentCount: 6,
        ...signed,
      },
      effectiveOn: '2025-01-06',
      origin: 'SYNTHETIC',
    }),
    said(ChangeAssetUse, { asset, useStatus: 'LEASED', reason: '整体出租', effectiveOn: '2025-01-10' }),
    said(MarkAssetIdle, { asset, since: '2025-02-01', reason: '租约到期', effectiveOn: '2025-02-20' }),
    said(ActivateAsset, { asset, project: 'project-3', effectiveOn: '2025-03-01' }),
    said(ImproveAsset, {
      asset,
      amountFen: 60_000_00,
      lifeMonths: 264,
      settlement: { account: '102' },
      summary: '厂房保温改造',
      effectiveOn: '2025-03-10',
      ...signed,
    }),
    said(RevalueAsset, {
      asset,
      costFen: 850_000_00,
      residualFen: 42_500_00,
      reason: '清产核资评估',
      summary: '资产评估调整',
      effectiveOn: '2025-03-31',
      ...signed,
    }),
    said(DisposeAsset, {
      asset,
      kind: 'REQUISITIONED',
      reason: '道路拓宽征收',
      proceeds: { amountFen: 900_000_00, settlement: { account: '112', party: 'office-1' } },
      costs: { amountFen: 3_000_00, settlement: { account: '102' } },
      summary: '厂房征收',
      effectiveOn: '2025-05-15',
      ...signed,
    }),
  ];
}

/** What the book did with the first posting: refused at first, and made when asked again. */
export function outcomes(book: string, askedBy: string): AssetCommand[] {
  const of = { asset: `${book}-1`, askedBy, effectiveOn: '2025-01-06', origin: 'SYNTHETIC' } as const;
  return [
    said(RecordAssetPostingRefused, { ...of, code: 'SOURCE_DOCUMENT_DUPLICATE' }),
    said(RetryAssetPosting, { asset: of.asset }),
    said(RecordAssetPosted, { ...of, period: '2025-01', voucherNo: 3 }),
  ];
}

export const firstRun = (book: string): RunDepreciation =>
  said(RunDepreciation, { book, period: '2025-02', account: '51305', ...signed });

function said<C extends object>(command: new () => C, fields: Partial<C>): C {
  return Object.assign(new command(), fields);
}
