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
    return planned({
      stream: assetStream(id),
      kind: assetsOfBooks,
      decide: (assets) => decideAssets(command, assets, { ...look, book: openedBook(book, id) }),
    });
  },
};

function bookIdOf(command: AssetCommand): string {
  return command instanceof RegisterAsset ? command.book : bookOfAsset(command.asset);
}
