import { describe, expect, it } from '@jest/globals';
import { assetAggregate, CommandHandling, ledgerAggregate } from '@ledger/commands';
import { PostVoucher, readFact, RegisterAsset, RetryAssetPosting } from '@ledger/domain';
import { openMemoryLog } from '@ledger/eventlog';
import { asking, openVillageBook, SIGNED } from '../support/asking.js';
import { goThrough } from '../support/bookings.js';

/** A village that buys a van, and the process that books what its card asks for. */
async function village() {
  const log = openMemoryLog({ now: () => Date.UTC(2024, 5, 15) });
  const handling = new CommandHandling(log, { demo: false });
  const ask = asking(handling);
  const book = await openVillageBook(ask, {
    name: '账套',
    standard: 'rural-collective-2024',
    startPeriod: '2024-01',
  });
  const buy = (account: string) =>
    ask(assetAggregate, RegisterAsset, {
      book,
      name: '送货车',
      class: 'OPERATING',
      category: 'VEHICLE',
      source: 'PURCHASED',
      costFen: 120_000_00,
      acquisition: { settlement: { account }, summary: '购置送货车', ...SIGNED },
      effectiveOn: '2024-02-15',
    });
  const draw = () =>
    ask(ledgerAggregate, PostVoucher, {
      book,
      effectiveOn: '2024-02-01',
      summary: '投入资本',
      lines: [
        { account: '101', side: 'debit', amountFen: 120_000_00 },
        { account: '301', side: 'credit', amountFen: 120_000_00 },
      ],
      ...SIGNED,
    });
  const retry = () => ask(assetAggregate, RetryAssetPosting, { asset: `${book}-1` });
  const run = () => goThrough(log, handling);
  const told = async () => {
    const facts = (await log.readAfter(0, 1000)).map(({ fact }) => readFact(fact));
    return facts.map(({ type }) => type).filter((type) => /^(Asset|VoucherPosted)/.test(type));
  };
  return { buy, draw, retry, run, told };
}

describe('what an asset asks its book to post', () => {
  it('is posted once, however often the log is gone through', async () => {
    const { buy, run, told } = await village();
    await buy('211');
    await run();
    await run();
    expect(await told()).toEqual(['AssetRegistered', 'VoucherPosted', 'AssetPosted']);
  });

  it('stays refused until somebody asks again, also when the log is read again and the book would take it now', async () => {
    const { buy, draw, retry, run, told } = await village();
    await buy('101');
    await run();
    const refused = ['AssetRegistered', 'AssetPostingRefused'];
    expect(await told()).toEqual(refused);
    await draw();
    await run();
    expect(await told()).toEqual([...refused, 'VoucherPosted']);
    await retry();
    await run();
    await run();
    expect(await told()).toEqual([...refused, 'VoucherPosted', 'AssetPostingRetried', 'VoucherPosted', 'AssetPosted']);
  });
});
