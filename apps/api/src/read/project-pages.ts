import { Refusal } from '@ledger/domain';
import type { HistoryQuestion, HistoryRow, ReadModel, Scope } from '@ledger/readmodel';
import { type History, project, type ProjectState } from '@ledger/views';
import type { Moment } from './moments.js';
import { keyCursor, keyIn, type PageQuery } from './queries.js';

const DEFAULT_LIMIT = 100;

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

export function limitOf({ limit }: PageQuery): number {
  return Number(limit ?? DEFAULT_LIMIT);
}

/** A project that was proposed and known, of a division that the reader may see; refuses any other. */
export function knownProject(views: ReadModel, id: string, at: Moment, scope: Scope): HistoryRow<ProjectState> {
  const found = views.history.one(project, id, at);
  if (found === undefined || !scope.includesDivision(views.codeThen(found.state.leadVillage, at))) {
    throw new Refusal('PROJECT_UNKNOWN', { project: id }, 'id');
  }
  return found;
}

/** A project with its villages under the codes that they have then. */
export function projectRowOf(views: ReadModel, { key, position, state }: HistoryRow<ProjectState>, at: Moment) {
  const { scheme } = state;
  const leadVillage = views.codeThen(state.leadVillage, at);
  const shares = scheme?.shares.map((share) => ({ ...share, village: views.codeThen(share.village, at) }));
  return { project: key, ...state, leadVillage, scheme: scheme && { ...scheme, shares }, position };
}

/** What villages have together by the scheme of the day; null where it names none of them. */
export function shareOf({ scheme }: ProjectState, ...villages: readonly string[]): number | null {
  const shares = scheme?.shares.filter(({ village }) => villages.includes(village)) ?? [];
  return shares.length === 0 ? null : shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0);
}
