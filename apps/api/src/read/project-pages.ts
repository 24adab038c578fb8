import { Refusal } from '@ledger/domain';
import { type HistoryQuestion, type HistoryRow, projectInSight, type ReadModel, type Scope } from '@ledger/readmodel';
import { type History, participation, project, type ProjectState } from '@ledger/views';
import type { Moment } from './moments.js';
import { keyCursor, keyIn, limitOf, type PageQuery } from './queries.js';

/** A page of things in the order of their keys, and the cursor for what comes after. */
export function pageOf<S>(
  views: ReadModel,
  view: History<S>,
  find: NonNullable<HistoryQuestion['find']>,
  query: PageQuery,
  at: Moment,
): { rows: HistoryRow<S>[]; next: string | null } {
  const limit = limitOf(query);
  const rows = views.history.page(view, { find, after: keyIn(query.after) ?? '', limit }, at);
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { rows, next: last === undefined ? null : keyCursor(last.key) };
}

/** The projects that villages lead or take part in, by the codes under which these were recorded. */
export function pageOfProjects(
  views: ReadModel,
  village: readonly string[],
  query: PageQuery,
  at: Moment,
): { rows: HistoryRow<ProjectState>[]; next: string | null } {
  const limit = limitOf(query);
  const after = keyIn(query.after) ?? '';
  const led = views.history.page(project, { find: { village }, after, limit }, at).map(({ key }) => key);
  const joined = views.history.page(participation, { find: { village } }, at).map(({ state }) => state.project);
  const keys = [...new Set([...led, ...joined])]
    .filter((key) => key > after)
    .toSorted()
    .slice(0, limit);
  const rows = views.history.page(project, { keys }, at);
  return { rows, next: keys.length < limit ? null : keyCursor(keys.at(-1) ?? '') };
}

/** A project that the reader may see; refuses any other. */
export function knownProject(views: ReadModel, id: string, at: Moment, scope: Scope): HistoryRow<ProjectState> {
  const found = projectInSight(views, id, at, scope);
  if (found === undefined) throw new Refusal('PROJECT_UNKNOWN', { project: id }, 'id');
  return found;
}

/** The village that leads a project, under its code of then; null for a reader of the others. */
export function leadVillageOf(views: ReadModel, state: ProjectState, at: Moment, scope: Scope): string | null {
  const village = views.codeThen(state.leadVillage, at);
  return scope.includesDivision(village) ? village : null;
}

/** A project with those of its villages that the reader may see, under the codes that they have then. */
export function projectRowOf(
  views: ReadModel,
  { key, position, state }: HistoryRow<ProjectState>,
  at: Moment,
  scope: Scope,
) {
  const { scheme } = state;
  const leadVillage = leadVillageOf(views, state, at, scope);
  const shares = scheme?.shares
    .map((share) => ({ ...share, village: views.codeThen(share.village, at) }))
    .filter(({ village }) => scope.includesDivision(village));
  return { project: key, ...state, leadVillage, scheme: scheme && { ...scheme, shares }, position };
}

/** What villages have together by the scheme of the day; null where it names none of them. */
export function shareOf({ scheme }: ProjectState, ...villages: readonly string[]): number | null {
  const shares = scheme?.shares.filter(({ village }) => villages.includes(village)) ?? [];
  return shares.length === 0 ? null : shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0);
}
