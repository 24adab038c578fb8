import { AddAccount, ConvertStandard, OpenBook, RecordOpeningBalances, RetireAccount } from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

@Controller('books')
export class BookWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post()
  @Writes(OpenBook, {
    summary: '建立账套 · Open the book of an organisation',
    example: {
      organization: 'N2330603MF00000563',
      name: '示例村合作社账套',
      standard: 'rural-collective-2024',
      startPeriod: '2024-01',
    },
    refusals: [
      'CREDIT_CODE_CHECKSUM',
      'ORGANIZATION_UNKNOWN',
      'BOOK_DUPLICATE',
      'STANDARD_NOT_IN_FORCE',
      'VILLAGE_UNKNOWN',
      'VILLAGE_ABOLISHED',
      'DATE_IN_FUTURE',
    ],
  })
  open(@Body() command: OpenBook, @Asked() asked: Asking) {
    return this.receipts.of(command, {}, asked);
  }

  @Post(':id/accounts')
  @Writes(AddAccount, {
    summary: '增设明细科目 · Add an account',
    example: { code: '50107', name: '直播带货收入', effectiveOn: '2024-01-01' },
    refusals: ['BOOK_UNKNOWN', 'ACCOUNT_DUPLICATE', 'ACCOUNT_PARENT', 'ACCOUNT_LIMIT'],
  })
  addAccount(@Param('id') book: string, @Body() command: AddAccount, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }

  @Post(':id/accounts/:code/retire')
  @Writes(RetireAccount, {
    summary: '停用科目 · Retire an account',
    example: { effectiveOn: '2024-06-30' },
    refusals: ['BOOK_UNKNOWN', 'ACCOUNT_UNKNOWN', 'ACCOUNT_RETIRED'],
  })
  retireAccount(
    @Param('id') book: string,
    @Param('code') code: string,
    @Body() command: RetireAccount,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { book, code }, asked);
  }

  @Post(':id/opening-balances')
  @Writes(RecordOpeningBalances, {
    summary: '录入期初余额 · Record opening balances, once',
    example: {
      preparedBy: 'accountant-1',
      reviewedBy: 'reviewer-1',
      lines: [
        { account: '102', side: 'debit', amountFen: 50000000 },
        { account: '301', side: 'credit', amountFen: 50000000 },
      ],
    },
    refusals: [
      'BOOK_UNKNOWN',
      'FACT_TOO_LARGE',
      'OPENING_UNBALANCED',
      'OPENING_AFTER_POSTING',
      'OPENING_YEAR_TO_DATE',
      'DIMENSION_REQUIRED',
      'VOUCHER_EMPTY',
      'ACCOUNT_UNKNOWN',
      'ACCOUNT_NOT_LEAF',
      'ACCOUNT_RETIRED',
      'CASH_NEGATIVE',
    ],
  })
  recordOpening(@Param('id') book: string, @Body() command: RecordOpeningBalances, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }

  @Post(':id/standard')
  @Writes(ConvertStandard, {
    summary: '转换会计制度 · Convert the book to the standard that follows',
    example: {
      from: '2024-01',
      allocations: [
        { account: '13202', to: '134', amountFen: 1200000 },
        { account: '13202', to: '131', amountFen: 300000 },
      ],
      preparedBy: 'accountant-1',
      reviewedBy: 'reviewer-1',
    },
    refusals: [
      'BOOK_UNKNOWN',
      'FACT_TOO_LARGE',
      'STANDARD_CURRENT',
      'STANDARD_NOT_IN_FORCE',
      'YEAR_NOT_CLOSED',
      'CONVERSION_INCOMPLETE',
      'CONVERSION_UNBALANCED',
      'CONVERSION_TARGET',
      'OPENING_AFTER_POSTING',
      'ACCOUNT_UNKNOWN',
      'ACCOUNT_NOT_LEAF',
      'ACCOUNT_RETIRED',
      'AMOUNT_NOT_POSITIVE',
      'AMOUNT_PRECISION',
      'AMOUNT_TOO_LARGE',
      'SAME_PERSON',
      'DATE_IN_FUTURE',
    ],
  })
  convert(@Param('id') book: string, @Body() command: ConvertStandard, @Asked() asked: Asking) {
    return this.receipts.of(command, { book }, asked);
  }
}
