import { refuseBeyond } from '../access/sight.js';
import { districtOf, divisionAbove, levelOf } from '../division-code.js';
import {
  codeOn,
  type Division,
  divisionOf,
  divisionOn,
  type DivisionTree,
  isThere,
  nameOn,
  validDivisionCode,
} from '../division-tree.js';
import { Refusal } from '../refusal.js';
import { originOf, refuseForeignOrigin, refuseFuture, refusePersonalData, type Setting } from '../rules.js';
import {
  type AbolishDivision,
  type DivisionCommand,
  MergeVillages,
  RecodeDivision,
  RegisterDivision,
  RenameDivision,
} from './commands.js';
import { refuseContradiction } from './consistency.js';
import { abolish, merge } from './endings.js';
import type { DivisionFact, DivisionRecoded, DivisionRegistered, DivisionRenamed } from './facts.js';
import { recode, recoded, refuseTaken } from './recode.js';

/** Turns a request into facts about a district's tree, or refuses it. Reads no clock and no store. */
export function decideDivision(command: DivisionCommand, tree: DivisionTree, beside: Setting): DivisionFact[] {
  refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
  refuseForeignOrigin(command.origin, beside.demo);
  refusePartOfDistrict(command, beside);
  if (command instanceof RenameDivision) return [rename(command, tree)];
  const facts = command instanceof RegisterDivision ? register(command, tree, beside.today) : [changed(command, tree)];
  refuseContradiction(tree, facts, command.effectiveOn);
  return facts;
}

/** A tree is changed as a whole, whatever village is named: who changes it answers for the district. */
function refusePartOfDistrict(command: DivisionCommand, { sight }: Setting): void {
  const [code, field] = command instanceof MergeVillages ? [command.to, 'to'] : [command.code, 'code'];
  refuseBeyond(sight, `${districtOf(code)}000000`, 'district', field);
}

function changed(command: RecodeDivision | MergeVillages | AbolishDivision, tree: DivisionTree): DivisionFact {
  refusePersonalData({ reason: command.reason });
  if (command instanceof RecodeDivision) return recode(command, tree);
  return command instanceof MergeVillages ? merge(command, tree) : abolish(command, tree);
}

function register(command: RegisterDivision, tree: DivisionTree, today: string): DivisionFact[] {
  const { name, effectiveOn } = command;
  refusePersonalData({ name });
  const code = validDivisionCode(command.code, 'code');
  const known = divisionOf(tree, code);
  if (known !== undefined && isThere(known, today) && codeOn(known, today) === code) {
    throw new Refusal('DIVISION_DUPLICATE', { code, name: nameOn(known, today)?.name ?? '' }, 'code');
  }
  refuseTaken(tree, code, undefined, 'code');
  const above = parentOf(command, code, tree);
  const data = { code, name, level: levelOf(code), parent: divisionAbove(code) ?? null, ...originOf(command) };
  const registered: DivisionRegistered = { type: 'DivisionRegistered', version: 1, division: code, effectiveOn, data };
  return [registered, ...(above === undefined ? [] : recodesWith(above, registered, tree))];
}

/** The division above, there on that day, by the code of that day. */
function parentOf(
  { effectiveOn, ...command }: RegisterDivision,
  code: string,
  tree: DivisionTree,
): Division | undefined {
  const parent = divisionAbove(code);
  const stated = command.parent === undefined ? undefined : validDivisionCode(command.parent, 'parent');
  const above = parent === undefined ? undefined : divisionOf(tree, parent);
  const known = parent === undefined || (above !== undefined && above.registered.from <= effectiveOn);
  if ((stated !== undefined && stated !== parent) || !known) {
    const facts = { code, ...(parent === undefined ? {} : { parent }), ...(stated === undefined ? {} : { stated }) };
    throw new Refusal('DIVISION_PARENT_MISMATCH', facts, 'code');
  }
  return parent === undefined ? undefined : divisionOn(tree, parent, effectiveOn, 'code');
}

/** A village that is registered late goes along with the recodes of its township that are known already. */
function recodesWith(
  township: Division,
  { data, effectiveOn }: DivisionRegistered,
  tree: DivisionTree,
): DivisionRecoded[] {
  const days = [...new Set(township.codes.map(({ from }) => from))].filter((from) => from > effectiveOn);
  let { code } = data;
  return days.flatMap((from) => {
    const [oldCode, newCode] = [code, codeOn(township, from).slice(0, 9) + code.slice(9)];
    // A recode that was taken back on its day changes nothing.
    if (newCode === oldCode) return [];
    code = newCode;
    refuseTaken(tree, newCode, undefined, 'code');
    return [recoded({ oldCode, newCode, villages: [], ...originOf(data) }, from)];
  });
}

function rename(command: RenameDivision, tree: DivisionTree): DivisionRenamed {
  const { name, effectiveOn } = command;
  refusePersonalData({ name });
  const code = validDivisionCode(command.code, 'code');
  divisionOn(tree, code, effectiveOn, 'code');
  const data = { code, name, ...originOf(command) };
  return { type: 'DivisionRenamed', version: 1, division: code, effectiveOn, data };
}
