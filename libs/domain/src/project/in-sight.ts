import { refuseBeyond, type Sight } from '../access/sight.js';
import type { Command } from '../command.js';
import { Refusal } from '../refusal.js';
import {
  ApproveProject,
  CloseProject,
  JoinVillage,
  ResumeProject,
  SetAllocationScheme,
  SuspendProject,
} from './commands.js';
import type { ProposedProject, RecordKind } from './project.js';
import { EndJob, WithdrawGain, WithdrawHousehold, WithdrawJob } from './record-commands.js';
import type { ProjectSetting } from './setting.js';

/**
 * What somebody may do in a joint project of which he sees some villages only. What is recorded of people and jobs is
 * their village's, and so is its leaving; that the project starts and is complete, its sales and its other figures are the
 * lead village's; what binds the others too, as a close, which ends their enrolments, is for those who see all of them.
 */
export function refuseBeyondVillages(command: Command, project: ProposedProject, beside: ProjectSetting): void {
  const { sight } = beside;
  if (sight === undefined || seesAllVillages(project, sight)) return;
  if (command instanceof WithdrawHousehold) return refuseHiddenEnrolment(command, project, sight);
  if (command instanceof EndJob || command instanceof WithdrawJob) {
    const village = project.records.job[command.no - 1]?.village;
    return refuseHiddenRecord('job', command.no, village === undefined ? [] : [village], project, sight);
  }
  if (command instanceof WithdrawGain) {
    const { no } = command;
    return refuseHiddenRecord('gain', no, villagesOf(beside.original), project, sight);
  }
  if (BINDING_ALL.some((type) => command instanceof type)) return refuseSomeVillages(project, sight);
  // The household or the village that a command names was looked for among those in sight already.
  if ('household' in command && command.household !== undefined) return;
  if ('village' in command && command.village !== undefined) return;
  refuseBeyond(sight, project.proposed.leadVillage, 'leadVillage', 'project');
}

const BINDING_ALL = [ApproveProject, SuspendProject, ResumeProject, CloseProject, JoinVillage, SetAllocationScheme];

/** Refuses, without naming any, where a village that takes part or took part is out of sight. */
export function refuseSomeVillages(project: ProposedProject, sight: Sight | undefined): void {
  if (sight === undefined || seesAllVillages(project, sight)) return;
  throw new Refusal('GRANT_TOO_NARROW', { needs: 'allVillages' }, 'project');
}

/**
 * Refuses who sees only some books of a village. In which its share will stand is not known yet: a collective may be named
 * later, and open its book later. A book that is not there is seen by whoever sees all.
 */
export function refuseSomeBooks({ villages }: ProposedProject, sight: Sight | undefined): void {
  if (sight === undefined || villages.keys().every((village) => sight.seesBook('', village))) return;
  throw new Refusal('GRANT_TOO_NARROW', { needs: 'allBooks' }, 'project');
}

function seesAllVillages({ villages }: ProposedProject, sight: Sight): boolean {
  return villages.keys().every((village) => sight.seesDivision(village));
}

/** A number is answered as one never given, also where the record was withdrawn: whose it was is not known any more. */
function refuseHiddenRecord(
  record: RecordKind,
  no: number,
  villages: readonly string[],
  project: ProposedProject,
  sight: Sight,
): void {
  const there = project.records[record][no - 1] !== undefined;
  if (there && villages.some((village) => sight.seesDivision(village))) return;
  throw new Refusal('RECORD_UNKNOWN', { project: project.proposed.id, record, no }, 'no');
}

function refuseHiddenEnrolment({ household, effectiveOn }: WithdrawHousehold, project: ProposedProject, sight: Sight) {
  const village = project.enrolments.get(household)?.village;
  if (village === undefined || sight.seesDivision(village)) return;
  const facts = { project: project.proposed.id, household, on: effectiveOn, spans: [] };
  throw new Refusal('HOUSEHOLD_NOT_ENROLLED', facts, 'household');
}

/** A record of one village concerns it; what concerns no other is the lead village's. */
function villagesOf(original: ProjectSetting['original']): readonly string[] {
  if (original === undefined) return [];
  return original.concerns.length === 0 ? [original.division] : original.concerns;
}
