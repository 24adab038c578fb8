import type { Origin } from '../command.js';
import { refuseUntracked } from '../household/consent.js';
import { refuseUnknownHousehold } from '../household/household.js';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refusePersonalData } from '../rules.js';
import { householdRoles, validCategory } from './categories.js';
import type { HouseholdEnrolled, HouseholdWithdrawn } from './facts.js';
import { closeOf, headOf, type ProposedProject } from './project.js';
import type { EnrolHousehold, WithdrawHousehold } from './record-commands.js';
import type { ProjectSetting } from './setting.js';
import { refuseInactive } from './statuses.js';
import { canTurn, isOpen, spansOf } from './turns.js';

/** A household takes part from a day on, once at a time; where the project has been closed since, up to its close. */
export function enrolHousehold(
  command: EnrolHousehold,
  project: ProposedProject,
  beside: ProjectSetting,
): (HouseholdEnrolled | HouseholdWithdrawn)[] {
  const { household, contract, effectiveOn } = command;
  const { id } = project.proposed;
  refusePersonalData({ contract });
  const role = validCategory(householdRoles, command.role, 'role');
  const startedOn = project.steps.find(({ step }) => step === 'start')?.on;
  if (startedOn === undefined || effectiveOn < startedOn) {
    const facts = { project: id, household, on: effectiveOn, ...(startedOn === undefined ? {} : { startedOn }) };
    throw new Refusal('ENROLMENT_BEFORE_START', facts, 'effectiveOn');
  }
  refuseInactive(id, project.steps, effectiveOn, 'effectiveOn');
  const village = refuseUnknownHousehold(beside.household ?? {}, household, effectiveOn, 'household');
  refuseUntracked(beside.household ?? {}, household);
  const turns = project.enrolments.get(household)?.turns;
  if (isOpen(turns) || !canTurn(turns, effectiveOn)) {
    const facts = { project: id, household, on: effectiveOn, spans: spansOf(turns) };
    throw new Refusal('HOUSEHOLD_ALREADY_ENROLLED', facts, 'household');
  }
  const said = { project: id, household, village, role, ...(contract === undefined ? {} : { contract }) };
  const data = { ...said, ...originOf(command) };
  const enrolled: HouseholdEnrolled = { type: 'HouseholdEnrolled', ...headOf(project, effectiveOn, [village]), data };
  const closedOn = closeOf(project);
  if (closedOn === undefined) return [enrolled];
  return [enrolled, withdrawn(project, { household, village }, closedOn, PROJECT_CLOSE, originOf(command))];
}

/** A household takes no part from a day on; it may enrol again. */
export function withdrawHousehold(command: WithdrawHousehold, project: ProposedProject): HouseholdWithdrawn {
  const { household, reason, effectiveOn } = command;
  refusePersonalData({ reason });
  const { id } = project.proposed;
  const enrolment = project.enrolments.get(household);
  if (enrolment === undefined || !isOpen(enrolment.turns) || !canTurn(enrolment.turns, effectiveOn)) {
    const facts = { project: id, household, on: effectiveOn, spans: spansOf(enrolment?.turns) };
    throw new Refusal('HOUSEHOLD_NOT_ENROLLED', facts, 'household');
  }
  return withdrawn(project, { household, village: enrolment.village }, effectiveOn, reason, originOf(command));
}

/** Why what went on ended with its project, where nobody said more. */
export const PROJECT_CLOSE = '项目关闭';

export function withdrawn(
  project: ProposedProject,
  { household, village }: { readonly household: string; readonly village: string },
  on: LocalDate,
  reason: string,
  origin: { origin?: Origin },
): HouseholdWithdrawn {
  const data = { project: project.proposed.id, household, village, reason, ...origin };
  return { type: 'HouseholdWithdrawn', ...headOf(project, on, [village]), data };
}
