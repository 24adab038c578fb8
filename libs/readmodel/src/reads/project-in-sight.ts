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
  return projectsInSight(known, [id], at, scope)[0];
}

/** Those of projects that the reader may see. */
export function projectsInSight(
  known: KnownPlaces,
  ids: readonly string[],
  at: At,
  scope: Scope,
): HistoryRow<ProjectState>[] {
  if (ids.length === 0) return [];
  const isSeen = (village: string): boolean => scope.includesDivision(known.codeThen(village, at));
  const found = known.history.page(project, { keys: ids }, at);
  const others = found.flatMap(({ key, state }) => (isSeen(state.leadVillage) ? [] : [key]));
  const taking = others.length === 0 ? [] : known.history.page(participation, { find: { project: others } }, at);
  const joined = new Set(taking.flatMap(({ state }) => (isSeen(state.village) ? [state.project] : [])));
  return found.filter(({ key }) => joined.has(key) || !others.includes(key));
}
