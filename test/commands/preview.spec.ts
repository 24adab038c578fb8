import { beforeEach, describe, expect, it } from '@jest/globals';
import { CommandHandling, ledgerAggregate, ledgerOrigin, type Handled } from '@ledger/commands';
import { commandIdOf, fingerprintOf, PostVoucher, readFact } from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { asking, openVillageBook, SIGNED } from '../support/asking.js';

const BOOK = { name: '谢家坞账套', standard: 'rural-collective-2024', startPeriod: '2024-01' } as const;

let log: EventLog;
let handling: CommandHandling;
let book: string;

beforeEach(async () => {
  log = openMemoryLog();
  handling = new CommandHandling(log, await ledgerOrigin(log, { name: 'test', demo: false }));
  book = await openVillageBook(asking(handling), BOOK);
});

function voucher(amountFen: number, parts = 1): PostVoucher {
  const lines = Array.from({ length: parts }, () => [
    { account: '102', side: 'debit' as const, amountFen },
    { account: '301', side: 'credit' as const, amountFen },
  ]).flat();
  const fields = { book, effectiveOn: '2024-01-20', summary: '股金', lines, ...SIGNED };
  const context = {
    actor: 'clerk',
    idempotencyKey: 'key',
    commandId: commandIdOf('clerk', 'key'),
    fingerprint: fingerprintOf('PostVoucher', fields),
  };
  return Object.assign(new PostVoucher(), fields, { context });
}

describe('a look ahead', () => {
  it('tells what would be recorded, and it is just that which is recorded then', async () => {
    const seen = await handling.preview(ledgerAggregate, voucher(100));
    const { receipt }: Handled = await handling.handle(ledgerAggregate, voucher(100));
    const [recorded] = await log.readStream(receipt.stream, receipt.revision, 1);
    const { type, data } = readFact(recorded?.fact ?? '');
    expect(seen).toEqual([expect.objectContaining({ type, data })]);
  });

  it('records nothing, and uses no key up', async () => {
    const before = await log.head();
    await handling.preview(ledgerAggregate, voucher(100));
    await handling.preview(ledgerAggregate, voucher(200));
    expect([await log.head(), await log.receiptOf(commandIdOf('clerk', 'key'))]).toEqual([before, undefined]);
    const { replayed } = await handling.handle(ledgerAggregate, voucher(200));
    expect(replayed).toBe(false);
  });

  it('refuses what would be refused, also for its size', async () => {
    await expect(handling.preview(ledgerAggregate, voucher(0))).rejects.toMatchObject({ code: 'AMOUNT_NOT_POSITIVE' });
    const large = handling.preview(ledgerAggregate, voucher(100, 500));
    await expect(large).rejects.toMatchObject({ code: 'FACT_TOO_LARGE' });
  });

  it('does not answer with a receipt: what was recorded is decided anew', async () => {
    await handling.handle(ledgerAggregate, voucher(100));
    const [fact] = await handling.preview(ledgerAggregate, voucher(100));
    expect(fact?.data).toMatchObject({ voucherNo: 2 });
  });
});
