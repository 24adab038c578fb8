import { districtOf, divisionAbove, levelOf } from '../division-code.js';
import {
  codeOn,
  type Division,
  divisionOf,
  divisionOn,
  type DivisionTree,
  nameOn,
  validDivisionCode,
} from '../division-tree.js';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf } from '../rules.js';
import type { RecodeDivision } from './commands.js';
import type { DivisionRecoded, NewCode } from './facts.js';

/** A new code from a day on, for a village alone or for a township with all its villages. */
export function recode(command: RecodeDivision, tree: DivisionTree): DivisionRecoded {
  const { effectiveOn, reason } = command;
  const oldCode = validDivisionCode(command.code, 'code');
  const newCode = validDivisionCode(command.newCode, 'newCode');
  const division = divisionOn(tree, oldCode, effectiveOn, 'code');
  refuseDistrict(oldCode);
  refuseOtherDistrict(newCode, oldCode, 'newCode');
  if (levelOf(newCode) !== levelOf(oldCode)) {
    throw new Refusal('DIVISION_LEVEL_MISMATCH', { code: oldCode, other: newCode }, 'newCode');
  }
  if (newCode === oldCode) {
    throw new Refusal(
      'DIVISION_DUPLICATE',
      { code: oldCode, name: nameOn(division, effectiveOn)?.name ?? '' },
      'newCode',
    );
  }
  refuseTaken(tree, newCode, division, 'newCode');
  refuseUnknownParent(tree, newCode, effectiveOn);
  refuseGoneAlong(tree, division, { oldCode, newCode }, effectiveOn);
  const villages = recodedVillages(command, tree, division, { oldCode, newCode });
  const data = { oldCode, newCode, villages, ...(reason === undefined ? {} : { reason }), ...originOf(command) };
  return recoded(data, effectiveOn);
}

export function recoded(data: DivisionRecoded['data'], effectiveOn: LocalDate): DivisionRecoded {
  const { oldCode, newCode, villages } = data;
  const concerns = [newCode, ...villages.flatMap((village) => [village.oldCode, village.newCode])];
  return { type: 'DivisionRecoded', version: 1, division: oldCode, concerns, effectiveOn, data };
}

/** A code names one division for ever, so that whoever wrote it down, and when, is understood. */
export function refuseTaken(tree: DivisionTree, code: string, by: Division | undefined, field: string): void {
  const owner = divisionOf(tree, code);
  if (owner === undefined || owner === by) return;
  throw codeTaken(code, owner, field);
}

function codeTaken(code: string, { id, codes, names }: Division, field: string): Refusal {
  const facts = { code, name: names.at(-1)?.name ?? '', codeNow: codes.at(-1)?.code ?? id };
  return new Refusal('DIVISION_CODE_TAKEN', facts, field);
}

/** The code of a district names its stream, and every code below begins with it. */
export function refuseDistrict(code: string): void {
  if (levelOf(code) === 'district') throw new Refusal('DISTRICT_FIXED', { code }, 'code');
}

export function refuseOtherDistrict(code: string, of: string, field: string): void {
  const district = `${districtOf(of)}000000`;
  if (districtOf(code) !== districtOf(of)) throw new Refusal('DIVISION_DISTRICT_MISMATCH', { code, district }, field);
}

/** The township of a village's new code must be there; a township stands in the same district as before. */
function refuseUnknownParent(tree: DivisionTree, newCode: string, on: LocalDate): void {
  const parent = divisionAbove(newCode) ?? '';
  if (divisionOf(tree, parent) === undefined) {
    throw new Refusal('DIVISION_PARENT_MISMATCH', { code: newCode, parent }, 'newCode');
  }
  divisionOn(tree, parent, on, 'newCode');
}

/** A village that is known to go along with its township later has not left it before. */
function refuseGoneAlong(tree: DivisionTree, division: Division, { oldCode, newCode }: NewCode, on: LocalDate): void {
  const later = division.codes.find(({ from }) => from > on)?.from;
  if (later === undefined) return;
  const parents = [oldCode, newCode, codeOn(division, later)].map((code) =>
    divisionOf(tree, divisionAbove(code) ?? ''),
  );
  const [before, after, then] = parents;
  if (after === before || then !== before) return;
  throw new Refusal('DIVISION_CHANGED_LATER', { code: oldCode, on, laterOn: later }, 'effectiveOn');
}

function recodedVillages(
  command: RecodeDivision,
  tree: DivisionTree,
  township: Division,
  { oldCode, newCode }: NewCode,
): NewCode[] {
  const listed = new Map<string, NewCode & { field: string }>();
  for (const [i, village] of (command.villages ?? []).entries()) {
    const field = `villages.${i}`;
    const from = validDivisionCode(village.code, `${field}.code`);
    const to = validDivisionCode(village.newCode, `${field}.newCode`);
    refuseOutside(from, oldCode, `${field}.code`);
    refuseOutside(to, newCode, `${field}.newCode`);
    listed.set(from, { oldCode: from, newCode: to, field });
  }
  const following = followers(tree, township, oldCode, command.effectiveOn);
  for (const { oldCode: code, field } of listed.values()) {
    if (!following.some((village) => village.code === code))
      divisionOn(tree, code, command.effectiveOn, `${field}.code`);
  }
  const given = new Map<string, Division>();
  return following.map(({ village, code }) => {
    const { newCode: to, field } = listed.get(code) ?? {
      newCode: followingCode(village, code, newCode),
      field: 'newCode',
    };
    refuseTaken(tree, to, village, field);
    const other = given.get(to);
    if (other !== undefined) throw codeTaken(to, other, field);
    given.set(to, village);
    return { oldCode: code, newCode: to };
  });
}

/** The last three digits stay; where a recode is taken back, a village has the code again that it had there. */
function followingCode({ id, codes }: Division, code: string, township: string): string {
  const former = [id, ...codes.map((given) => given.code)].findLast((given) => divisionAbove(given) === township);
  return former ?? township.slice(0, 9) + code.slice(9);
}

function refuseOutside(village: string, township: string, field: string): void {
  const parent = divisionAbove(village);
  if (parent === township && levelOf(township) === 'township') return;
  const facts = { code: village, ...(parent === undefined ? {} : { parent }), stated: township };
  throw new Refusal('DIVISION_PARENT_MISMATCH', facts, field);
}

/** The villages that have a code under the township's old one on some day from then on, until its next new code. */
function followers(tree: DivisionTree, township: Division, oldCode: string, from: LocalDate) {
  if (levelOf(oldCode) !== 'township') return [];
  const next = township.codes.find((code) => code.from > from)?.from;
  return [...tree.divisions.values()]
    .filter(({ id }) => levelOf(id) === 'village')
    .flatMap((village) => {
      const start = village.registered.from > from ? village.registered.from : from;
      const code = codeOn(village, start);
      const ended = village.ended !== undefined && village.ended.from <= start;
      const follows = divisionAbove(code) === oldCode && !ended && (next === undefined || start < next);
      return follows ? [{ village, code }] : [];
    });
}
