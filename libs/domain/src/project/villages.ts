import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf, refusePersonalData } from '../rules.js';
import { type Share, WHOLE_BASIS_POINTS } from './allocation.js';
import type { JoinVillage, LeaveVillage, SetAllocationScheme } from './commands.js';
import type { AllocationSchemeSet, VillageJoined, VillageLeft } from './facts.js';
import { headOf, type Project, type ProposedProject, refuseDay, type Scheme } from './project.js';
import {
  type ProjectSetting,
  refuseOtherCollective,
  refuseUnknownLeaver,
  refuseUnknownParticipant,
} from './setting.js';
import { canTurn, isOpen, spansOf } from './turns.js';

/** The shares in force at the end of a day; `undefined` while no scheme has begun. */
export function schemeOn(project: Project, day: LocalDate): Scheme | undefined {
  return project.schemes.findLast(({ on }) => on <= day);
}

/** A village takes part from a day on. */
export function joinVillage(command: JoinVillage, project: ProposedProject, beside: ProjectSetting): VillageJoined {
  const { effectiveOn } = command;
  refuseDay(project, effectiveOn, 'open');
  const village = refuseUnknownParticipant(command.village, effectiveOn, 'village', beside);
  const turns = project.villages.get(village);
  if (isOpen(turns) || !canTurn(turns, effectiveOn)) {
    const facts = { project: project.proposed.id, village, on: effectiveOn, spans: spansOf(turns) };
    throw new Refusal('VILLAGE_ALREADY_PARTICIPANT', facts, 'village');
  }
  const data = { project: project.proposed.id, village, ...originOf(command) };
  return { type: 'VillageJoined', ...headOf(project, effectiveOn, [village]), data };
}

/**
 * A village takes no part from a day on, whether it is still there or has ended. Its share is given to others first, or
 * money would have nowhere to go.
 */
export function leaveVillage(command: LeaveVillage, project: ProposedProject, beside: ProjectSetting): VillageLeft {
  const { effectiveOn, reason } = command;
  refusePersonalData({ reason });
  refuseDay(project, effectiveOn, 'open');
  const village = refuseUnknownLeaver(command.village, effectiveOn, 'village', beside);
  const { id, leadVillage } = project.proposed;
  const turns = project.villages.get(village);
  if (!isOpen(turns) || !canTurn(turns, effectiveOn)) {
    const facts = { project: id, village, on: effectiveOn, spans: spansOf(turns) };
    throw new Refusal('VILLAGE_NOT_PARTICIPANT', facts, 'village');
  }
  if (village === leadVillage) throw new Refusal('VILLAGE_LEADS', { project: id, village }, 'village');
  refuseShareholder(project, village, effectiveOn);
  const data = { project: id, village, ...(reason === undefined ? {} : { reason }), ...originOf(command) };
  return { type: 'VillageLeft', ...headOf(project, effectiveOn, [village]), data };
}

/** The shares from a day on, until the next scheme; also one that stands before others already known. */
export function setAllocationScheme(
  command: SetAllocationScheme,
  project: ProposedProject,
  beside: ProjectSetting,
): AllocationSchemeSet {
  const { effectiveOn } = command;
  refuseDay(project, effectiveOn, 'open');
  const next = project.schemes.find(({ on }) => on > effectiveOn)?.on;
  const shares = command.shares.map(({ village, basisPoints, organization }, i): Share => {
    const code = refuseUnknownParticipant(village, effectiveOn, `shares.${i}.village`, beside);
    refuseAbsent(project, code, effectiveOn, next, `shares.${i}.village`);
    if (organization === undefined) return { village: code, basisPoints };
    const collective = refuseOtherCollective(organization, code, `shares.${i}.organization`, beside);
    return { village: code, basisPoints, organization: collective };
  });
  const sumBasisPoints = shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0);
  if (sumBasisPoints !== WHOLE_BASIS_POINTS) throw new Refusal('SHARES_NOT_100', { sumBasisPoints }, 'shares');
  const sorted = shares.toSorted((a, b) => (a.village < b.village ? -1 : 1));
  const data = { project: project.proposed.id, shares: sorted, ...originOf(command) };
  const villages = sorted.map(({ village }) => village);
  return { type: 'AllocationSchemeSet', ...headOf(project, effectiveOn, villages), data };
}

/** Refuses a village that does not take part from a day up to another, or for good. */
function refuseAbsent(
  project: ProposedProject,
  village: string,
  from: LocalDate,
  to: LocalDate | undefined,
  field: string,
): void {
  const spans = spansOf(project.villages.get(village));
  const covers = (end: LocalDate | undefined) => end === undefined || (to !== undefined && to <= end);
  if (spans.some((span) => span.from <= from && covers(span.to))) return;
  throw new Refusal('VILLAGE_NOT_PARTICIPANT', { project: project.proposed.id, village, on: from, spans }, field);
}

/** Refuses a village to which a scheme gives a share on a day or later. */
function refuseShareholder(project: ProposedProject, village: string, on: LocalDate): void {
  const current = schemeOn(project, on);
  for (const scheme of [...(current === undefined ? [] : [current]), ...project.schemes.filter((s) => s.on > on)]) {
    const basisPoints = scheme.shares.find((share) => share.village === village)?.basisPoints;
    if (basisPoints === undefined) continue;
    throw new Refusal('VILLAGE_HAS_SHARE', { village, on, schemeOn: scheme.on, basisPoints }, 'village');
  }
}
