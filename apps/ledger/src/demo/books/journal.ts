import {
  ClosePeriod,
  CloseYear,
  type Command,
  ConvertStandard,
  periodOf,
  PostVoucher,
  RecordExpense,
  RecordIncome,
  RecordOpeningBalances,
  ReverseVoucher,
  RunDepreciation,
} from '@ledger/domain';
import { asked, demoProjectId } from '../recording/asked.js';
import type { Entry, EntryLine } from './entry.js';
import { atOffice, closingDayOf } from '../recording/office-days.js';
import { openingAssets } from '../assets/opening-assets.js';
import type { PlaceOf, Step } from '../recording/step.js';
import type { Village } from '../county/village.js';
import { entriesOf, openingOf, reserveOf } from './village-years.js';
import { CONVERTED_YEAR, FIRST_YEAR, LAST_YEAR, months, YEARS } from './years.js';

const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
const CLOSED_BY = 'director-1';
const MINUTES_AN_ENTRY = 3;
const AFTERNOON = 390;

/** All that one village's book is told, from its opening balances to the close of its last year. */
export function journalOf(village: Village, book: string): Step[] {
  const entries = entriesOf(village);
  const lines = openingOf(village, entries);
  const opening = asked(RecordOpeningBalances, `${village.key}/opening`, {
    book,
    ...SIGNED,
    lines,
    origin: village.opening.origin ?? 'SYNTHETIC',
  });
  return [
    { at: atOffice(`${FIRST_YEAR}-01-05`, 60), command: () => opening },
    ...openingAssets(village, book, lines),
    ...entrySteps(village, book, entries),
    ...YEARS.flatMap((year) => closes(village, book, year, reserveOf(entries, year))),
    conversion(village, book),
  ];
}

/** Entries of one day are recorded one after the other. */
function entrySteps(village: Village, book: string, entries: readonly Entry[]): Step[] {
  const named = new Set(entries.flatMap(namedBy));
  const onDay = new Map<string, number>();
  return entries.map((entry) => {
    const { key, recordedOn } = entry;
    const before = onDay.get(recordedOn) ?? 0;
    onDay.set(recordedOn, before + 1);
    return {
      at: atOffice(recordedOn, before * MINUTES_AN_ENTRY),
      ...(named.has(key) ? { named: `${village.key}/${key}` } : {}),
      command: (placeOf) => commandFor(village, book, entry, (other) => placeOf(`${village.key}/${other}`)),
    };
  });
}

/** The entries whose vouchers an entry names. */
function namedBy(entry: Entry): string[] {
  if (entry.kind === 'reversal') return [entry.of.key];
  return entry.kind === 'voucher' ? entry.lines.flatMap(({ settles }) => settles ?? []) : [];
}

function commandFor(village: Village, book: string, entry: Entry, placeOf: PlaceOf): Command {
  const key = `${village.key}/${entry.key}`;
  const { origin, attachmentCount, on: effectiveOn, summary, sourceDocument, nonRecurring, lateBecause } = entry;
  const head = { book, ...SIGNED, attachmentCount, origin };
  if (entry.kind === 'reversal') {
    return asked(ReverseVoucher, key, { ...head, ...placeOf(entry.of.key), reason: summary });
  }
  const correction = lateBecause === undefined ? {} : { correction: { reason: lateBecause } };
  if (entry.kind === 'depreciation') {
    const { account } = entry;
    return asked(RunDepreciation, key, { ...head, period: periodOf(effectiveOn), account, summary, ...correction });
  }
  const dated = {
    ...head,
    effectiveOn,
    summary,
    ...(sourceDocument === undefined ? {} : { sourceDocument }),
    ...(nonRecurring === undefined ? {} : { nonRecurring }),
    ...correction,
  };
  if (entry.kind === 'voucher') {
    return asked(PostVoucher, key, { ...dated, lines: entry.lines.map((line) => lineOf(line, placeOf)) });
  }
  const { account, amountFen, settlement, project, contract } = entry;
  const amount = {
    account,
    amountFen,
    settlement,
    ...(project === undefined ? {} : { project: demoProjectId(project) }),
    ...(contract === undefined ? {} : { contract }),
  };
  return asked<RecordIncome | RecordExpense>(entry.kind === 'income' ? RecordIncome : RecordExpense, key, {
    ...dated,
    ...amount,
  });
}

function lineOf({ settles, project, ...line }: EntryLine, placeOf: PlaceOf): PostVoucher['lines'][number] {
  return {
    ...line,
    ...(project === undefined ? {} : { project: demoProjectId(project) }),
    ...(settles === undefined ? {} : { settles: placeOf(settles) }),
  };
}

/** The months of a year, and the year itself in the days after it. */
function closes(village: Village, book: string, year: number, reserveFen: number): Step[] {
  const monthly = months(year)
    .slice(0, 11)
    .map((period): Step => {
      const fields = { book, period, closedBy: CLOSED_BY, origin: 'SYNTHETIC' } as const;
      const command = asked(ClosePeriod, `${village.key}/close-${period}`, fields);
      return { at: atOffice(closingDayOf(period), AFTERNOON), command: () => command };
    });
  if (village.yearOpen === true && year === LAST_YEAR) return monthly;
  const appropriations = reserveFen === 0 ? [] : [{ account: '311', amountFen: reserveFen, summary: '提取公积公益金' }];
  const command = asked(CloseYear, `${village.key}/close-${year}`, {
    book,
    year,
    ...SIGNED,
    closedBy: CLOSED_BY,
    appropriations,
    origin: 'SYNTHETIC',
  });
  return [...monthly, { at: atOffice(YEAR_CLOSES[year] ?? '', AFTERNOON), command: () => command }];
}

/** Years are closed before the first business of January is brought in; only in 2025 it took a week longer. */
const YEAR_CLOSES: Readonly<Record<number, string>> = {
  2022: '2023-01-09',
  2023: '2024-01-09',
  2024: '2025-01-15',
};

/** The books go over to the chart of 2024 once 2023 is closed. */
function conversion(village: Village, book: string): Step {
  const command = asked(ConvertStandard, `${village.key}/standard`, {
    book,
    from: `${CONVERTED_YEAR}-01`,
    ...SIGNED,
    allocations: [],
    origin: 'SYNTHETIC',
  });
  return { at: atOffice(YEAR_CLOSES[CONVERTED_YEAR - 1] ?? '', AFTERNOON + 10), command: () => command };
}
