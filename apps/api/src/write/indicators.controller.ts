import { ReportIndicator } from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

@Controller('indicators')
export class IndicatorWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post(':scope/:measure/readings')
  @Writes(ReportIndicator, {
    summary: '填报公布的指标 · Report a published figure with its qualifier and source',
    example: {
      value: 82800000000,
      unit: 'fen',
      qualifier: 'over',
      asOf: '2024',
      source: { document: '2024年统计公报', line: '12', quote: '全年村级集体经济经营性收入超8.28亿元' },
    },
    refusals: [
      'DIVISION_CODE_INVALID',
      'DIVISION_UNKNOWN',
      'MEASURE_UNKNOWN',
      'DATE_IN_FUTURE',
      'UNIT_MISMATCH',
      'MEASURE_WITHOUT_PARTS',
      'RATIO_INCONSISTENT',
      'READING_UNKNOWN',
      'READING_CORRECTED',
      'DUPLICATE_READING',
    ],
  })
  report(
    @Param('scope') scope: string,
    @Param('measure') measure: string,
    @Body() command: ReportIndicator,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { scope, measure }, asked);
  }
}
