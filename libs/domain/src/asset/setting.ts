import type { Conversion } from '@ledger/accounting';
import type { OpenedBook } from '../book-accounts.js';
import type { Handovers } from '../handover.js';
import type { Setting } from '../rules.js';

/** What a decision about an asset looks at beside the assets of its book. */
export interface AssetSetting extends Setting {
  /** Under the standard of the year in whose books a posting of that day would stand. */
  readonly book: OpenedBook;
  /** Who has handed the book over to whom; those who left it sign for nothing more. */
  readonly handovers?: Handovers;
  /** The change to that standard, while the book has not made it. */
  readonly unconverted?: Conversion;
}
