import { levelOf } from '../division-code.js';
import {
  aboveOn,
  codeOn,
  type Division,
  divisionOn,
  type DivisionTree,
  isThere,
  placeOn,
  refuseUnknownVillage,
  validDivisionCode,
} from '../division-tree.js';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf } from '../rules.js';
import type { AbolishDivision, MergeVillages } from './commands.js';
import type { DivisionAbolished, VillagesMerged } from './facts.js';
import { refuseDistrict, refuseOtherDistrict } from './recode.js';

/** Villages go into one that goes on. Their books stay apart; the sums of that one hold those of all from the day on. */
export function merge(command: MergeVillages, tree: DivisionTree): VillagesMerged {
  const { effectiveOn, reason } = command;
  const to = validDivisionCode(command.to, 'to');
  refuseUnknownVillage(tree, to, effectiveOn, 'to');
  const from = command.from.map((text, i) => {
    const field = `from.${i}`;
    const village = validDivisionCode(text, field);
    refuseOtherDistrict(village, to, field);
    if (village === to) throw new Refusal('VILLAGE_MERGED_INTO_ITSELF', { village }, field);
    refuseEndedLater(refuseUnknownVillage(tree, village, effectiveOn, field), effectiveOn, field);
    return village;
  });
  const data = { from, to, ...(reason === undefined ? {} : { reason }), ...originOf(command) };
  return { type: 'VillagesMerged', version: 1, division: to, concerns: from, effectiveOn, data };
}

/** A division ends. What its books hold goes on in the sums of its successor, or of the division above. */
export function abolish(command: AbolishDivision, tree: DivisionTree): DivisionAbolished {
  const { effectiveOn, reason } = command;
  const code = validDivisionCode(command.code, 'code');
  const division = divisionOn(tree, code, effectiveOn, 'code');
  refuseDistrict(code);
  refuseEndedLater(division, effectiveOn, 'effectiveOn');
  const successor =
    command.successor === undefined ? undefined : successorOf(command.successor, code, effectiveOn, tree);
  if (levelOf(code) === 'township') refuseVillagesIn(tree, division, effectiveOn, successor !== undefined);
  const data = { code, ...(successor === undefined ? {} : { successor }), reason, ...originOf(command) };
  const concerns = successor === undefined ? [] : [successor];
  return { type: 'DivisionAbolished', version: 1, division: code, concerns, effectiveOn, data };
}

function successorOf(text: string, code: string, on: LocalDate, tree: DivisionTree): string {
  const successor = validDivisionCode(text, 'successor');
  refuseOtherDistrict(successor, code, 'successor');
  if (levelOf(successor) !== levelOf(code) || successor === code) {
    throw new Refusal('DIVISION_LEVEL_MISMATCH', { code, other: successor }, 'successor');
  }
  divisionOn(tree, successor, on, 'successor');
  return successor;
}

/** A second end would take back the first, with whatever was decided on it. */
function refuseEndedLater(division: Division, on: LocalDate, field: string): void {
  if (division.ended === undefined) return;
  const facts = { code: codeOn(division, on), on, laterOn: division.ended.from };
  throw new Refusal('DIVISION_CHANGED_LATER', facts, field);
}

/** No village may lose its township; what abolished ones have left there needs a successor to go to. */
function refuseVillagesIn(tree: DivisionTree, township: Division, on: LocalDate, hasSuccessor: boolean): void {
  const left = [...tree.divisions.values()].filter((division) => {
    if (levelOf(division.id) !== 'village') return false;
    const day = division.registered.from > on ? division.registered.from : on;
    if (placeOn(tree, division, day) !== division || aboveOn(tree, division, day) !== township) return false;
    return isThere(division, day) || !hasSuccessor;
  });
  const [first] = left;
  if (first === undefined) return;
  const facts = { code: codeOn(township, on), on, villages: left.length, first: codeOn(first, on) };
  throw new Refusal('DIVISION_NOT_EMPTY', facts, 'code');
}
