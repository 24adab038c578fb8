import type { Origin } from '../command.js';
import type { DivisionLevel } from '../division-code.js';
import type { FactDraft } from '../fact.js';

export type DivisionRegistered = FactDraft<
  'DivisionRegistered',
  { code: string; name: string; level: DivisionLevel; parent: string | null; origin?: Origin }
>;
export type DivisionRenamed = FactDraft<'DivisionRenamed', { code: string; name: string; origin?: Origin }>;
/** Every code that changes with it stands in the one fact: a township's with those of all its villages. */
export type DivisionRecoded = FactDraft<
  'DivisionRecoded',
  { oldCode: string; newCode: string; villages: readonly NewCode[]; reason?: string; origin?: Origin }
>;
export type VillagesMerged = FactDraft<
  'VillagesMerged',
  { from: readonly string[]; to: string; reason?: string; origin?: Origin }
>;
export type DivisionAbolished = FactDraft<
  'DivisionAbolished',
  { code: string; successor?: string; reason: string; origin?: Origin }
>;
export type DivisionFact = DivisionRegistered | DivisionRenamed | DivisionRecoded | VillagesMerged | DivisionAbolished;

export interface NewCode {
  readonly oldCode: string;
  readonly newCode: string;
}

/** What a fact changes in one division. */
export interface DivisionChange {
  readonly change: 'registered' | 'renamed' | 'recoded' | 'merged' | 'abolished';
  /** The code by which the fact names the division. */
  readonly code: string;
  readonly name: string | null;
  /** The new code, or the division that takes over. */
  readonly successor: string | null;
  readonly origin: Origin | null;
}

/** The changes of a fact, a division each: the tree and the view are both made from these. */
export function changesOf(fact: DivisionFact): DivisionChange[] {
  const stated = { name: null, successor: null, origin: fact.data.origin ?? null };
  switch (fact.type) {
    case 'DivisionRegistered':
      return [{ ...stated, change: 'registered', code: fact.data.code, name: fact.data.name }];
    case 'DivisionRenamed':
      return [{ ...stated, change: 'renamed', code: fact.data.code, name: fact.data.name }];
    case 'VillagesMerged':
      return fact.data.from.map((code) => ({ ...stated, change: 'merged', code, successor: fact.data.to }));
    case 'DivisionAbolished':
      return [{ ...stated, change: 'abolished', code: fact.data.code, successor: fact.data.successor ?? null }];
    case 'DivisionRecoded':
      break;
  }
  const changed = [fact.data, ...fact.data.villages];
  return changed.map(({ oldCode, newCode }) => ({ ...stated, change: 'recoded', code: oldCode, successor: newCode }));
}
