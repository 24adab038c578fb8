import { districtOf } from '../division-code.js';
import { type DivisionTree, refuseUnknownVillage, validDivisionCode } from '../division-tree.js';
import type { LocalDate } from '../local-date.js';
import type { Setting } from '../rules.js';

/** What a decision about a project looks at beside it, all folded from the log. */
export interface ProjectSetting extends Setting {
  readonly id: string;
  /** The trees of the villages that the command names, by the six digits of their districts. */
  readonly divisions: ReadonlyMap<string, DivisionTree>;
}

/** The twelve digits of a village that is registered on the day. */
export function refuseUnknownParticipant(text: string, on: LocalDate, field: string, beside: ProjectSetting): string {
  const village = validDivisionCode(text, field);
  refuseUnknownVillage(beside.divisions.get(districtOf(village)), village, on, field);
  return village;
}
