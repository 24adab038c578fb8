import { ClosePeriod, CloseYear } from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { periodInPath, yearInPath } from '../path-fields.js';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

@Controller('books/:id')
export class CloseWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post('periods/:period/close')
  @Writes(ClosePeriod, {
    summary: '月末结账 · Close a month, finally',
    example: { closedBy: 'director-1' },
    refusals: [
      'BOOK_UNKNOWN',
      'STANDARD_NOT_IN_FORCE',
      'PERIOD_SEQUENCE',
      'PERIOD_CLOSED',
      'PERIOD_NOT_OPEN',
      'CLOSE_BY_YEAR',
      'CLOSE_BLOCKED',
      'DRAFTS_WAITING',
      'SAME_PERSON',
      'DATE_IN_FUTURE',
    ],
  })
  closePeriod(
    @Param('id') book: string,
    @Param('period') period: string,
    @Body() command: ClosePeriod,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { book, period: periodInPath(period) }, asked);
  }

  @Post('years/:year/close')
  @Writes(CloseYear, {
    summary: '年度结账 · Close December and the year, with carry-over',
    example: {
      closedBy: 'director-1',
      preparedBy: 'accountant-1',
      reviewedBy: 'reviewer-1',
      appropriations: [{ account: '311', amountFen: 300000, summary: '提取公积公益金' }],
    },
    refusals: [
      'BOOK_UNKNOWN',
      'STANDARD_NOT_IN_FORCE',
      'YEAR_CLOSED',
      'PERIOD_SEQUENCE',
      'CLOSE_BLOCKED',
      'DRAFTS_WAITING',
      'SAME_PERSON',
      'CASH_NEGATIVE',
      'DISTRIBUTION_EXCEEDS_DISTRIBUTABLE',
      'ACCOUNT_UNKNOWN',
      'ACCOUNT_KIND',
      'ACCOUNT_NOT_LEAF',
      'ACCOUNT_RETIRED',
      'DIMENSION_REQUIRED',
      'PERIOD_CLOSED',
      'PERIOD_NOT_OPEN',
      'DATE_IN_FUTURE',
    ],
  })
  closeYear(
    @Param('id') book: string,
    @Param('year') year: string,
    @Body() command: CloseYear,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { book, year: yearInPath(year) }, asked);
  }
}
