import { RegisterOrganization } from '@ledger/domain';
import { Body, Controller, Inject, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

@Controller('organizations')
export class OrganizationWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post()
  @Writes(RegisterOrganization, {
    summary: '登记机构 · Register an organisation',
    example: {
      creditCode: 'N2330603MF00000563',
      name: '示例村股份经济合作社',
      kind: 'COLLECTIVE',
      village: '330603008299',
      effectiveOn: '2024-01-01',
    },
    refusals: [
      'CREDIT_CODE_CHECKSUM',
      'CREDIT_CODE_CATEGORY',
      'CREDIT_CODE_DUPLICATE',
      'VILLAGE_UNKNOWN',
      'VILLAGE_ABOLISHED',
      'DIVISION_RECODED',
      'DIVISION_CODE_INVALID',
    ],
  })
  register(@Body() command: RegisterOrganization, @Asked() asked: Asking) {
    return this.receipts.of(command, {}, asked);
  }
}
