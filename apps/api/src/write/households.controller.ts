import { DissolveHousehold, RegisterHousehold } from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

@Controller('households')
export class HouseholdWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post()
  @Writes(RegisterHousehold, {
    summary: '登记农户 · Register a household under a pseudonym',
    example: { village: '330603008299', effectiveOn: '2024-01-01' },
    refusals: ['VILLAGE_UNKNOWN', 'VILLAGE_ABOLISHED', 'DIVISION_RECODED', 'DIVISION_CODE_INVALID'],
  })
  register(@Body() command: RegisterHousehold, @Asked() asked: Asking) {
    return this.receipts.of(command, {}, asked);
  }

  @Post(':id/dissolve')
  @Writes(DissolveHousehold, {
    summary: '注销农户 · Dissolve a household from a date on',
    example: { reason: '整户迁出', effectiveOn: '2024-06-30' },
    refusals: ['HOUSEHOLD_UNKNOWN', 'HOUSEHOLD_DISSOLVED'],
  })
  dissolve(@Param('id') household: string, @Body() command: DissolveHousehold, @Asked() asked: Asking) {
    return this.receipts.of(command, { household }, asked);
  }
}
