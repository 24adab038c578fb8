import { ArrayMaxSize, IsArray } from 'class-validator';
import { type BookKeepers, hasKeptBook, keepsBook } from './access/book-keepers.js';
import type { OpenedBook } from './book-accounts.js';
import { IsLocalDate, IsStaffId, IsText } from './checks.js';
import { Command, type Origin } from './command.js';
import type { FactDraft } from './fact.js';
import { firstDay, type LocalDate, type Period } from './local-date.js';
import { Refusal } from './refusal.js';
import { originOf, refusePersonalData } from './rules.js';

/** So many of the longest texts, in any script, still fit into one fact. */
const MAX_OPEN_ITEMS = 20;

/** An accountant hands a book over to another, under the eyes of a third (会计交接, 监交). */
export class HandOverBook extends Command {
  /** From the path. */
  book!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
  @IsStaffId() from!: string;
  @IsStaffId() to!: string;
  /** What is unfinished, which the successor takes over (未了事项). */
  @IsArray() @ArrayMaxSize(MAX_OPEN_ITEMS) @IsText({ each: true }) openItems!: string[];
  /** One of the two, who fills in the handover. */
  @IsStaffId() preparedBy!: string;
  /** The witness: he signs as the reviewer of everything else does. */
  @IsStaffId() reviewedBy!: string;
}

export type AccountantHandedOver = FactDraft<
  'AccountantHandedOver',
  {
    book: string;
    from: string;
    to: string;
    witness: string;
    preparedBy: string;
    /** The last month closed in the book. */
    lastClosed?: Period;
    /** The later months that have vouchers, and how many. */
    openMonths: readonly OpenMonth[];
    openItems: readonly string[];
    origin?: Origin;
  }
>;

export interface OpenMonth {
  readonly period: Period;
  readonly vouchers: number;
}

/** What a handover states of the books themselves, so that nobody has to be believed. */
export interface HandedOverBooks {
  readonly lastClosed?: Period;
  readonly openMonths: readonly OpenMonth[];
}

export interface Handover {
  readonly from: string;
  readonly to: string;
  readonly on: LocalDate;
}

/** What a handover looks at beside the book: how far it has come and, where there are accounts, who keeps it. */
export interface HandoverSetting {
  readonly years: HandedOverBooks;
  readonly keepers?: BookKeepers | undefined;
}

/** Those of a book, in the order in which they were recorded. */
export type Handovers = readonly Handover[];

export function handOverBook(
  command: HandOverBook,
  book: OpenedBook,
  handovers: Handovers,
  { years: { lastClosed, openMonths }, keepers }: HandoverSetting,
): AccountantHandedOver {
  const { effectiveOn, from, to, preparedBy, reviewedBy: witness, openItems } = command;
  refusePersonalData({ from, to, preparedBy, reviewedBy: witness });
  refusePersonalData(Object.fromEntries(openItems.map((item, i) => [`openItems.${i}`, item])));
  refuseOnePerson(from, ['handedOverBy', 'takenOverBy'], to, 'to');
  refuseOnePerson(from, ['handedOverBy', 'witnessedBy'], witness, 'reviewedBy');
  refuseOnePerson(to, ['takenOverBy', 'witnessedBy'], witness, 'reviewedBy');
  if (preparedBy !== from && preparedBy !== to) {
    throw new Refusal('HANDOVER_PREPARER', { preparedBy, from, to }, 'preparedBy');
  }
  refuseTooEarly(effectiveOn, book);
  if (keepers !== undefined) refuseNoAccountant(command, book, keepers);
  const left = departureOf(from, handovers);
  if (left !== undefined) {
    const facts = { book: book.id, from, to: left.to, effectiveOn: left.on };
    throw new Refusal('ALREADY_HANDED_OVER', facts, 'from');
  }
  for (const person of [from, to]) {
    const last = lastOf(person, handovers)?.on;
    if (last !== undefined && effectiveOn < last) {
      throw new Refusal('HANDOVER_ORDER', { book: book.id, person, effectiveOn, lastOn: last }, 'effectiveOn');
    }
  }
  const data = {
    book: book.id,
    from,
    to,
    witness,
    preparedBy,
    ...(lastClosed === undefined ? {} : { lastClosed }),
    openMonths,
    openItems,
    ...originOf(command),
  };
  return { type: 'AccountantHandedOver', version: 1, division: book.village, effectiveOn, data };
}

/**
 * Whoever has handed a book over signs for nothing more in it, whatever day its business was done: neither for what is
 * booked nor for a close, which says that the month is whole. Reviewing is another's duty, and goes on.
 */
export function refuseLeaver(
  signed: { readonly preparedBy?: string; readonly closedBy?: string },
  book: string,
  handovers: Handovers,
  prefix = '',
): void {
  for (const as of ['preparedBy', 'closedBy'] as const) {
    const person = signed[as];
    const left = person === undefined ? undefined : departureOf(person, handovers);
    if (left === undefined) continue;
    const { from, to, on: effectiveOn } = left;
    const facts = { book, from, to, effectiveOn, keptBy: keeperAfter(left, handovers), as };
    throw new Refusal('HANDOVER_REQUIRED', facts, `${prefix}${as}`);
  }
}

function refuseTooEarly(effectiveOn: LocalDate, { id: book, startPeriod }: OpenedBook): void {
  if (effectiveOn >= firstDay(startPeriod)) return;
  throw new Refusal('HANDOVER_BEFORE_START', { book, effectiveOn, startPeriod }, 'effectiveOn');
}

/**
 * Nobody leaves a book who never kept it, or a handover could take others' signatures from it; and nobody takes one over
 * that he is not given. Whose grant has ended may still leave: that is how most go.
 */
function refuseNoAccountant({ from, to, effectiveOn }: HandOverBook, book: OpenedBook, keepers: BookKeepers): void {
  const hasKept = hasKeptBook(from, book, effectiveOn, keepers);
  if (hasKept && keepsBook(to, book, effectiveOn, keepers)) return;
  const [person, as] = hasKept ? ([to, 'to'] as const) : ([from, 'from'] as const);
  throw new Refusal('HANDOVER_NOT_ACCOUNTANT', { book: book.id, person, effectiveOn, as }, as);
}

/** How somebody left the book; undefined for who never did, or has come back since. */
function departureOf(person: string, handovers: Handovers): Handover | undefined {
  const last = lastOf(person, handovers);
  return last?.from === person ? last : undefined;
}

function lastOf(person: string, handovers: Handovers): Handover | undefined {
  return handovers.findLast(({ from, to }) => from === person || to === person);
}

/** Who has the book now of what was handed over then: each went on later than the one before. */
function keeperAfter({ to }: Handover, handovers: Handovers): string {
  const next = departureOf(to, handovers);
  return next === undefined ? to : keeperAfter(next, handovers);
}

function refuseOnePerson(person: string, roles: readonly [string, string], other: string, field: string): void {
  if (person === other) throw new Refusal('SAME_PERSON', { person, roles }, field);
}
