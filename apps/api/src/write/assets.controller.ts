import {
  ActivateAsset,
  ChangeAssetUse,
  DisposeAsset,
  ImproveAsset,
  MarkAssetIdle,
  RegisterAsset,
  RetryAssetPosting,
  type RefusalCode,
  RevalueAsset,
  RunDepreciation,
} from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
const OF_A_CARD: readonly RefusalCode[] = ['ASSET_UNKNOWN', 'ASSET_ALREADY_DISPOSED', 'DATE_IN_FUTURE'];
const OF_MONEY: readonly RefusalCode[] = [
  'ACCOUNT_UNKNOWN',
  'ACCOUNT_KIND',
  'ACCOUNT_NOT_LEAF',
  'ACCOUNT_RETIRED',
  'ASSET_OPENING_DATE',
  'RESOURCE_HAS_NO_COST',
  'STANDARD_NOT_IN_FORCE',
];

/** Cards and what happens to assets. What it means for the books stands in the fact, as the posting that they make. */
@Controller()
export class AssetWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post('books/:id/assets')
  @Writes(RegisterAsset, {
    summary: '登记资产卡片 · Register an asset',
    example: {
      name: '送货车',
      class: 'OPERATING',
      category: 'VEHICLE',
      source: 'PURCHASED',
      costFen: 12000000,
      residualFen: 600000,
      lifeMonths: 48,
      depreciationAccount: '511',
      acquisition: { settlement: { account: '102' }, summary: '购置送货车', ...SIGNED },
      effectiveOn: '2024-02-15',
    },
    refusals: [
      'BOOK_UNKNOWN',
      'ASSET_CATEGORY',
      'ASSET_ACQUISITION',
      'DEPRECIATION_EXCEEDS_COST',
      'ASSET_LIFE_OVER',
      ...OF_MONEY,
      'SAME_PERSON',
    ],
  })
  register(@Param('id') book: string, @Body() command: RegisterAsset, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }

  @Post('books/:id/depreciation')
  @Writes(RunDepreciation, {
    summary: '计提折旧 · Run a month’s depreciation of all assets of a book',
    example: { period: '2024-03', account: '51305', ...SIGNED },
    refusals: [
      'BOOK_UNKNOWN',
      'STANDARD_NOT_IN_FORCE',
      'DEPRECIATION_DUPLICATE_PERIOD',
      'NOTHING_TO_DEPRECIATE',
      'ACCOUNT_UNKNOWN',
      'ACCOUNT_KIND',
      'ACCOUNT_NOT_LEAF',
      'ACCOUNT_RETIRED',
      'CORRECTION_NOT_NEEDED',
      'DATE_IN_FUTURE',
      'PERIOD_CLOSED',
      'PERIOD_NOT_OPEN',
    ],
  })
  runDepreciation(@Param('id') book: string, @Body() command: RunDepreciation, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }

  @Post('assets/:id/improve')
  @Writes(ImproveAsset, {
    summary: '改良支出资本化 · Improve an asset: the cost grows',
    example: {
      effectiveOn: '2024-06-20',
      amountFen: 2000000,
      settlement: { account: '102' },
      summary: '加装冷藏厢',
      ...SIGNED,
    },
    refusals: [...OF_A_CARD, ...OF_MONEY, 'ASSET_LIFE_OVER', 'DEPRECIATION_EXCEEDS_COST'],
  })
  improve(@Param('id') asset: string, @Body() command: ImproveAsset, @Asked() asked: Asking) {
    return this.receipts.of(command, { asset }, asked);
  }

  @Post('assets/:id/revalue')
  @Writes(RevalueAsset, {
    summary: '资产重估 · Revalue an asset: the difference goes to the reserve',
    example: {
      effectiveOn: '2024-06-30',
      costFen: 11000000,
      reason: '清产核资评估调整',
      summary: '资产评估调整',
      ...SIGNED,
    },
    refusals: [...OF_A_CARD, ...OF_MONEY, 'ASSET_LIFE_OVER', 'DEPRECIATION_EXCEEDS_COST'],
  })
  revalue(@Param('id') asset: string, @Body() command: RevalueAsset, @Asked() asked: Asking) {
    return this.receipts.of(command, { asset }, asked);
  }

  @Post('assets/:id/use')
  @Writes(ChangeAssetUse, {
    summary: '变更使用状态或保管人 · Change how an asset is used, or who keeps it',
    example: { useStatus: 'LEASED', reason: '整体出租', effectiveOn: '2024-03-01' },
    refusals: OF_A_CARD,
  })
  changeUse(@Param('id') asset: string, @Body() command: ChangeAssetUse, @Asked() asked: Asking) {
    return this.receipts.of(command, { asset }, asked);
  }

  @Post('assets/:id/idle')
  @Writes(MarkAssetIdle, {
    summary: '登记闲置 · Mark an asset idle',
    example: { since: '2024-03-01', reason: '租约到期后无人承租', effectiveOn: '2024-04-10' },
    refusals: [...OF_A_CARD, 'ASSET_ALREADY_IDLE', 'ASSET_IDLE_SINCE'],
  })
  markIdle(@Param('id') asset: string, @Body() command: MarkAssetIdle, @Asked() asked: Asking) {
    return this.receipts.of(command, { asset }, asked);
  }

  @Post('assets/:id/activate')
  @Writes(ActivateAsset, {
    summary: '闲置盘活 · Activate an idle asset for a project',
    example: { project: 'project-3', effectiveOn: '2024-05-01' },
    refusals: [...OF_A_CARD, 'ASSET_NOT_IDLE'],
  })
  activate(@Param('id') asset: string, @Body() command: ActivateAsset, @Asked() asked: Asking) {
    return this.receipts.of(command, { asset }, asked);
  }

  @Post('assets/:id/retry-posting')
  @Writes(RetryAssetPosting, {
    summary: '重试被拒绝的入账 · Ask again for what the book refused to post',
    example: { accounts: [{ insteadOf: '10201', account: '102' }], reason: '专户已停用', signed: SIGNED },
    refusals: [
      'ASSET_UNKNOWN',
      'ASSET_POSTING_NOT_REFUSED',
      'ASSET_POSTING_ACCOUNT',
      'RETRY_CHANGES_TERMS',
      'ACCOUNT_UNKNOWN',
      'ACCOUNT_KIND',
      'ACCOUNT_NOT_LEAF',
      'ACCOUNT_RETIRED',
      'PERSONAL_DATA_IN_TEXT',
    ],
  })
  retryPosting(@Param('id') asset: string, @Body() command: RetryAssetPosting, @Asked() asked: Asking) {
    return this.receipts.of(command, { asset }, asked);
  }

  @Post('assets/:id/dispose')
  @Writes(DisposeAsset, {
    summary: '处置资产 · Dispose of an asset, with its gain or loss',
    example: {
      effectiveOn: '2024-09-20',
      kind: 'SOLD',
      reason: '更新车辆',
      proceeds: { amountFen: 9000000, settlement: { account: '102' } },
      summary: '出售送货车',
      ...SIGNED,
    },
    refusals: [...OF_A_CARD, ...OF_MONEY, 'ASSET_CHANGED_LATER', 'LAND_SALE_FORBIDDEN'],
  })
  dispose(@Param('id') asset: string, @Body() command: DisposeAsset, @Asked() asked: Asking) {
    return this.receipts.of(command, { asset }, asked);
  }
}
