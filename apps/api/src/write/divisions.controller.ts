import { RegisterDivision, RenameDivision } from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

@Controller('divisions')
export class DivisionWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post()
  @Writes(RegisterDivision, {
    summary: '登记区划 · Register a division',
    example: { code: '330603008299', name: '示例村', effectiveOn: '2024-01-01' },
    refusals: ['DIVISION_CODE_INVALID', 'DIVISION_PARENT_MISMATCH', 'DIVISION_DUPLICATE'],
  })
  register(@Body() command: RegisterDivision, @Asked() asked: Asking) {
    return this.receipts.of(command, {}, asked);
  }

  @Post(':code/rename')
  @Writes(RenameDivision, {
    summary: '区划更名 · Rename a division from a date on',
    example: { name: '新示例村', effectiveOn: '2024-06-01' },
    refusals: ['DIVISION_CODE_INVALID', 'DIVISION_UNKNOWN'],
  })
  rename(@Param('code') code: string, @Body() command: RenameDivision, @Asked() asked: Asking) {
    return this.receipts.of(command, { code }, asked);
  }
}
