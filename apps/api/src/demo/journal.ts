import {
  ClosePeriod,
  CloseYear,
  type Command,
  periodOf,
  PostVoucher,
  RecordExpense,
  RecordIncome,
  RecordOpeningBalances,
  ReverseVoucher,
  RunDepreciation,
  type VoucherRef,
} from '@ledger/domain';
import { asked } from './asked.js';
import type { NumberedEntry } from './entry.js';
import { atOffice, closingDayOf } from './office-days.js';
import { openingAssets } from './opening-assets.js';
import type { Step } from './round.js';
import type { Village } from './village.js';
import { entriesOf, openingOf, reserveOf } from './village-year.js';

const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
const CLOSED_BY = 'director-1';
const MINUTES_AN_ENTRY = 3;
const AFTERNOON = 390;

/** All that one village's book is told, from its opening balances to the close of its year. */
export function journalOf(village: Village, book: string): Step[] {
  const numbered = entriesOf(village);
  const entries = numbered.map(({ entry }) => entry);
  const lines = openingOf(village, entries);
  const opening = asked(RecordOpeningBalances, `${village.key}/opening`, {
    book,
    ...SIGNED,
    lines,
    origin: village.opening.origin ?? 'SYNTHETIC',
  });
  const closes = village.yearOpen === true ? [] : [yearClose(village, book, reserveOf(entries))];
  return [
    { at: atOffice('2024-01-03', 60), command: opening },
    ...openingAssets(village, book, lines),
    ...entrySteps(village, book, numbered),
    ...monthCloses(village, book),
    ...closes,
  ];
}

/** The last command for a village whose year is closed. */
export function lastKeyOf(village: Village): string {
  return `${village.key}/close-2024`;
}

/** Entries of one day are recorded one after the other. */
function entrySteps(village: Village, book: string, numbered: readonly NumberedEntry[]): Step[] {
  const places = new Map(numbered.map(({ entry, period, voucherNo }) => [entry.key, { period, voucherNo }]));
  const onDay = new Map<string, number>();
  return numbered.map(({ entry }) => {
    const { recordedOn } = entry;
    const before = onDay.get(recordedOn) ?? 0;
    onDay.set(recordedOn, before + 1);
    const command = commandFor(village, book, entry, (key) => {
      const place = places.get(key);
      if (place === undefined) throw new Error(`${village.key} has no entry ${key}`);
      return place;
    });
    return { at: atOffice(recordedOn, before * MINUTES_AN_ENTRY), command };
  });
}

function commandFor(
  village: Village,
  book: string,
  entry: NumberedEntry['entry'],
  placeOf: (key: string) => VoucherRef,
): Command {
  const key = `${village.key}/${entry.key}`;
  const { origin, attachmentCount, on: effectiveOn, summary, sourceDocument, nonRecurring, lateBecause } = entry;
  const head = { book, ...SIGNED, attachmentCount, origin };
  if (entry.kind === 'reversal') {
    return asked(ReverseVoucher, key, { ...head, ...placeOf(entry.of.key), reason: summary });
  }
  const dated = {
    ...head,
    effectiveOn,
    summary,
    ...(sourceDocument === undefined ? {} : { sourceDocument }),
    ...(nonRecurring === undefined ? {} : { nonRecurring }),
    ...(lateBecause === undefined ? {} : { correction: { reason: lateBecause } }),
  };
  if (entry.kind === 'depreciation') {
    const { account } = entry;
    return asked(RunDepreciation, key, { ...head, period: periodOf(effectiveOn), account, summary });
  }
  if (entry.kind === 'voucher') {
    const lines = entry.lines.map(({ settles, ...line }) => ({
      ...line,
      ...(settles === undefined ? {} : { settles: placeOf(settles) }),
    }));
    return asked(PostVoucher, key, { ...dated, lines });
  }
  const { account, amountFen, settlement, project, contract } = entry;
  const amount = {
    account,
    amountFen,
    settlement,
    ...(project === undefined ? {} : { project }),
    ...(contract === undefined ? {} : { contract }),
  };
  return asked<RecordIncome | RecordExpense>(entry.kind === 'income' ? RecordIncome : RecordExpense, key, {
    ...dated,
    ...amount,
  });
}

function monthCloses(village: Village, book: string): Step[] {
  return Array.from({ length: 11 }, (_, index) => {
    const period = `2024-${String(index + 1).padStart(2, '0')}`;
    return {
      at: atOffice(closingDayOf(period), AFTERNOON),
      command: asked(ClosePeriod, `${village.key}/close-${period}`, {
        book,
        period,
        closedBy: CLOSED_BY,
        origin: 'SYNTHETIC',
      }),
    };
  });
}

function yearClose(village: Village, book: string, reserveFen: number): Step {
  return {
    at: atOffice('2025-01-15', AFTERNOON),
    command: asked(CloseYear, lastKeyOf(village), {
      book,
      year: 2024,
      ...SIGNED,
      closedBy: CLOSED_BY,
      appropriations: [{ account: '311', amountFen: reserveFen, summary: '提取公积公益金' }],
      origin: 'SYNTHETIC',
    }),
  };
}
