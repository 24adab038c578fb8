import { describe, expect, it } from '@jest/globals';
import { type Alone, CommandHandling, ledgerAggregate, ledgerOrigin, Turns } from '@ledger/commands';
import { openMemoryLog } from '@ledger/eventlog';
import { commandIdOf, fingerprintOf, PostVoucher } from '@ledger/domain';
import { asking, openVillageBook, SIGNED } from '../support/asking.js';

const BOOK = { name: '谢家坞账套', standard: 'rural-collective-2024', startPeriod: '2024-01' } as const;
const CASH = '101';
const EQUITY = '301';

/** Of two processes that take turns with each other. */
function sharedTurns(): Alone {
  const turns = new Turns();
  return async (key, work) => turns.take(key, work);
}

async function twoProcesses(alone?: Alone) {
  const log = openMemoryLog();
  const origin = await ledgerOrigin(log, { name: 'test', demo: false });
  // Each has folded streams of its own, and in-process turns that the other knows nothing of.
  const [one, other] = [0, 1].map(() => new CommandHandling(log, origin, undefined, alone)) as [
    CommandHandling,
    CommandHandling,
  ];
  const book = await openVillageBook(asking(one), BOOK);
  const voucher = (key: string, effectiveOn: string, [debit, credit]: readonly [string, string]) => {
    const lines = [
      { account: debit, side: 'debit' as const, amountFen: 100_00 },
      { account: credit, side: 'credit' as const, amountFen: 100_00 },
    ];
    const fields = { book, effectiveOn, summary: '股金', lines, ...SIGNED };
    const [commandId, fingerprint] = [commandIdOf('clerk', key), fingerprintOf('PostVoucher', fields)];
    return Object.assign(new PostVoucher(), fields, {
      context: { actor: 'clerk', idempotencyKey: key, commandId, fingerprint },
    });
  };
  return { log, one, other, voucher };
}

describe('commands of two processes', () => {
  it('decide what rests on several streams one after the other: cash is not spent once in each of two years', async () => {
    const { one, other, voucher } = await twoProcesses(sharedTurns());
    await one.handle(ledgerAggregate, voucher('in', '2024-03-01', [CASH, EQUITY]));
    const outcomes = await Promise.allSettled([
      one.handle(ledgerAggregate, voucher('out-1', '2024-04-01', [EQUITY, CASH])),
      other.handle(ledgerAggregate, voucher('out-2', '2025-04-01', [EQUITY, CASH])),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CASH_NEGATIVE' } });
  });

  it('record nothing where the turn has ended before the append', async () => {
    const lost = new Error('the turn is over');
    const { log, one, voucher } = await twoProcesses();
    const head = await log.head();
    const origin = await ledgerOrigin(log, { name: 'test', demo: false });
    const late = new CommandHandling(log, origin, undefined, async (_, work) =>
      work(() => {
        throw lost;
      }),
    );
    const command = voucher('in', '2024-03-01', [CASH, EQUITY]);
    await expect(late.handle(ledgerAggregate, command)).rejects.toThrow(lost);
    expect([await log.head(), await log.receiptOf(command.context.commandId)]).toEqual([head, undefined]);
    await expect(one.handle(ledgerAggregate, command)).resolves.toMatchObject({ replayed: false });
  });
});
