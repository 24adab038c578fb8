import { codeOf } from '@ledger/accounting';
import type { Evidence, LocalDate, Posting, VoucherRef } from '@ledger/domain';
import { projectsInSight, type ReadModel, type Scope, type VoucherRow } from '@ledger/readmodel';
import type { LinkedVoucher, Named, PrintedLine, PrintedVoucher } from '@ledger/reports';
import { accountName, asset, assetKey, dayNumber, voucherHref } from '@ledger/views';
import type { Runtime } from '../boot/runtime.js';
import { known, versions } from './answers.js';
import type { Moment } from './moments.js';

type Line = Posting['lines'][number];

/** What is answered to programs. */
export interface VoucherAnswer extends Moment {
  readonly voucher: VoucherRow & { readonly lines: readonly Line[]; readonly evidence: readonly Evidence[] };
}

const VIEWS = ['voucher', 'book', 'book_account', 'book_standard', 'organization', 'division', 'project', 'asset'];

/** The same for people: with the names, then, of what the voucher refers to by codes. */
export function printedVoucher(
  { voucher, ...at }: VoucherAnswer,
  { views, origin }: Pick<Runtime, 'views' | 'origin'>,
  scope: Scope,
): PrintedVoucher {
  const book = known(views.keptBook(voucher.book, at, scope), voucher.book);
  const village = views.divisions(at, scope).find(({ code }) => code === book.village);
  const organization = views.organizations(at, scope).find(({ creditCode }) => creditCode === book.organization);
  const linked = (ref: VoucherRef | null): LinkedVoucher | null => {
    const row = ref === null ? undefined : views.voucher(book.id, ref, at.knownAt, scope);
    if (ref === null || row === undefined) return null;
    return { ...ref, bookedOn: row.bookedOn, href: voucherHref(book.id, ref, dayNumber(row.bookedOn), at.knownAt) };
  };
  return {
    ledger: origin,
    asOf: at.asOf,
    knownAt: at.knownAt,
    views: versions(views, ...VIEWS),
    village: named(book.village, village?.name),
    organization: named(book.organization, organization?.name),
    book: named(book.id, book.name),
    voucher,
    lines: printedLines(voucher, views, at, scope),
    reverses: linked(voucher.reverses),
    reversedBy: linked(voucher.reversedBy),
  };
}

export function printedLines(
  { book, bookedOn, lines }: { book: string | null; bookedOn: LocalDate; lines: readonly Line[] },
  views: ReadModel,
  at: Moment,
  scope: Scope,
): PrintedLine[] {
  // A book that has gone over to another standard shows its old accounts on the days of the old one only.
  const day = { asOf: bookedOn, knownAt: at.knownAt };
  const accounts = book === null ? [] : known(views.accounts(book, day, scope), book);
  const own = new Map(accounts.map(({ account, name }) => [account, name]));
  const projects = projectNames(lines, views, at, scope);
  const assets = assetNames(lines, views, at, scope);
  return lines.map(({ account, project: projectId, asset: assetId, ...line }) => ({
    ...line,
    account: { code: codeOf(account), ...accountName(account, own) },
    ...(projectId !== undefined && {
      project: named(projectId, projects.get(projectId)),
    }),
    ...(assetId !== undefined && { asset: named(assetId, assets.get(assetId)) }),
  }));
}

function projectNames(lines: readonly Line[], views: ReadModel, at: Moment, scope: Scope): ReadonlyMap<string, string> {
  const ids = new Set(lines.flatMap(({ project }) => project ?? []));
  return new Map(projectsInSight(views, [...ids], at, scope).map(({ key, state }) => [key, state.name]));
}

/** Of cards in books that the reader may see. */
function assetNames(lines: readonly Line[], views: ReadModel, at: Moment, scope: Scope): ReadonlyMap<string, string> {
  const keys = [...new Set(lines.flatMap((line) => line.asset ?? []))].map(assetKey);
  const cards = keys.length === 0 ? [] : views.history.page(asset, { keys }, at).map(({ state }) => state);
  const books = new Set(cards.map(({ book }) => book));
  const seen = [...books].filter((book) => views.book(book, at.knownAt, scope) !== undefined);
  return new Map(cards.flatMap((card) => (seen.includes(card.book) ? [[card.asset, card.name]] : [])));
}

export function named(code: string, name = ''): Named {
  return { code, name };
}
