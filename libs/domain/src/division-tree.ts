import { changesOf, type DivisionChange, type DivisionFact } from './division/facts.js';
import { districtOf, divisionAbove, divisionCode, levelOf } from './division-code.js';
import type { Fact } from './fact.js';
import type { LocalDate } from './local-date.js';
import { Refusal } from './refusal.js';

/** Something that holds from a day on. */
interface Dated {
  readonly from: LocalDate;
  /** Where it was recorded: its place in the stream, or in the ledger where the tree is made from the views. */
  readonly recorded: number;
}

/** A division with all that it was ever called. Among those of one day the newest recording holds. */
export interface Division {
  /** Its identity: the code under which it was registered. Codes change, and none is ever given to another division. */
  readonly id: string;
  readonly registered: Dated;
  readonly names: (Dated & { readonly name: string; readonly origin: string | null })[];
  /** The codes that it was given later. */
  readonly codes: (Dated & { readonly code: string; readonly origin: string | null })[];
  ended?: Ending;
}

export interface Ending extends Dated {
  readonly how: 'merged' | 'abolished';
  /** The identity of the division in whose sums its money goes on; without one it is in those of the division above. */
  readonly successor: string | null;
}

/** The whole tree of one district, at all dates. */
export interface DivisionTree {
  /** By identity. */
  readonly divisions: Map<string, Division>;
  /** The identity behind every code that was ever given. */
  readonly owners: Map<string, string>;
}

export const divisionStream = (code: string): string => `divisions-${districtOf(code)}`;

export function emptyDivisionTree(): DivisionTree {
  return { divisions: new Map(), owners: new Map() };
}

export function evolveDivisionTree(tree: DivisionTree, fact: Fact): DivisionTree {
  for (const change of changesOf(fact as unknown as DivisionFact)) {
    changeDivision(tree, change, { from: fact.effectiveOn, recorded: fact.revision });
  }
  return tree;
}

/** Makes a recorded change part of the tree, in the order of recording. */
export function changeDivision(tree: DivisionTree, stated: DivisionChange, dated: Dated): void {
  const { change, code, name, successor, origin } = stated;
  if (change === 'registered') {
    const names = [{ ...dated, name: name ?? '', origin }];
    tree.divisions.set(code, { id: code, registered: dated, names, codes: [] });
    tree.owners.set(code, code);
    return;
  }
  const division = divisionOf(tree, code);
  if (division === undefined) return;
  if (change === 'renamed') insert(division.names, { ...dated, name: name ?? '', origin });
  else if (change !== 'recoded') {
    const takesOver = successor === null ? undefined : divisionOf(tree, successor);
    division.ended = { ...dated, how: change, successor: takesOver?.id ?? null };
  } else if (successor !== null) {
    insert(division.codes, { ...dated, code: successor, origin });
    tree.owners.set(successor, division.id);
  }
}

/** The division that a code means, whenever it has had it. */
export function divisionOf(tree: DivisionTree, code: string): Division | undefined {
  return tree.divisions.get(tree.owners.get(code) ?? '');
}

/** Every code that a division was given: what is recorded of it stands under any of them. None for an unknown code. */
export function codesOf({ owners }: DivisionTree, code: string): string[] {
  const owner = owners.get(code);
  return owner === undefined ? [] : [...owners].filter(([, id]) => id === owner).map(([known]) => known);
}

/** The code on a day; before its beginning that with which it begins, after its end the last one. */
export function codeOn({ id, codes, registered }: Division, on: LocalDate): string {
  return newestOn(codes, on < registered.from ? registered.from : on)?.code ?? id;
}

/** The name on a day, with where it was recorded; before its beginning the first one. */
export function nameOn({ names }: Division, on: LocalDate): Division['names'][number] | undefined {
  return newestOn(names, on) ?? names[0];
}

export function isThere({ registered, ended }: Division, on: LocalDate): boolean {
  return registered.from <= on && !(ended !== undefined && ended.from <= on);
}

/**
 * The division in whose sums the money of this one stands on a day: itself, or what took over, through all mergers.
 * Undefined where mergers lead in a circle, which no recorded tree does.
 */
export function placeOn(tree: DivisionTree, division: Division, on: LocalDate): Division | undefined {
  let place: Division | undefined = division;
  for (let steps = 0; place !== undefined && steps <= tree.divisions.size; steps++) {
    const { ended }: Division = place;
    if (ended === undefined || ended.from > on || ended.successor === null) return place;
    place = tree.divisions.get(ended.successor);
  }
  return undefined;
}

/** The division above on a day, by the code of that day; what an abolished one left goes on under its successor. */
export function aboveOn(tree: DivisionTree, division: Division, on: LocalDate): Division | undefined {
  const above = divisionAbove(codeOn(division, on));
  const found = above === undefined ? undefined : divisionOf(tree, above);
  return found && placeOn(tree, found, on);
}

/** The days on which something of the tree changes, in order: from one to the next it stays the same. */
export function daysOfChange({ divisions }: DivisionTree): LocalDate[] {
  const days = new Set<LocalDate>();
  for (const { names, codes, ended } of divisions.values()) {
    for (const { from } of names) days.add(from);
    for (const { from } of codes) days.add(from);
    if (ended !== undefined) days.add(ended.from);
  }
  return [...days].toSorted();
}

/** The division that has a code on a day. Refuses other codes, saying which one it has then, and what is not there. */
export function divisionOn(tree: DivisionTree, code: string, on: LocalDate, field: string): Division {
  const division = divisionOf(tree, code);
  if (division === undefined || division.registered.from > on) {
    throw new Refusal('DIVISION_UNKNOWN', { code, ...startOf(division) }, field);
  }
  refuseEnded(tree, division, code, on, field);
  refuseOtherCode(division, code, on, field);
  return division;
}

/** Refuses a village that is not there on the given date, or has another code then. */
export function refuseUnknownVillage(
  tree: DivisionTree | undefined,
  village: string,
  on: LocalDate,
  field: string,
): Division {
  const division = knownVillage(tree, village, { from: on, to: on }, field);
  refuseOtherCode(division, village, on, field);
  return division;
}

/** The village that a code means, whenever it has it; refused when it is there on none of the days. */
export function knownVillage(
  tree: DivisionTree | undefined,
  village: string,
  { from, to }: { from: LocalDate; to: LocalDate },
  field: string,
): Division {
  const division = registeredVillage(tree, village, to, field);
  if (tree !== undefined) refuseEnded(tree, division, village, from, field);
  return division;
}

/** The village that has a code on a day, or had it last: also one that was merged or abolished by then. */
export function presentOrEndedVillage(
  tree: DivisionTree | undefined,
  village: string,
  on: LocalDate,
  field: string,
): Division {
  const division = registeredVillage(tree, village, on, field);
  refuseOtherCode(division, village, on, field);
  return division;
}

function registeredVillage(tree: DivisionTree | undefined, village: string, by: LocalDate, field: string): Division {
  const division = tree && divisionOf(tree, village);
  if (division === undefined || levelOf(village) !== 'village' || division.registered.from > by) {
    const known = levelOf(village) === 'village' ? startOf(division) : {};
    throw new Refusal('VILLAGE_UNKNOWN', { village, ...known }, field);
  }
  return division;
}

export function validDivisionCode(text: string, field: string): string {
  const code = divisionCode(text);
  if (code === undefined) throw new Refusal('DIVISION_CODE_INVALID', { code: text }, field);
  return code;
}

/** Says from when a division is registered, where it is known but too late for the case. */
function startOf(division: Division | undefined): { registeredFrom?: LocalDate } {
  return division === undefined ? {} : { registeredFrom: division.registered.from };
}

function refuseEnded(tree: DivisionTree, division: Division, code: string, on: LocalDate, field: string): void {
  const { ended } = division;
  if (ended === undefined || ended.from > on) return;
  const place = placeOn(tree, division, on) ?? division;
  const standsIn = isThere(place, on) ? place : aboveOn(tree, place, on);
  const how = standsIn === place ? ended.how : 'abolished';
  const facts = { from: ended.from, how, standsIn: codeOn(standsIn ?? place, on) };
  if (levelOf(code) === 'village') throw new Refusal('VILLAGE_ABOLISHED', { village: code, ...facts }, field);
  throw new Refusal('DIVISION_ABOLISHED', { code, ...facts }, field);
}

function refuseOtherCode(division: Division, code: string, on: LocalDate, field: string): void {
  const codeThen = codeOn(division, on);
  if (codeThen !== code) throw new Refusal('DIVISION_RECODED', { code, on, codeThen }, field);
}

function newestOn<D extends Dated>(dated: readonly D[], on: LocalDate): D | undefined {
  return dated.findLast(({ from }) => from <= on);
}

/** Keeps the order of dates, and that of recording among those of one day. */
function insert<D extends Dated>(dated: D[], added: D): void {
  dated.splice(dated.findLastIndex(({ from }) => from <= added.from) + 1, 0, added);
}
