import {
  ApproveProject,
  CloseProject,
  CompleteProject,
  JoinVillage,
  LeaveVillage,
  ProposeProject,
  type RefusalCode,
  ResumeProject,
  SetAllocationScheme,
  StartProject,
  SuspendProject,
} from '@ledger/domain';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { Asked, type Asking } from './asked.js';
import { Writes } from './documented.js';
import { Receipts } from './receipts.js';

const STEP: readonly RefusalCode[] = ['PROJECT_UNKNOWN', 'PROJECT_SEQUENCE', 'PROJECT_STEP_BEFORE_RECORD'];
const OF_VILLAGE: readonly RefusalCode[] = [
  'PROJECT_UNKNOWN',
  'PROJECT_NOT_ACTIVE',
  'PROJECT_CLOSED',
  'DIVISION_CODE_INVALID',
  'VILLAGE_UNKNOWN',
];

@Controller('projects')
export class ProjectWrites {
  constructor(@Inject(Receipts) private readonly receipts: Receipts) {}

  @Post()
  @Writes(ProposeProject, {
    summary: '提出项目 · Propose a project',
    example: {
      name: '一桌土菜',
      kind: 'VEGETABLE_BRAND',
      types: ['BRAND_LED', 'JOINT'],
      programmes: ['GREEN_RURAL_REVIVAL'],
      leadVillage: '330603008299',
      villages: ['330603008298'],
      effectiveOn: '2024-01-10',
    },
    refusals: ['CATEGORY_UNKNOWN', 'DIVISION_CODE_INVALID', 'VILLAGE_UNKNOWN'],
  })
  propose(@Body() command: ProposeProject, @Asked() asked: Asking) {
    return this.receipts.of(command, {}, asked);
  }

  @Post(':id/approve')
  @Writes(ApproveProject, {
    summary: '批准项目 · Approve a project',
    example: { resolution: 'resolution-2024-03', effectiveOn: '2024-02-01' },
    refusals: STEP,
  })
  approve(@Param('id') project: string, @Body() command: ApproveProject, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post(':id/start')
  @Writes(StartProject, {
    summary: '启动项目 · Start a project',
    example: { effectiveOn: '2024-03-01' },
    refusals: STEP,
  })
  start(@Param('id') project: string, @Body() command: StartProject, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post(':id/suspend')
  @Writes(SuspendProject, {
    summary: '暂停项目 · Suspend a project',
    example: { reason: '汛期停业', effectiveOn: '2024-06-10' },
    refusals: [...STEP, 'END_BEFORE_START'],
  })
  suspend(@Param('id') project: string, @Body() command: SuspendProject, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post(':id/resume')
  @Writes(ResumeProject, {
    summary: '恢复项目 · Resume a project',
    example: { effectiveOn: '2024-07-01' },
    refusals: STEP,
  })
  resume(@Param('id') project: string, @Body() command: ResumeProject, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post(':id/complete')
  @Writes(CompleteProject, {
    summary: '完成项目 · Complete a project',
    example: { effectiveOn: '2024-11-01' },
    refusals: STEP,
  })
  complete(@Param('id') project: string, @Body() command: CompleteProject, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post(':id/close')
  @Writes(CloseProject, {
    summary: '关闭项目,并结束尚在的签约和用工 · Close a project, and with it its enrolments and jobs',
    example: { reason: '合作期满', effectiveOn: '2024-11-30' },
    refusals: [...STEP, 'PROJECT_TOO_MANY_OPEN'],
  })
  close(@Param('id') project: string, @Body() command: CloseProject, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post(':id/villages')
  @Writes(JoinVillage, {
    summary: '村加入项目 · A village joins',
    example: { village: '330603008297', effectiveOn: '2024-04-01' },
    refusals: [...OF_VILLAGE, 'VILLAGE_ALREADY_PARTICIPANT'],
  })
  joinVillage(@Param('id') project: string, @Body() command: JoinVillage, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }

  @Post(':id/villages/:code/leave')
  @Writes(LeaveVillage, {
    summary: '村退出项目 · A village leaves',
    example: { reason: '另有安排', effectiveOn: '2024-09-01' },
    refusals: [...OF_VILLAGE, 'VILLAGE_NOT_PARTICIPANT', 'VILLAGE_LEADS', 'VILLAGE_HAS_SHARE'],
  })
  leaveVillage(
    @Param('id') project: string,
    @Param('code') village: string,
    @Body() command: LeaveVillage,
    @Asked() asked: Asking,
  ) {
    return this.receipts.of(command, { project, village }, asked);
  }

  @Post(':id/allocation-schemes')
  @Writes(SetAllocationScheme, {
    summary: '设定分配方案 · Set the shares from a date on',
    example: {
      shares: [
        { village: '330603008299', basisPoints: 6000 },
        { village: '330603008298', basisPoints: 4000 },
      ],
      effectiveOn: '2024-03-01',
    },
    refusals: [...OF_VILLAGE, 'VILLAGE_NOT_PARTICIPANT', 'SHARES_NOT_100'],
  })
  setScheme(@Param('id') project: string, @Body() command: SetAllocationScheme, @Asked() asked: Asking) {
    return this.receipts.of(command, { project }, asked);
  }
}
