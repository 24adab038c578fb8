import { AdjustSettlement, RetryShare, SettleIncome } from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { numberInPath, periodInPath } from '../path-fields.js';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

/** The income of joint projects; what is settled here is booked in the villages' books by the ledger itself. */
@Controller('projects/:id')
export class SettlementWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post('settlements')
  @Writes(SettleIncome, {
    summary: '抱团收入结算 · Share out a month’s income of a joint project',
    example: {
      effectiveOn: '2024-05-31',
      amountFen: 8600000,
      account: '50106',
      settlement: { account: '112' },
      summary: '一桌土菜5月收入分成',
      ...SIGNED,
    },
    refusals: [
      'PROJECT_UNKNOWN',
      'PROJECT_NOT_ACTIVE',
      'PROJECT_CLOSED',
      'INCOME_NEGATIVE',
      'INCOME_PERIOD_CLOSED',
      'ALLOCATION_SCHEME_MISSING',
      'ALLOCATION_SUM_MISMATCH',
      'AMOUNT_PRECISION',
      'AMOUNT_TOO_LARGE',
      'ACCOUNT_KIND',
      'DATE_IN_FUTURE',
      'PERSONAL_DATA_IN_TEXT',
      'SAME_PERSON',
    ],
  })
  settle(@Param('id') project: string, @Body() command: SettleIncome, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post('settlements/:period/adjust')
  @Writes(AdjustSettlement, {
    summary: '更正某月结算金额 · Share another amount for a settled month',
    example: { amountFen: 8800000, reason: '补计食堂团购款', ...SIGNED },
    refusals: [
      'PROJECT_UNKNOWN',
      'SETTLEMENT_UNKNOWN',
      'SETTLEMENT_UNCHANGED',
      'INCOME_NEGATIVE',
      'AMOUNT_PRECISION',
      'AMOUNT_TOO_LARGE',
      'PERSONAL_DATA_IN_TEXT',
      'SAME_PERSON',
    ],
  })
  adjust(
    @Param('id') project: string,
    @Param('period') period: string,
    @Body() command: AdjustSettlement,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { project, period: periodInPath(period) }, asked);
  }

  @Post('shares/:allocationNo/:village/retry')
  @Writes(RetryShare, {
    summary: '重试未入账的份额 · Book a refused share after all',
    example: { organization: 'N2330603MF0000013M' },
    refusals: [
      'PROJECT_UNKNOWN',
      'SHARE_UNKNOWN',
      'SHARE_NOT_REFUSED',
      'ORGANIZATION_UNKNOWN',
      'ORGANIZATION_ELSEWHERE',
      'SHARE_ELSEWHERE',
      'CREDIT_CODE_CHECKSUM',
      'RETRY_CHANGES_TERMS',
    ],
  })
  retry(
    @Param('id') project: string,
    @Param('allocationNo') allocationNo: string,
    @Param('village') village: string,
    @Body() command: RetryShare,
    @Asked() asked: Asking,
  ) {
    const path = { project, allocationNo: numberInPath(allocationNo, 'allocationNo'), village };
    return this.receipts.of(command, path, asked);
  }
}
