import {
  BookPosting,
  type Assets,
  assetStream,
  bookStream,
  ClosePeriod,
  CloseYear,
  ConvertStandard,
  decideLedgerYear,
  type DatedEntry,
  december,
  entryOf,
  lastDay,
  type LedgerCommand,
  ledgerStream,
  type LedgerSetting,
  type LedgerYear,
  type LocalDate,
  type OpenedBook,
  openedBook,
  type Period,
  type Posting,
  periodFor,
  PostVoucher,
  RecordExpense,
  RecordIncome,
  RecordOpeningBalances,
  ReverseVoucher,
  RunDepreciation,
  revisionOf,
  revisionsOf,
  yearOf,
} from '@ledger/domain';
import { hashOfLeaves } from '@ledger/transparency';
import { type Aggregate, type Look, planned } from './aggregate.js';
import { assetsOfBooks } from './asset-aggregate.js';
import { BookYears, ledgerYears } from './book-years.js';
import { books } from './register-aggregates.js';

export const ledgerAggregate: Aggregate<LedgerCommand> = {
  commands: [
    RecordIncome,
    RecordExpense,
    PostVoucher,
    BookPosting,
    RunDepreciation,
    ReverseVoucher,
    RecordOpeningBalances,
    ConvertStandard,
    ClosePeriod,
    CloseYear,
  ],
  // The whole book takes turns, because a year's cash and carried balances rest on the years around it.
  turn: (command) => command.book,
  async plan(command, look) {
    const kept = (await look.fold(books, bookStream(command.book))).state;
    const book = openedBook(kept, command.book);
    const years = new BookYears(book, look);
    // Whatever month it names, a change of standard is about the next one that the book has to make.
    const newest = command instanceof ConvertStandard ? await years.bookIn(Infinity) : undefined;
    const converting = newest?.unconverted;
    const asked = converting === undefined ? yearAsked(command, book) : yearOf(converting.period);
    const lastClosed = await years.lastClosed(asked);
    const year = targetYear(command, asked, book, lastClosed, look);
    const beside: LedgerSetting = {
      today: look.today,
      demo: look.demo,
      handovers: kept.handovers,
      ...(newest ?? (await years.bookIn(year))),
      carried: await years.carriedInto(year),
      knowsVoucher: await knownVouchers(command, years),
      ...(lastClosed === undefined ? {} : { lastClosed }),
      ...(await besidesOf(command, year, years, book, look)),
      ...(converting === undefined ? {} : await years.converting(year)),
    };
    return planned({
      stream: ledgerStream(book.id, year),
      kind: ledgerYears,
      decide: (state) => decideLedgerYear(command, state, beside),
    });
  },
};

function yearAsked(command: LedgerCommand, book: OpenedBook): number {
  if (command instanceof RecordOpeningBalances || command instanceof ConvertStandard) return yearOf(book.startPeriod);
  if (command instanceof CloseYear) return command.year;
  if (command instanceof ClosePeriod || command instanceof ReverseVoucher) return yearOf(command.period);
  return yearOf(businessDay(command) ?? '');
}

/** The day of an entry's business; what names its month or year itself has none. */
function businessDay(command: LedgerCommand | DatedEntry): LocalDate | undefined {
  if (command instanceof RunDepreciation) return lastDay(command.period);
  return 'effectiveOn' in command ? command.effectiveOn : undefined;
}

/** An entry goes into the year of the month in whose books it will stand; everything else into the year it names. */
function targetYear(
  command: LedgerCommand,
  asked: number,
  book: OpenedBook,
  lastClosed: Period | undefined,
  look: Look,
): number {
  const months = {
    startPeriod: book.startPeriod,
    today: look.today,
    ...(lastClosed === undefined ? {} : { lastClosed }),
  };
  const entry = command instanceof BookPosting ? entryOf(command, months) : command;
  const effectiveOn = businessDay(entry);
  if (effectiveOn === undefined) return asked;
  const correction = 'correction' in entry ? entry.correction : undefined;
  return yearOf(periodFor(effectiveOn, correction, months).period);
}

type Besides = Pick<
  LedgerSetting,
  'original' | 'ledgerHash' | 'laterYears' | 'correctedYears' | 'assets' | 'bookYears'
>;

async function besidesOf(
  command: LedgerCommand,
  year: number,
  years: BookYears,
  book: OpenedBook,
  look: Look,
): Promise<Besides> {
  if (command instanceof ConvertStandard) return {};
  if (command instanceof ClosePeriod) return hashOf(command.period, await years.year(year), book, look);
  const laterYears = await years.after(year);
  if (command instanceof RecordOpeningBalances) return { laterYears };
  if (command instanceof ReverseVoucher)
    return { ...(await originalOf(command, await years.year(year), look)), laterYears };
  if (command instanceof CloseYear) {
    return { ...(await hashOf(december(year), await years.year(year), book, look)), laterYears };
  }
  if (command instanceof RunDepreciation) {
    const bookYears = await years.between(years.firstYear, yearOf(look.today) + 1);
    return { laterYears, bookYears, assets: await assetsOf(book, look) };
  }
  const correctedYears = await years.between(yearOf(command.effectiveOn), year);
  return { laterYears, correctedYears, ...(await namedAssets(command, book, look)) };
}

async function assetsOf(book: OpenedBook, look: Look): Promise<Assets> {
  return (await look.fold(assetsOfBooks, assetStream(book.id))).state;
}

/** The assets of the book, where lines name any. */
async function namedAssets(command: LedgerCommand, book: OpenedBook, look: Look): Promise<Besides> {
  const named = command instanceof PostVoucher && command.lines.some(({ asset }) => asset !== undefined);
  return named ? { assets: await assetsOf(book, look) } : {};
}

async function originalOf(command: ReverseVoucher, year: LedgerYear, look: Look): Promise<Besides> {
  const revision = revisionOf(year, command);
  if (revision === undefined) return {};
  const stream = ledgerStream(command.book, yearOf(command.period));
  const [recorded] = await look.facts(stream, revision, 1);
  if (recorded === undefined) return {};
  const fact = look.read(recorded);
  const posting = fact.data as Posting;
  const rest = (posting.of ?? 1) - 1;
  const parts = rest === 0 ? [] : await look.facts(stream, revision + 1, rest);
  const further = parts.map((part) => look.read(part).data as Posting);
  return { original: { posting, effectiveOn: fact.effectiveOn, postedBy: fact.actor, further } };
}

/** A close covers the leaves of its month's facts; closing vouchers stand in the same append as the close itself. */
async function hashOf(period: Period, year: LedgerYear, book: OpenedBook, look: Look): Promise<Besides> {
  const revisions = new Set(revisionsOf(year, period));
  const stream = ledgerStream(book.id, yearOf(period));
  const leaves: string[] = [];
  let revision = Math.min(...revisions);
  const last = Math.max(-1, ...revisions);
  while (revision <= last) {
    for (const { leaf } of await look.facts(stream, revision, 1000)) if (revisions.has(revision++)) leaves.push(leaf);
  }
  const ledgerHash = hashOfLeaves(leaves);
  return { ledgerHash: () => ledgerHash };
}

async function knownVouchers(
  command: LedgerCommand,
  years: BookYears,
): Promise<(period: Period, voucherNo: number) => boolean> {
  const folded = new Map<number, LedgerYear>();
  for (const line of command instanceof PostVoucher ? command.lines : []) {
    if (line.settles === undefined) continue;
    const year = yearOf(line.settles.period);
    if (!folded.has(year)) folded.set(year, await years.year(year));
  }
  return (period, voucherNo) => {
    const year = folded.get(yearOf(period));
    return year !== undefined && revisionOf(year, { period, voucherNo }) !== undefined;
  };
}
