import type { Posting } from '@ledger/domain';
import type { Scope } from '@ledger/readmodel';
import { type PrintedDraft, words } from '@ledger/reports';
import type { Runtime } from '../boot/runtime.js';
import type { Moment } from '../read/moments.js';
import { named, printedLines } from '../read/printed-voucher.js';
import type { draftDetailAnswer } from './draft-answers.js';

/** What a posting says of them when it is sent. */
interface Papers {
  readonly evidence?: readonly string[];
  readonly attachmentCount?: number;
}

/** A draft for people: with the names, as they are now, of what it refers to by codes. */
export function printedDraft(
  draft: ReturnType<typeof draftDetailAnswer>,
  { views, origin }: Pick<Runtime, 'views' | 'origin'>,
  at: Moment,
  scope: Scope,
): PrintedDraft {
  const book = draft.book === null ? undefined : views.keptBook(draft.book, at, scope);
  const village = views.divisions(at, scope).find(({ code }) => code === draft.division);
  const organization = views.organizations(at, scope).find(({ creditCode }) => creditCode === book?.organization);
  const { evidence = [], attachmentCount = 0 } = draft.body as Papers;
  return {
    ledger: origin,
    village: named(draft.division, village?.name),
    organization: organization === undefined ? null : named(organization.creditCode, organization.name),
    book: book === undefined ? null : named(book.id, book.name),
    draft,
    vouchers: (draft.wouldRecord?.vouchers ?? []).map(({ period, bookedOn, lines }) => ({
      period,
      bookedOn,
      lines: printedLines(
        { book: draft.book, bookedOn: bookedOn ?? at.asOf, lines: lines as Posting['lines'] },
        views,
        at,
        scope,
      ),
    })),
    refused: draft.refusedNow === null ? null : words(draft.refusedNow.messageZh, draft.refusedNow.messageEn),
    papers: { sheets: attachmentCount, files: evidence.length },
  };
}
