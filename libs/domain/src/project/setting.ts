import { districtOf } from '../division-code.js';
import {
  divisionOf,
  type DivisionTree,
  presentOrEndedVillage,
  refuseUnknownVillage,
  validDivisionCode,
} from '../division-tree.js';
import type { Fact } from '../fact.js';
import type { Handovers } from '../handover.js';
import { refuseUntracked } from '../household/consent.js';
import { type Household, refuseUnknownHousehold } from '../household/household.js';
import type { LocalDate } from '../local-date.js';
import { type Organization, validCreditCode } from '../organization.js';
import { Refusal } from '../refusal.js';
import type { Setting } from '../rules.js';

/** What a decision about a project looks at beside it, all folded from the log. */
export interface ProjectSetting extends Setting {
  readonly id: string;
  /** The trees of the villages that the command names, by the six digits of their districts. */
  readonly divisions: ReadonlyMap<string, DivisionTree>;
  /** The legal persons that the command names, by credit code. */
  readonly organizations?: ReadonlyMap<string, Organization>;
  /** Who has handed the books of collectives over to whom, by credit code. */
  readonly handovers?: ReadonlyMap<string, Handovers>;
  /** The household that the command names. */
  readonly household?: Household;
  /** The fact of the record that is withdrawn. */
  readonly original?: Fact;
}

/** The village of the household that a command names, or the village that it names itself. */
export function villageNamed(
  command: { readonly household?: string; readonly village?: string; readonly effectiveOn: LocalDate },
  beside: ProjectSetting,
): string | undefined {
  const { household, effectiveOn } = command;
  const village =
    command.village === undefined
      ? undefined
      : refuseUnknownParticipant(command.village, effectiveOn, 'village', beside);
  if (household === undefined) return village;
  const own = refuseUnknownHousehold(beside.household ?? {}, household, effectiveOn, 'household');
  refuseUntracked(beside.household ?? {}, household);
  if (village !== undefined && village !== identityOf(own, beside)) {
    throw new Refusal('HOUSEHOLD_ELSEWHERE', { household, village: own, stated: village }, 'village');
  }
  return own;
}

/** The identity of a village that is there on the day under the code that is named. */
export function refuseUnknownParticipant(text: string, on: LocalDate, field: string, beside: ProjectSetting): string {
  const village = validDivisionCode(text, field);
  return refuseUnknownVillage(beside.divisions.get(districtOf(village)), village, on, field).id;
}

/** The same of a village that leaves: what was merged or abolished goes too, under the code that it had last. */
export function refuseUnknownLeaver(text: string, on: LocalDate, field: string, beside: ProjectSetting): string {
  const village = validDivisionCode(text, field);
  return presentOrEndedVillage(beside.divisions.get(districtOf(village)), village, on, field).id;
}

/** By what a project remembers a village, whatever code it has had: the code under which it was registered. */
export function identityOf(village: string, { divisions }: ProjectSetting): string {
  const tree = divisions.get(districtOf(village));
  return (tree && divisionOf(tree, village)?.id) ?? village;
}

/** The credit code of a legal person that is registered in the village: a share never goes into another's book. */
export function refuseOtherCollective(text: string, village: string, field: string, beside: ProjectSetting): string {
  const creditCode = validCreditCode(text, field);
  const registered = beside.organizations?.get(creditCode)?.registered;
  if (registered === undefined) throw new Refusal('ORGANIZATION_UNKNOWN', { creditCode }, field);
  if (identityOf(registered.village, beside) !== village) {
    throw new Refusal('ORGANIZATION_ELSEWHERE', { creditCode, village, registeredIn: registered.village }, field);
  }
  return creditCode;
}
