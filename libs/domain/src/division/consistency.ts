import { divisionAbove, levelOf } from '../division-code.js';
import {
  aboveOn,
  changeDivision,
  codeOn,
  daysOfChange,
  type Division,
  divisionOf,
  type DivisionTree,
  isThere,
  placeOn,
} from '../division-tree.js';
import type { LocalDate } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { changesOf, type DivisionFact } from './facts.js';

/**
 * Refuses facts that contradict what is recorded for the same day or later. Whatever the order of recording, on every day
 * a division stands under one that is there with the code that its own begins with, and money has exactly one place;
 * else the townships would not sum to the district.
 */
export function refuseContradiction(tree: DivisionTree, facts: readonly DivisionFact[], since: LocalDate): void {
  const after = withFacts(tree, facts);
  const suspects = suspectsOf(after, facts);
  for (const on of [since, ...daysOfChange(after).filter((day) => day > since)]) {
    const wrong = suspects.find((division) => !isSound(after, division, on));
    if (wrong === undefined) continue;
    throw new Refusal('DIVISION_CHANGED_LATER', { code: codeOn(wrong, on), on: since, laterOn: on }, 'effectiveOn');
  }
}

/** The tree as it would be. What stays as it was is shared with the one that is recorded, for a district is large. */
function withFacts(tree: DivisionTree, facts: readonly DivisionFact[]): DivisionTree {
  const after = { divisions: new Map(tree.divisions), owners: new Map(tree.owners) };
  for (const fact of facts) {
    for (const change of changesOf(fact)) {
      const division = divisionOf(after, change.code);
      if (division !== undefined) after.divisions.set(division.id, structuredClone(division));
      changeDivision(after, change, { from: fact.effectiveOn, recorded: Number.MAX_SAFE_INTEGER });
    }
  }
  return after;
}

/** Those whom the facts may have left in the air. On one that is registered nothing rests yet; else it may be anybody. */
function suspectsOf(after: DivisionTree, facts: readonly DivisionFact[]): readonly Division[] {
  const [first] = facts;
  if (first?.type !== 'DivisionRegistered') return [...after.divisions.values()];
  const registered = divisionOf(after, first.data.code);
  return registered === undefined ? [] : [registered];
}

function isSound(tree: DivisionTree, division: Division, on: LocalDate): boolean {
  if (division.registered.from > on || levelOf(division.id) === 'district') return true;
  if (!tookOverThen(tree, division, on)) return false;
  const place = placeOn(tree, division, on);
  const above = place && aboveOn(tree, place, on);
  if (place === undefined || above === undefined || !isThere(above, on)) return false;
  if (!isThere(place, on)) return true;
  const parent = divisionAbove(codeOn(place, on)) ?? '';
  return divisionOf(tree, parent) === above && codeOn(above, on) === parent;
}

/** Whoever takes over must be there when the other ends, or end with it on the same day. */
function tookOverThen({ divisions }: DivisionTree, { ended }: Division, on: LocalDate): boolean {
  if (ended === undefined || ended.from > on || ended.successor === null) return true;
  const successor = divisions.get(ended.successor);
  if (successor === undefined) return false;
  return successor.registered.from <= ended.from && (successor.ended?.from ?? '9999') >= ended.from;
}
