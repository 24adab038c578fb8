import {
  AbolishDivision,
  MergeVillages,
  RecodeDivision,
  type RefusalCode,
  RegisterDivision,
  RenameDivision,
} from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

/** What a change of a division that is registered can be refused for, whatever it changes. */
const STANDING: readonly RefusalCode[] = [
  'DIVISION_CODE_INVALID',
  'DIVISION_UNKNOWN',
  'DIVISION_ABOLISHED',
  'DIVISION_RECODED',
  'VILLAGE_ABOLISHED',
];
const CHANGING: readonly RefusalCode[] = [...STANDING, 'DIVISION_CHANGED_LATER', 'DIVISION_DISTRICT_MISMATCH'];

@Controller('divisions')
export class DivisionWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post()
  @Writes(RegisterDivision, {
    summary: '登记区划 · Register a division',
    example: { code: '330603008299', name: '示例村', effectiveOn: '2024-01-01' },
    refusals: [
      'DIVISION_CODE_INVALID',
      'DIVISION_PARENT_MISMATCH',
      'DIVISION_DUPLICATE',
      'DIVISION_CODE_TAKEN',
      'DIVISION_ABOLISHED',
      'DIVISION_RECODED',
      'DIVISION_CHANGED_LATER',
    ],
  })
  register(@Body() command: RegisterDivision, @Asked() asked: Asking) {
    return this.receipts.of(command, {}, asked);
  }

  @Post(':code/rename')
  @Writes(RenameDivision, {
    summary: '区划更名 · Rename a division from a date on',
    example: { name: '新示例村', effectiveOn: '2024-06-01' },
    refusals: STANDING,
  })
  rename(@Param('code') code: string, @Body() command: RenameDivision, @Asked() asked: Asking) {
    return this.receipts.of(command, { code }, asked);
  }

  @Post(':code/recode')
  @Writes(RecodeDivision, {
    summary: '区划代码变更 · Give a division, and the villages in it, new codes from a date on',
    example: { newCode: '330603006', effectiveOn: '2024-07-01', reason: '撤镇设街道' },
    refusals: [
      ...CHANGING,
      'DIVISION_CODE_TAKEN',
      'DIVISION_DUPLICATE',
      'DIVISION_LEVEL_MISMATCH',
      'DIVISION_PARENT_MISMATCH',
      'DISTRICT_FIXED',
      'FACT_TOO_LARGE',
    ],
  })
  recode(@Param('code') code: string, @Body() command: RecodeDivision, @Asked() asked: Asking) {
    return this.receipts.of(command, { code }, asked);
  }

  @Post('merge')
  @Writes(MergeVillages, {
    summary: '村合并 · Merge villages into one, from a date on; their books stay apart',
    example: { from: ['330603008299'], to: '330603008201', effectiveOn: '2024-07-01', reason: '行政村规模调整' },
    refusals: [
      'DIVISION_CODE_INVALID',
      'DIVISION_DISTRICT_MISMATCH',
      'DIVISION_RECODED',
      'DIVISION_CHANGED_LATER',
      'VILLAGE_UNKNOWN',
      'VILLAGE_ABOLISHED',
      'VILLAGE_MERGED_INTO_ITSELF',
    ],
  })
  merge(@Body() command: MergeVillages, @Asked() asked: Asking) {
    return this.receipts.of(command, {}, asked);
  }

  @Post(':code/abolish')
  @Writes(AbolishDivision, {
    summary: '撤销区划 · Abolish a village or township from a date on; its money stays in the sums above',
    example: { effectiveOn: '2024-07-01', reason: '整村搬迁' },
    refusals: [...CHANGING, 'DIVISION_LEVEL_MISMATCH', 'DIVISION_NOT_EMPTY', 'DISTRICT_FIXED'],
  })
  abolish(@Param('code') code: string, @Body() command: AbolishDivision, @Asked() asked: Asking) {
    return this.receipts.of(command, { code }, asked);
  }
}
