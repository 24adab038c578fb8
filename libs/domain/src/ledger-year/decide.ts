import { refuseLeaver } from '../handover.js';
import { refuseForeignOrigin } from '../rules.js';
import { bookPosting } from './booking.js';
import { closePeriod, closeYear } from './close.js';
import {
  BookPosting,
  ClosePeriod,
  CloseYear,
  ConvertStandard,
  type LedgerCommand,
  RecordExpense,
  RecordIncome,
  RecordOpeningBalances,
  ReverseVoucher,
  RunDepreciation,
} from './commands.js';
import { convertStandard, refuseUnconverted } from './conversion.js';
import { runDepreciation } from './depreciation.js';
import type { LedgerFact } from './facts.js';
import { recordOpeningBalances } from './opening.js';
import { postVoucher, recordExpense, recordIncome } from './posting.js';
import { reverseVoucher } from './reversal.js';
import type { LedgerSetting } from './setting.js';
import type { LedgerYear } from './year.js';

/** Turns a request into the facts of a book's year, or refuses it. Reads no clock and no store. */
export function decideLedgerYear(command: LedgerCommand, year: LedgerYear, beside: LedgerSetting): LedgerFact[] {
  refuseForeignOrigin(command.origin, beside.demo);
  // What another stream asks for was signed there, before whatever has been handed over since.
  if (!(command instanceof BookPosting)) refuseLeaver(command, command.book, beside.handovers ?? []);
  if (command instanceof ConvertStandard) return convertStandard(command, year, beside);
  refuseUnconverted(beside);
  if (command instanceof RecordIncome) return [recordIncome(command, year, beside)];
  if (command instanceof RecordExpense) return [recordExpense(command, year, beside)];
  if (command instanceof ReverseVoucher) return reverseVoucher(command, year, beside);
  if (command instanceof RunDepreciation) return runDepreciation(command, year, beside);
  if (command instanceof RecordOpeningBalances) return recordOpeningBalances(command, year, beside);
  if (command instanceof ClosePeriod) return [closePeriod(command, year, beside)];
  if (command instanceof CloseYear) return closeYear(command, year, beside);
  if (command instanceof BookPosting) return [bookPosting(command, year, beside)];
  return [postVoucher(command, year, beside)];
}
