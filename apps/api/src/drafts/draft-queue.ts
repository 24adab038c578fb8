import { isWithin, Refusal, validDivisionCode } from '@ledger/domain';
import { type Draft, draftStatuses, type DraftsWanted, type NumberedDraft } from '@ledger/drafts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Permit, permitOf } from '../access/permit.js';
import type { Operation } from '../access/rules/index.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { wrongInput } from '../input.js';
import { keyCursor, keyIn, limitOf } from '../read/queries.js';
import type { DraftsQuery } from './draft-requests.js';
import { DraftedCommands } from './drafted-commands.js';
import { type DraftSight, sightOfDrafts } from './drafts-in-sight.js';
import { figuresOf } from './figures.js';

/** Some of the drafts, and which of them the asker is shown. */
interface Queue {
  readonly wanted: Pick<DraftsWanted, 'statuses' | 'book' | 'preparedBy' | 'notPreparedBy'>;
  readonly sight: DraftSight;
  readonly shows: (draft: Draft) => boolean | Promise<boolean>;
}

/** Drafts page by page, in the order in which they were submitted first. */
@Injectable()
export class DraftQueue {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DraftedCommands) private readonly commands: DraftedCommands,
  ) {}

  async page(query: DraftsQuery, request: FastifyRequest): Promise<{ rows: Draft[]; next: string | null }> {
    const permit = permitOf(request);
    const limit = limitOf(query);
    const after = this.#numberOf(query.after, permit);
    const codes = this.#codesWithin(query.division);
    const queues = this.#queues(query, request);
    const each = await Promise.all(queues.map((queue) => this.#first(queue, codes, after, limit)));
    const found = each
      .flat()
      .toSorted((a, b) => a.number - b.number)
      .slice(0, limit);
    const last = found.length === limit ? found.at(-1) : undefined;
    return { rows: found.map(({ draft }) => draft), next: last === undefined ? null : keyCursor(last.draft.id) };
  }

  #queues(query: DraftsQuery, request: FastifyRequest): Queue[] {
    const permit = permitOf(request);
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
      shows: (draft) => !Object.values(draft.signatures).includes(me) || this.#hasLapsed(draft, request),
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

  /**
   * Whether those who have signed have to sign anew, because the next signature would be for other figures. Asked of what one
   * has signed himself and still waits, such as the close of a year: few, so that each is decided once more.
   */
  async #hasLapsed(draft: Draft, request: FastifyRequest): Promise<boolean> {
    if (draft.signedFigures === undefined) return false;
    const body = this.runtime.drafts.contents(draft.id).at(-1)?.body ?? {};
    try {
      const facts = await this.commands.preview(await this.commands.of(draft, body, request));
      return figuresOf(facts) !== draft.signedFigures;
    } catch (error) {
      // What the ledger refuses now, nobody can sign.
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** The first so many that are shown; what is not shown makes room for what comes after. */
  async #first(
    { wanted, sight, shows }: Queue,
    codes: readonly string[],
    from: number,
    limit: number,
  ): Promise<NumberedDraft[]> {
    const { drafts, views } = this.runtime;
    const asked = (place: string): boolean => codes.length === 0 || codes.some((within) => isWithin(place, within));
    const divisions = drafts.divisions.filter(
      (code) => sight.scope.includesDivision(code) && asked(views.scopes.placeOf(code)),
    );
    const found: NumberedDraft[] = [];
    for (let after = from; found.length < limit;) {
      const room = limit - found.length;
      const page = drafts.page({ ...wanted, divisions, after, limit: room });
      for (const one of page) if (sight.sees(one.draft) && (await shows(one.draft))) found.push(one);
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
