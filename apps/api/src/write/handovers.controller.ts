import { HandOverBook } from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

@Controller('books/:id')
export class HandoverWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post('handovers')
  @Writes(HandOverBook, {
    summary: '会计交接(移交人、接管人、监交人)· Hand the book over to another accountant, before a witness',
    example: {
      effectiveOn: '2024-03-31',
      from: 'accountant-1',
      to: 'accountant-2',
      openItems: ['一季度商铺租金尚有一户未收', '二月银行对账单待补'],
      preparedBy: 'accountant-1',
      reviewedBy: 'reviewer-1',
    },
    refusals: [
      'BOOK_UNKNOWN',
      'HANDOVER_PREPARER',
      'HANDOVER_BEFORE_START',
      'HANDOVER_NOT_ACCOUNTANT',
      'ALREADY_HANDED_OVER',
      'HANDOVER_ORDER',
    ],
  })
  handOver(@Param('id') book: string, @Body() command: HandOverBook, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }
}
