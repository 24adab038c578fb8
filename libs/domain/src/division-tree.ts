import { IsString, MaxLength } from 'class-validator';
import { IsLocalDate, IsText, MayBeLeftOut } from './checks.js';
import { Command, type Origin } from './command.js';
import { type DivisionLevel, divisionAbove, divisionCode, districtOf, levelOf } from './division-code.js';
import type { Fact, FactDraft } from './fact.js';
import type { LocalDate } from './local-date.js';
import { Refusal } from './refusal.js';
import { originOf, refuseForeignOrigin, refuseFuture, refusePersonalData, type Setting } from './rules.js';

export class RegisterDivision extends Command {
  @IsString() @MaxLength(18) code!: string;
  @IsText() name!: string;
  /** From when the code and the name hold. */
  @IsLocalDate() effectiveOn!: LocalDate;
  /** The code of the division above, when the sender wants it checked; it follows from the code. */
  @MayBeLeftOut() @IsString() @MaxLength(18) parent?: string;
}

export class RenameDivision extends Command {
  /** From the path. */
  code!: string;
  @IsText() name!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export type DivisionCommand = RegisterDivision | RenameDivision;

export type DivisionRegistered = FactDraft<
  'DivisionRegistered',
  { code: string; name: string; level: DivisionLevel; parent: string | null; origin?: Origin }
>;
export type DivisionRenamed = FactDraft<'DivisionRenamed', { code: string; name: string; origin?: Origin }>;
export type DivisionFact = DivisionRegistered | DivisionRenamed;

/** The whole tree of one district: what is registered, and since when. */
export interface DivisionTree {
  readonly divisions: Map<string, { name: string; registeredFrom: LocalDate }>;
}

export const divisionStream = (code: string): string => `divisions-${districtOf(code)}`;

export function emptyDivisionTree(): DivisionTree {
  return { divisions: new Map() };
}

/** Whether a village (12 digits) is registered; on the given date when there is one. */
export function hasVillage(tree: DivisionTree, code: string, on?: LocalDate): boolean {
  const division = tree.divisions.get(code);
  return division !== undefined && levelOf(code) === 'village' && (on === undefined || division.registeredFrom <= on);
}

/** Refuses a village that is not registered, or not yet on the given date. */
export function refuseUnknownVillage(
  tree: DivisionTree | undefined,
  village: string,
  on: LocalDate,
  field: string,
): void {
  if (tree !== undefined && hasVillage(tree, village, on)) return;
  const known = tree !== undefined && hasVillage(tree, village) ? tree.divisions.get(village) : undefined;
  throw new Refusal('VILLAGE_UNKNOWN', { village, ...startOf(known) }, field);
}

/** Says from when a division is registered, where it is known but too late for the case. */
function startOf(division: { registeredFrom: LocalDate } | undefined): { registeredFrom?: LocalDate } {
  return division === undefined ? {} : { registeredFrom: division.registeredFrom };
}

export function decideDivision(command: DivisionCommand, tree: DivisionTree, beside: Setting): DivisionFact[] {
  refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
  refuseForeignOrigin(command.origin, beside.demo);
  refusePersonalData({ name: command.name });
  return command instanceof RegisterDivision ? [register(command, tree)] : [rename(command, tree)];
}

function register(command: RegisterDivision, tree: DivisionTree): DivisionRegistered {
  const code = validDivisionCode(command.code, 'code');
  const known = tree.divisions.get(code);
  if (known !== undefined) throw new Refusal('DIVISION_DUPLICATE', { code, name: known.name }, 'code');
  const parent = divisionAbove(code);
  const stated = command.parent === undefined ? undefined : validDivisionCode(command.parent, 'parent');
  const above = parent === undefined ? undefined : tree.divisions.get(parent);
  if (
    (stated ?? parent) !== parent ||
    (parent !== undefined && (above?.registeredFrom ?? '9999') > command.effectiveOn)
  ) {
    throw new Refusal('DIVISION_PARENT_MISMATCH', { code, parent: parent ?? '—', stated: stated ?? '—' }, 'code');
  }
  const { name, effectiveOn } = command;
  const data = { code, name, level: levelOf(code), parent: parent ?? null, ...originOf(command) };
  return { type: 'DivisionRegistered', version: 1, division: code, effectiveOn, data };
}

function rename(command: RenameDivision, tree: DivisionTree): DivisionRenamed {
  const code = validDivisionCode(command.code, 'code');
  const division = tree.divisions.get(code);
  if (division === undefined || division.registeredFrom > command.effectiveOn) {
    throw new Refusal('DIVISION_UNKNOWN', { code, ...startOf(division) }, 'code');
  }
  const { name, effectiveOn } = command;
  return {
    type: 'DivisionRenamed',
    version: 1,
    division: code,
    effectiveOn,
    data: { code, name, ...originOf(command) },
  };
}

export function validDivisionCode(text: string, field: string): string {
  const code = divisionCode(text);
  if (code === undefined) throw new Refusal('DIVISION_CODE_INVALID', { code: text }, field);
  return code;
}

export function evolveDivisionTree(tree: DivisionTree, fact: Fact): DivisionTree {
  const stated = fact as unknown as DivisionFact;
  switch (stated.type) {
    case 'DivisionRegistered':
      tree.divisions.set(stated.data.code, { name: stated.data.name, registeredFrom: fact.effectiveOn });
      break;
    case 'DivisionRenamed': {
      const division = tree.divisions.get(stated.data.code);
      if (division !== undefined) division.name = stated.data.name;
      break;
    }
  }
  return tree;
}
