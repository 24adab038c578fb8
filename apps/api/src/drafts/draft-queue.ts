import { isWithin, validDivisionCode } from '@ledger/domain';
import { type Draft, draftStatuses, type DraftsWanted, type NumberedDraft } from '@ledger/drafts';
import { Inject, Injectable } from '@nestjs/common';
import type { Permit } from '../access/permit.js';
import type { Operation } from '../access/rules/index.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { keyCursor, keyIn, limitOf } from '../read/queries.js';
import type { DraftsQuery } from './draft-requests.js';
import { type DraftSight, sightOfDrafts } from './drafts-in-sight.js';

/** Some of the drafts, and which of them the asker is shown. */
interface Queue {
  readonly wanted: Pick<DraftsWanted, 'statuses' | 'book' | 'preparedBy' | 'notPreparedBy'>;
  readonly sight: DraftSight;
  readonly shows: (draft: Draft) => boolean;
}

/** Drafts page by page, in the order in which they were submitted first. */
@Injectable()
export class DraftQueue {
  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  page(query: DraftsQuery, permit: Permit): { rows: Draft[]; next: string | null } {
    const limit = limitOf(query);
    const after = this.#numberOf(query.after, permit);
    const codes = this.#codesWithin(query.division);
    const found = this.#queues(query, permit)
      .flatMap((queue) => this.#first(queue, codes, after, limit))
      .toSorted((a, b) => a.number - b.number)
      .slice(0, limit);
    const last = found.length === limit ? found.at(-1) : undefined;
    return { rows: found.map(({ draft }) => draft), next: last === undefined ? null : keyCursor(last.draft.id) };
  }

  #queues(query: DraftsQuery, permit: Permit): Queue[] {
    const { book, preparedBy, status } = query;
    const sight = this.#sight(permit);
    const wanted = { ...(book === undefined ? {} : { book }), ...(preparedBy === undefined ? {} : { preparedBy }) };
    const asked = (one: Draft['status']) => status === undefined || status === one;
    if (query.waitingFor === undefined) {
      return [{ wanted: { ...wanted, statuses: draftStatuses.filter(asked) }, sight, shows: () => true }];
    }
    const me = permit.principal.id;
    const toSign: Queue = {
      wanted: { ...wanted, statuses: (['SUBMITTED'] as const).filter(asked), notPreparedBy: me },
      // Where he may sign, by those of his grants that allow it.
      sight: this.#sight(permit, 'approveDraft'),
      shows: ({ signatures }) => !Object.values(signatures).includes(me),
    };
    const toMend: Queue = {
      wanted: { ...wanted, statuses: (['RETURNED'] as const).filter(asked), preparedBy: me },
      sight,
      shows: () => preparedBy === undefined || preparedBy === me,
    };
    return [toSign, toMend];
  }

  #sight(permit: Permit, operation?: Operation): DraftSight {
    return sightOfDrafts(permit, this.runtime.views.scopes, operation);
  }

  /** The first so many that are shown; what is not shown makes room for what comes after. */
  #first({ wanted, sight, shows }: Queue, codes: readonly string[], from: number, limit: number): NumberedDraft[] {
    const { drafts, views } = this.runtime;
    const asked = (place: string): boolean => codes.length === 0 || codes.some((within) => isWithin(place, within));
    const divisions = drafts.divisions.filter(
      (code) => sight.scope.includesDivision(code) && asked(views.scopes.placeOf(code)),
    );
    const found: NumberedDraft[] = [];
    for (let after = from; found.length < limit;) {
      const room = limit - found.length;
      const page = drafts.page({ ...wanted, divisions, after, limit: room });
      found.push(...page.filter(({ draft }) => sight.sees(draft) && shows(draft)));
      if (page.length < room) break;
      after = page.at(-1)?.number ?? after;
    }
    return found;
  }

  /** Every code of a division: a draft is where its village is today, under the code of today. */
  #codesWithin(division: string | undefined): string[] {
    if (division === undefined) return [];
    return this.runtime.views.scopes.codesOf(validDivisionCode(division, 'division'));
  }

  /** A cursor names the last draft of a page; one that the asker does not see is no cursor of his. */
  #numberOf(cursor: string | undefined, permit: Permit): number {
    if (cursor === undefined) return 0;
    const known = this.runtime.drafts.numbered(keyIn(cursor) ?? '');
    if (known !== undefined && this.#sight(permit).sees(known.draft)) return known.number;
    throw wrongInput('after', '不是本接口给出的游标', 'is not a cursor that this route gave out');
  }
}
