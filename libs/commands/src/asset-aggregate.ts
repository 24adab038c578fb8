import {
  ActivateAsset,
  type AssetCommand,
  assetStream,
  bookOfAsset,
  bookStream,
  ChangeAssetUse,
  decideAssets,
  DisposeAsset,
  emptyAssets,
  evolveAssets,
  firstDay,
  ImproveAsset,
  MarkAssetIdle,
  openedBook,
  Refusal,
  RecordAssetPosted,
  RecordAssetPostingRefused,
  RegisterAsset,
  RetryAssetPosting,
  RevalueAsset,
} from '@ledger/domain';
import { type Aggregate, planned } from './aggregate.js';
import { BookYears } from './book-years.js';
import { books } from './register-aggregates.js';

export const assetsOfBooks = { empty: emptyAssets, evolve: evolveAssets };

export const assetAggregate: Aggregate<AssetCommand> = {
  commands: [
    RegisterAsset,
    ImproveAsset,
    RevalueAsset,
    ChangeAssetUse,
    MarkAssetIdle,
    ActivateAsset,
    DisposeAsset,
    RetryAssetPosting,
    RecordAssetPosted,
    RecordAssetPostingRefused,
  ],
  // With its book: a depreciation run looks at the cards.
  turn: (command) => bookIdOf(command),
  async plan(command, look) {
    const id = bookIdOf(command);
    const book = (await look.fold(books, bookStream(id))).state;
    if (book.opened === undefined && !(command instanceof RegisterAsset)) {
      throw new Refusal('ASSET_UNKNOWN', { asset: command.asset }, 'asset');
    }
    const opened = openedBook(book, id);
    // A retry has no day of its own. What waits to be posted goes into no earlier year than that of the oldest open month,
    // and before a change of standard nothing is asked of a later one.
    const on = 'effectiveOn' in command ? command.effectiveOn : firstDay(opened.startPeriod);
    const under = await new BookYears(opened, look).bookOn(on);
    const { handovers } = book;
    return planned({
      stream: assetStream(id),
      kind: assetsOfBooks,
      decide: (assets) => decideAssets(command, assets, { ...look, ...under, handovers }),
    });
  },
};

function bookIdOf(command: AssetCommand): string {
  return command instanceof RegisterAsset ? command.book : bookOfAsset(command.asset);
}
