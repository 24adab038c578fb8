import type { OpenedBook } from '../book.js';
import type { Setting } from '../rules.js';

/** What a decision about an asset looks at beside the assets of its book. */
export interface AssetSetting extends Setting {
  readonly book: OpenedBook;
}
