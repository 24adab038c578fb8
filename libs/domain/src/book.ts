import {
  type AccountClass,
  type ChartId,
  chartIdOf,
  charts,
  codeOf,
  parentOf,
  qualified,
  type Side,
} from '@ledger/accounting';
import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import {
  bookMeant,
  bookUnder,
  chartCode,
  existingAccount,
  type OpenedBook,
  openedUnder,
  refuseRetired,
} from './book-accounts.js';
import { IsAccountCode, IsLocalDate, IsPeriod, IsText, MayBeLeftOut } from './checks.js';
import { Command, type Origin } from './command.js';
import { codeOn, type DivisionTree, knownVillage } from './division-tree.js';
import type { Fact, FactDraft } from './fact.js';
import {
  type AccountantHandedOver,
  type Handover,
  HandOverBook,
  handOverBook,
  type HandoverSetting,
} from './handover.js';
import { uuidV8 } from './identity.js';
import { firstDay, lastDay, type LocalDate, type Period } from './local-date.js';
import { type Organization, validCreditCode } from './organization.js';
import { Refusal } from './refusal.js';
import { originOf, refuseForeignOrigin, refuseFuture, refusePersonalData, type Setting } from './rules.js';

export class OpenBook extends Command {
  @IsString() @MaxLength(32) organization!: string;
  @IsText() name!: string;
  @IsIn(Object.keys(charts)) standard!: ChartId;
  /** The first month that the book records; opening balances stand before it. */
  @IsPeriod() startPeriod!: Period;
}

export class AddAccount extends Command {
  /** From the path. */
  book!: string;
  @IsAccountCode() code!: string;
  @IsText() name!: string;
  /** Fixed now and for ever: an account takes postings or children, never both. */
  @MayBeLeftOut() @IsBoolean() postable?: boolean;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export class RetireAccount extends Command {
  /** From the path. */
  book!: string;
  code!: string;
  @IsLocalDate() effectiveOn!: LocalDate;
}

export type BookCommand = OpenBook | AddAccount | RetireAccount | HandOverBook;

export type BookOpened = FactDraft<
  'BookOpened',
  {
    book: string;
    organization: string;
    village: string;
    name: string;
    standard: ChartId;
    startPeriod: Period;
    origin?: Origin;
  }
>;
export type AccountAdded = FactDraft<
  'AccountAdded',
  {
    book: string;
    account: string;
    name: string;
    class: AccountClass;
    normalSide: Side;
    postable: boolean;
    origin?: Origin;
  }
>;
export type AccountRetired = FactDraft<'AccountRetired', { book: string; account: string; origin?: Origin }>;
export type BookFact = BookOpened | AccountAdded | AccountRetired | AccountantHandedOver;

/**
 * What a decision about a book looks at beside it; its organisation and the tree of its village for its opening, how far
 * its years have come and who keeps it for a handover.
 */
export interface BookSetting extends Setting, Partial<HandoverSetting> {
  readonly id: string;
  readonly organization?: Organization;
  readonly divisions?: DivisionTree;
}

/** The balances of so many accounts of one standard still fit into the one fact of a close. */
const MAX_ACCOUNTS = 400;

export interface Book {
  opened?: OpenedBook;
  readonly handovers: Handover[];
}

/**
 * A book's id derives from its legal person, who has one book: at most once is guarded by the stream of the scarce
 * thing, and a second request, whatever its key, meets the first book there.
 */
export const bookIdOf = (creditCode: string): string => uuidV8(`book\n${creditCode}`);

export const bookStream = (id: string): string => `book-${id}`;

export function emptyBook(): Book {
  return { handovers: [] };
}

export function decideBook(command: BookCommand, book: Book, beside: BookSetting): BookFact[] {
  refuseForeignOrigin(command.origin, beside.demo);
  if (command instanceof OpenBook) return [open(command, book, beside)];
  refuseFuture(command.effectiveOn, beside.today, 'effectiveOn');
  const opened = openedBook(book, beside.id);
  if (command instanceof HandOverBook) {
    const { years = { openMonths: [] }, keepers } = beside;
    return [handOverBook(command, opened, book.handovers, { years, keepers })];
  }
  const under = bookMeant(command.code, command.effectiveOn, opened);
  return command instanceof AddAccount ? [add(command, under)] : [retire(command, under)];
}

export function openedBook(book: Book, id: string): OpenedBook {
  if (book.opened === undefined) throw new Refusal('BOOK_UNKNOWN', { book: id }, 'book');
  return book.opened;
}

function open(command: OpenBook, book: Book, beside: BookSetting): BookOpened {
  const creditCode = validCreditCode(command.organization, 'organization');
  const organization = beside.organization?.registered;
  if (organization === undefined) throw new Refusal('ORGANIZATION_UNKNOWN', { creditCode }, 'organization');
  // Two books of one legal person would count twice in every sum over its village.
  if (book.opened !== undefined) {
    throw new Refusal('BOOK_DUPLICATE', { organization: creditCode, book: beside.id }, 'organization');
  }
  const { name, standard, startPeriod } = command;
  refuseFuture(firstDay(startPeriod), beside.today, 'startPeriod');
  refusePersonalData({ name });
  const { inForceFrom, inForceTo } = charts[standard];
  if (firstDay(startPeriod) < inForceFrom || (inForceTo !== undefined && firstDay(startPeriod) > inForceTo)) {
    const facts = { standard, startPeriod, inForceFrom, ...(inForceTo === undefined ? {} : { inForceTo }) };
    throw new Refusal('STANDARD_NOT_IN_FORCE', facts, 'standard');
  }
  // A book records whole months, so the month in which the village begins is its first one, and that in which it ends its
  // last. The organisation has kept the code of its own day; the book takes that of its first.
  const days = { from: firstDay(startPeriod), to: lastDay(startPeriod) };
  const village = codeOn(knownVillage(beside.divisions, organization.village, days, 'startPeriod'), days.from);
  const data = {
    book: beside.id,
    organization: creditCode,
    village,
    name,
    standard,
    startPeriod,
    ...originOf(command),
  };
  return { type: 'BookOpened', version: 1, division: village, effectiveOn: firstDay(startPeriod), data };
}

function add(command: AddAccount, book: OpenedBook): AccountAdded {
  const code = chartCode(command.code, book);
  refusePersonalData({ name: command.name });
  const known = book.accounts.get(code);
  if (known !== undefined) throw new Refusal('ACCOUNT_DUPLICATE', { account: code, name: known.name }, 'code');
  const above = parentOf(code);
  const parent = above === undefined ? undefined : book.accounts.get(above);
  if (parent === undefined || parent.postable || parent.retiredOn !== undefined) {
    const facts = { account: code, ...(above === undefined ? {} : { parent: above }) };
    throw new Refusal('ACCOUNT_PARENT', facts, 'code');
  }
  if (book.accounts.size >= MAX_ACCOUNTS) throw new Refusal('ACCOUNT_LIMIT', { limit: MAX_ACCOUNTS }, 'code');
  const data = {
    book: book.id,
    account: qualified(book.chart.id, code),
    name: command.name,
    class: parent.class,
    normalSide: parent.normalSide,
    postable: command.postable ?? true,
    ...originOf(command),
  };
  return { type: 'AccountAdded', version: 1, division: book.village, effectiveOn: command.effectiveOn, data };
}

function retire(command: RetireAccount, book: OpenedBook): AccountRetired {
  const account = existingAccount(command.code, book, 'code');
  refuseRetired(account, 'code');
  const data = { book: book.id, account: qualified(book.chart.id, account.code), ...originOf(command) };
  return { type: 'AccountRetired', version: 1, division: book.village, effectiveOn: command.effectiveOn, data };
}

export function evolveBook(book: Book, fact: Fact): Book {
  const stated = fact as unknown as BookFact;
  switch (stated.type) {
    case 'BookOpened': {
      const { book: id, organization, village, startPeriod, standard } = stated.data;
      book.opened = openedUnder(standard, { id, organization, village, startPeriod });
      break;
    }
    case 'AccountAdded': {
      const { account, name, class: nature, normalSide, postable } = stated.data;
      const code = codeOf(account);
      accountsOf(account, book)?.set(code, { code, name, class: nature, normalSide, postable });
      break;
    }
    case 'AccountRetired': {
      const account = accountsOf(stated.data.account, book)?.get(codeOf(stated.data.account));
      if (account !== undefined) account.retiredOn = fact.effectiveOn;
      break;
    }
    case 'AccountantHandedOver': {
      const { from, to } = stated.data;
      book.handovers.push({ from, to, on: fact.effectiveOn });
      break;
    }
  }
  return book;
}

function accountsOf(account: string, { opened }: Book): OpenedBook['accounts'] | undefined {
  return opened && bookUnder(chartIdOf(account), opened)?.accounts;
}
