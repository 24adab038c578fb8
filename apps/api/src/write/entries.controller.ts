import { PostVoucher, RecordExpense, RecordIncome, ReverseVoucher } from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { periodInPath, voucherNoInPath } from '../path-fields.js';
import { Asked, type Asking } from './asked.js';
import { ENTRY_REFUSALS, Writes } from './documented.js';
import { Receipts } from './receipts.js';

const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

@Controller('books/:id')
export class EntryWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post('income')
  @Writes(RecordIncome, {
    summary: '登记收入 · Record income',
    example: {
      effectiveOn: '2024-01-20',
      account: '50102',
      amountFen: 1280000,
      settlement: { account: '102' },
      summary: '一季度商铺租金',
      ...SIGNED,
    },
    refusals: [...ENTRY_REFUSALS, 'ACCOUNT_KIND'],
  })
  recordIncome(@Param('id') book: string, @Body() command: RecordIncome, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }

  @Post('expenses')
  @Writes(RecordExpense, {
    summary: '登记支出 · Record an expense',
    example: {
      effectiveOn: '2024-01-25',
      account: '51302',
      amountFen: 86000,
      settlement: { account: '102' },
      summary: '办公用品',
      ...SIGNED,
    },
    refusals: [...ENTRY_REFUSALS, 'ACCOUNT_KIND'],
  })
  recordExpense(@Param('id') book: string, @Body() command: RecordExpense, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }

  @Post('vouchers')
  @Writes(PostVoucher, {
    summary: '填制记账凭证 · Post a voucher',
    example: {
      effectiveOn: '2024-01-28',
      summary: '收到道路专项资金',
      lines: [
        { account: '102', side: 'debit', amountFen: 20000000 },
        { account: '241', side: 'credit', amountFen: 20000000, grant: 'road-2024' },
      ],
      ...SIGNED,
    },
    refusals: [
      ...ENTRY_REFUSALS,
      'VOUCHER_UNBALANCED',
      'VOUCHER_EMPTY',
      'VOUCHER_UNKNOWN',
      'DIMENSION_REQUIRED',
      'ASSET_UNKNOWN',
      'FACT_TOO_LARGE',
    ],
  })
  postVoucher(@Param('id') book: string, @Body() command: PostVoucher, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }

  @Post('vouchers/:period/:voucherNo/reversal')
  @Writes(ReverseVoucher, {
    summary: '红字冲销 · Reverse a voucher',
    example: { reason: '金额录入有误,冲销后重录', ...SIGNED },
    refusals: [
      'BOOK_UNKNOWN',
      'STANDARD_NOT_IN_FORCE',
      'VOUCHER_UNKNOWN',
      'ALREADY_REVERSED',
      'NOT_REVERSIBLE',
      'PERIOD_NOT_OPEN',
      'YEAR_CLOSED',
      'SAME_PERSON',
      'CASH_NEGATIVE',
      'PERSONAL_DATA_IN_TEXT',
    ],
  })
  reverse(
    @Param('id') book: string,
    @Param('period') period: string,
    @Param('voucherNo') voucherNo: string,
    @Body() command: ReverseVoucher,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(
      command,
      { book, period: periodInPath(period), voucherNo: voucherNoInPath(voucherNo) },
      asked,
    );
  }
}
