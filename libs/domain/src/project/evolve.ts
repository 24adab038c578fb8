import type { Fact } from '../fact.js';
import type { LocalDate } from '../local-date.js';
import type { LifeCycleFact, ProjectFact } from './facts.js';
import { note, type Project } from './project.js';
import { evolveRecords } from './evolve-records.js';
import { evolveAllocations } from './settled.js';
import type { SettlementFact } from './settlement-facts.js';
import { insertedByDay, type StepName } from './statuses.js';

export function evolveProject(project: Project, fact: Fact): Project {
  const on = fact.effectiveOn;
  const stated = fact as unknown as ProjectFact | SettlementFact;
  switch (stated.type) {
    case 'ProjectProposed':
      project.proposed = { id: stated.data.project, leadVillage: stated.data.leadVillage };
      for (const village of stated.data.villages) project.villages.set(village, [on]);
      step(project, stated, on);
      break;
    case 'ProjectApproved':
    case 'ProjectStarted':
    case 'ProjectSuspended':
    case 'ProjectResumed':
    case 'ProjectCompleted':
    case 'ProjectClosed':
      step(project, stated, on);
      break;
    case 'VillageJoined':
    case 'VillageLeft':
      project.villages.set(stated.data.village, [...(project.villages.get(stated.data.village) ?? []), on]);
      note(project, 'open', on);
      break;
    case 'AllocationSchemeSet':
      project.schemes = insertedByDay(project.schemes, { on, shares: stated.data.shares });
      note(project, 'open', on);
      break;
    case 'IncomeAllocated':
      note(project, 'begun', on);
      evolveAllocations(project.allocations, stated);
      break;
    case 'IncomeReallocated':
    case 'ShareBooked':
    case 'ShareRefused':
    case 'ShareRetried':
      evolveAllocations(project.allocations, stated);
      break;
    default:
      evolveRecords(project, stated, fact.revision, on);
  }
  return project;
}

const STEP_OF: Readonly<Record<LifeCycleFact['type'], StepName>> = {
  ProjectProposed: 'propose',
  ProjectApproved: 'approve',
  ProjectStarted: 'start',
  ProjectSuspended: 'suspend',
  ProjectResumed: 'resume',
  ProjectCompleted: 'complete',
  ProjectClosed: 'close',
};

function step(project: Project, { type }: LifeCycleFact, on: LocalDate): void {
  project.steps = insertedByDay(project.steps, { on, step: STEP_OF[type] });
}
