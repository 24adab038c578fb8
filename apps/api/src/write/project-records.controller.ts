import {
  CountVisitors,
  EndJob,
  EnrolHousehold,
  RecordGain,
  RecordJob,
  RecordSale,
  type RefusalCode,
  WithdrawGain,
  WithdrawHousehold,
  WithdrawJob,
  WithdrawSale,
  WithdrawVisitorCount,
} from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { numberInPath } from '../path-fields.js';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

const HOUSEHOLD = '6c1f3a52-9d0e-8b47-a3c5-2f8e7d1b4a90';
const IN_TIME: readonly RefusalCode[] = ['PROJECT_UNKNOWN', 'PROJECT_NOT_ACTIVE', 'PROJECT_CLOSED', 'CATEGORY_UNKNOWN'];
const OF_HOUSEHOLD: readonly RefusalCode[] = ['HOUSEHOLD_UNKNOWN', 'HOUSEHOLD_DISSOLVED'];
const OF_VILLAGE: readonly RefusalCode[] = ['HOUSEHOLD_ELSEWHERE', 'DIVISION_CODE_INVALID', 'VILLAGE_UNKNOWN'];
const WITHDRAWAL = {
  example: { reason: '重复录入' },
  refusals: ['PROJECT_UNKNOWN', 'RECORD_UNKNOWN', 'RECORD_WITHDRAWN'],
} as const;

/** What a project records of people and figures. */
@Controller('projects/:id')
export class ProjectRecordWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post('sales')
  @Writes(RecordSale, {
    summary: '登记销售(统计,不是收入)· Record a sale: a statistic, never income',
    example: {
      product: '笋干',
      quantityGrams: 50000,
      amountFen: 1280000,
      channel: 'LIVE_STREAM',
      effectiveOn: '2024-04-20',
    },
    refusals: IN_TIME,
  })
  recordSale(@Param('id') project: string, @Body() command: RecordSale, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post('sales/:no/withdrawal')
  @Writes(WithdrawSale, { summary: '撤回销售 · Withdraw a sale', ...WITHDRAWAL })
  withdrawSale(
    @Param('id') project: string,
    @Param('no') no: string,
    @Body() command: WithdrawSale,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { project, no: numberInPath(no, 'no') }, asked);
  }

  @Post('visitor-counts')
  @Writes(CountVisitors, {
    summary: '登记游客人次 · Count visitors',
    example: { from: '2024-04-01', to: '2024-04-30', count: 3200, source: 'TICKETS' },
    refusals: [...IN_TIME, 'END_BEFORE_START', 'DATE_IN_FUTURE'],
  })
  countVisitors(@Param('id') project: string, @Body() command: CountVisitors, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post('visitor-counts/:no/withdrawal')
  @Writes(WithdrawVisitorCount, { summary: '撤回游客统计 · Withdraw a count of visitors', ...WITHDRAWAL })
  withdrawVisitorCount(
    @Param('id') project: string,
    @Param('no') no: string,
    @Body() command: WithdrawVisitorCount,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { project, no: numberInPath(no, 'no') }, asked);
  }

  @Post('enrolments')
  @Writes(EnrolHousehold, {
    summary: '农户签约 · Enrol a household',
    example: { household: HOUSEHOLD, role: 'GROWER', contract: 'contract-2024-17', effectiveOn: '2024-03-05' },
    refusals: [...IN_TIME, ...OF_HOUSEHOLD, 'ENROLMENT_BEFORE_START', 'HOUSEHOLD_ALREADY_ENROLLED'],
  })
  enrol(@Param('id') project: string, @Body() command: EnrolHousehold, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post('enrolments/:household/withdrawal')
  @Writes(WithdrawHousehold, {
    summary: '农户退出 · Withdraw a household',
    example: { reason: '外出务工', effectiveOn: '2024-09-30' },
    refusals: ['PROJECT_UNKNOWN', 'HOUSEHOLD_NOT_ENROLLED'],
  })
  withdraw(
    @Param('id') project: string,
    @Param('household') household: string,
    @Body() command: WithdrawHousehold,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { project, household }, asked);
  }

  @Post('jobs')
  @Writes(RecordJob, {
    summary: '登记用工 · Record a job',
    example: { worker: 'worker-17', kind: 'SEASONAL', household: HOUSEHOLD, effectiveOn: '2024-03-05' },
    refusals: [...IN_TIME, ...OF_HOUSEHOLD, ...OF_VILLAGE, 'JOB_OVERLAP', 'END_BEFORE_START'],
  })
  recordJob(@Param('id') project: string, @Body() command: RecordJob, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post('jobs/:no/end')
  @Writes(EndJob, {
    summary: '用工结束 · End a job',
    example: { effectiveOn: '2024-10-01' },
    refusals: ['PROJECT_UNKNOWN', 'RECORD_UNKNOWN', 'RECORD_WITHDRAWN', 'JOB_ENDED', 'END_BEFORE_START'],
  })
  endJob(@Param('id') project: string, @Param('no') no: string, @Body() command: EndJob, @Asked() asked: Asking) {
    return this.receipts.of(command, { project, no: numberInPath(no, 'no') }, asked);
  }

  @Post('jobs/:no/withdrawal')
  @Writes(WithdrawJob, { summary: '撤回用工登记 · Withdraw a job', ...WITHDRAWAL })
  withdrawJob(
    @Param('id') project: string,
    @Param('no') no: string,
    @Body() command: WithdrawJob,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { project, no: numberInPath(no, 'no') }, asked);
  }

  @Post('gains')
  @Writes(RecordGain, {
    summary: '登记年增收 · Record the gain of a year',
    example: {
      year: 2024,
      amountFen: 36000000,
      method: 'SURVEY',
      population: { of: 'ENROLLED_HOUSEHOLDS', count: 120 },
      effectiveOn: '2024-12-20',
    },
    refusals: [
      ...IN_TIME,
      ...OF_HOUSEHOLD,
      ...OF_VILLAGE,
      'HOUSEHOLD_NOT_ENROLLED',
      'GAIN_DUPLICATE',
      'END_BEFORE_START',
    ],
  })
  recordGain(@Param('id') project: string, @Body() command: RecordGain, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post('gains/:no/withdrawal')
  @Writes(WithdrawGain, { summary: '撤回年增收 · Withdraw a gain', ...WITHDRAWAL })
  withdrawGain(
    @Param('id') project: string,
    @Param('no') no: string,
    @Body() command: WithdrawGain,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { project, no: numberInPath(no, 'no') }, asked);
  }
}
