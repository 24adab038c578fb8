import {
  type AccountantHandedOver,
  type FactDraft,
  HandOverBook,
  type Period,
  type Posting,
  readFact,
  ReverseVoucher,
  type VoucherRef,
} from '@ledger/domain';
import type { Scope } from '@ledger/readmodel';
import { type PrintedDraft, words } from '@ledger/reports';
import type { Runtime } from '../boot/runtime.js';
import type { Moment } from '../read/moments.js';
import { named, printedLines } from '../read/printed-voucher.js';
import { type draftDetailAnswer, voucherIn } from './draft-answers.js';

/** What a posting says of them when it is sent. */
interface Papers {
  readonly evidence?: readonly string[];
  readonly attachmentCount?: number;
  readonly closedBy?: string;
}

type Detail = ReturnType<typeof draftDetailAnswer>;
type Vouchers = ReturnType<typeof voucherIn>;
type Stated = Pick<FactDraft, 'type' | 'effectiveOn' | 'data'>;

/** A draft for people: with the names, as they are now, of what it refers to by codes. */
export async function printedDraft(
  draft: Detail,
  { views, origin, log }: Pick<Runtime, 'views' | 'origin' | 'log'>,
  at: Moment,
  scope: Scope,
): Promise<PrintedDraft> {
  const facts = await recordedFacts(draft, log);
  const recorded = facts.flatMap(voucherIn);
  const book = draft.book === null ? undefined : views.keptBook(draft.book, at, scope);
  const village = views.divisions(at, scope).find(({ code }) => code === draft.division);
  const organization = views.organizations(at, scope).find(({ creditCode }) => creditCode === book?.organization);
  const { evidence = [], attachmentCount = 0, closedBy = null } = draft.body as Papers;
  return {
    ledger: origin,
    village: named(draft.division, village?.name),
    organization: organization === undefined ? null : named(organization.creditCode, organization.name),
    book: book === undefined ? null : named(book.id, book.name),
    draft,
    closer: closedBy,
    reverses: reversedBy(draft),
    returnedFor:
      draft.status === 'RETURNED' ? (draft.steps.findLast(({ did }) => did === 'RETURNED')?.reason ?? null) : null,
    recorded:
      draft.recorded === null ? null : { position: draft.recorded.position, vouchers: recorded.flatMap(numbered) },
    vouchers: (draft.wouldRecord?.vouchers ?? recorded).map(({ period, bookedOn, lines }) => ({
      period,
      bookedOn,
      lines: printedLines(
        { book: draft.book, bookedOn: bookedOn ?? at.asOf, lines: lines as Posting['lines'] },
        views,
        at,
        scope,
      ),
    })),
    handover: handoverOf(draft, draft.wouldRecord?.facts ?? facts),
    refused: draft.refusedNow === null ? null : words(draft.refusedNow.messageZh, draft.refusedNow.messageEn),
    papers: { sheets: attachmentCount, files: evidence.length },
  };
}

/** What stands in its book of a draft that was recorded. What several villages share, not everybody sees. */
async function recordedFacts({ recorded, book }: Detail, log: Runtime['log']): Promise<Stated[]> {
  if (recorded === null || book === null) return [];
  const { stream, facts, revision } = recorded;
  const found = await log.readStream(stream, facts[0]?.revision ?? revision, facts.length);
  return found.map(({ fact }) => readFact(fact));
}

/** As the ledger states it or would, else as it was sent. */
function handoverOf({ command, body }: Detail, [stated]: readonly Stated[]): PrintedDraft['handover'] {
  if (command !== HandOverBook.name) return null;
  if (stated === undefined) {
    const { effectiveOn, from, to, reviewedBy, openItems } = body as unknown as HandOverBook;
    return { on: effectiveOn, from, to, witness: reviewedBy, openItems, books: null };
  }
  const { from, to, witness, openItems, ...books } = stated.data as AccountantHandedOver['data'];
  return { on: stated.effectiveOn, from, to, witness, openItems, books };
}

function numbered({ period, voucherNo }: Vouchers[number]): VoucherRef[] {
  return period === null || voucherNo === null ? [] : [{ period, voucherNo }];
}

function reversedBy({ command, path }: Detail): VoucherRef | null {
  if (command !== ReverseVoucher.name) return null;
  return { period: path['period'] as Period, voucherNo: Number(path['voucherNo']) };
}
