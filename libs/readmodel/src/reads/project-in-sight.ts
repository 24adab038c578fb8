import { participation, project, type ProjectState } from '@ledger/views';
import type { Scope } from '../scope.js';
import type { At } from './at.js';
import type { Histories, HistoryRow } from './histories.js';

/** What is known of villages, and of things over time. */
export interface KnownPlaces {
  readonly history: Histories;
  /** The code under which something is shown then that was recorded under this one. */
  codeThen(code: string, at: At): string;
}

/** A project that was proposed and known, in which a village takes part that the reader may see. */
export function projectInSight(
  known: KnownPlaces,
  id: string,
  at: At,
  scope: Scope,
): HistoryRow<ProjectState> | undefined {
  const isSeen = (village: string): boolean => scope.includesDivision(known.codeThen(village, at));
  const found = known.history.one(project, id, at);
  if (found === undefined || isSeen(found.state.leadVillage)) return found;
  const taking = known.history.page(participation, { find: { project: [id] } }, at);
  return taking.some(({ state }) => isSeen(state.village)) ? found : undefined;
}
