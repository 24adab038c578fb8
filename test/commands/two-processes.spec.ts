import { expect, it } from '@jest/globals';
import { CommandHandling, divisionAggregate } from '@ledger/commands';
import { commandIdOf, fingerprintOf, RegisterDivision } from '@ledger/domain';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';

/** A district, as it is asked for with one key. */
function asked(name: string): RegisterDivision {
  const fields = { code: '330603', name, effectiveOn: '2020-01-01' };
  const context = {
    actor: 'operator',
    idempotencyKey: 'one-key',
    commandId: commandIdOf('operator', 'one-key'),
    fingerprint: fingerprintOf('POST /divisions', fields),
  };
  return Object.assign(new RegisterDivision(), fields, { context });
}

/** The log as it is to a process that looks for the key just before another one records it. */
function lookedAtTooEarly(log: EventLog): EventLog {
  let looks = 0;
  return { ...log, receiptOf: async (commandId) => (looks++ === 0 ? undefined : log.receiptOf(commandId)) };
}

it('gives the first receipt to a request that is refused only because another process has just recorded it', async () => {
  const log = openMemoryLog();
  const first = await new CommandHandling(log, { demo: false }).handle(divisionAggregate, asked('柯桥区'));
  const second = await new CommandHandling(lookedAtTooEarly(log), { demo: false }).handle(
    divisionAggregate,
    asked('柯桥区'),
  );
  expect(second).toStrictEqual({ receipt: first.receipt, replayed: true, recorded: [] });
  expect(await log.head()).toBe(1);
});

it('refuses another request with that key as one that reuses it', async () => {
  const log = openMemoryLog();
  await new CommandHandling(log, { demo: false }).handle(divisionAggregate, asked('柯桥区'));
  const other = new CommandHandling(lookedAtTooEarly(log), { demo: false }).handle(divisionAggregate, asked('柯城区'));
  await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});
