import { type Line, lineOf, qualified, succeeding } from '@ledger/accounting';
import { postableAccount } from '../book-accounts.js';
import { periodOf } from '../local-date.js';
import { Refusal } from '../refusal.js';
import { originOf } from '../rules.js';
import type { BookingLine, BookPosting, DatedEntry } from './commands.js';
import type { VoucherPosted } from './facts.js';
import type { BookMonths } from './periods.js';
import { accountOfKind, dated, refuseMissingDimension, refuseUnbalanced } from './posting.js';
import { type LedgerSetting, monthsOf } from './setting.js';
import type { LedgerYear } from './year.js';

/** Posts what another stream has decided. */
export function bookPosting(command: BookPosting, year: LedgerYear, beside: LedgerSetting): VoucherPosted {
  const lines = command.lines.map((line, i) => bookingLine(line, `lines.${i}`, command.summary, beside));
  refuseUnbalanced(lines);
  return dated('VoucherPosted', entryOf(command, monthsOf(beside)), lines, year, beside, 'booking');
}

/** As an entry that goes into the oldest open month by itself when its own is closed. */
export function entryOf(command: BookPosting, { lastClosed }: BookMonths): DatedEntry {
  const { context, book, effectiveOn, summary, preparedBy, reviewedBy, attachmentCount, sourceDocument } = command;
  const late = lastClosed !== undefined && periodOf(effectiveOn) <= lastClosed;
  return {
    context,
    book,
    effectiveOn,
    summary,
    preparedBy,
    reviewedBy,
    ...(attachmentCount === undefined ? {} : { attachmentCount }),
    ...(sourceDocument === undefined ? {} : { sourceDocument }),
    ...(late ? { correction: { reason: summary } } : {}),
    ...originOf(command),
  };
}

function bookingLine(line: BookingLine, field: string, summary: string, beside: LedgerSetting): Line {
  if (!Number.isSafeInteger(line.amountFen) || line.amountFen === 0) {
    throw new Refusal('AMOUNT_NOT_POSITIVE', { amountFen: line.amountFen }, `${field}.amountFen`);
  }
  const { wanted, ...said } = line;
  const at = `${field}.account`;
  // What was asked for before the book was converted stands on the accounts that go on.
  const account = succeeding(line.account, beside.book.chart);
  const code =
    wanted === undefined ? postableAccount(account, beside.book, at).code : accountOfKind(wanted, account, beside, at);
  refuseMissingDimension(code, line, field, beside);
  return lineOf({ ...said, account: qualified(beside.book.chart.id, code), summary });
}
