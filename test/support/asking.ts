import { type Aggregate, type CommandHandling, type Handled } from '@ledger/commands';
import { bookAggregate, divisionAggregate, organizationAggregate } from '@ledger/commands';
import {
  type Command,
  type CommandContext,
  commandIdOf,
  fingerprintOf,
  OpenBook,
  RegisterDivision,
  RegisterOrganization,
} from '@ledger/domain';

export const SIGNED = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };
export const VILLAGE = '330603008201';
export const ORGANIZATION = 'N2330603MF0000013M';

export type Ask = <A extends Command, C extends A>(
  aggregate: Aggregate<A>,
  type: new () => C,
  fields: Partial<C>,
) => Promise<Handled>;

let asked = 0;

/** Asks as the clerk does, every time under a new key. */
export function asking(handling: CommandHandling, more: Partial<CommandContext> = {}): Ask {
  return async (aggregate, type, fields) => {
    const idempotencyKey = `command-${++asked}`;
    const commandId = commandIdOf('clerk', idempotencyKey);
    const fingerprint = fingerprintOf(type.name, fields);
    const context = { actor: 'clerk', idempotencyKey, commandId, fingerprint, ...more };
    return handling.handle(aggregate, Object.assign(new type(), fields, { context }));
  };
}

/** Registers a village with its collective and opens the collective's book; gives the book's id. */
export async function openVillageBook(
  ask: Ask,
  opening: Pick<OpenBook, 'name' | 'standard' | 'startPeriod'>,
): Promise<string> {
  const effectiveOn = '2021-01-01';
  for (const code of ['330603', '330603008', VILLAGE]) {
    await ask(divisionAggregate, RegisterDivision, { code, name: '谢家坞', effectiveOn });
  }
  const collective = { creditCode: ORGANIZATION, name: '合作社', kind: 'COLLECTIVE', village: VILLAGE } as const;
  await ask(organizationAggregate, RegisterOrganization, { ...collective, effectiveOn });
  const { receipt } = await ask(bookAggregate, OpenBook, { organization: ORGANIZATION, ...opening });
  return receipt.stream.slice('book-'.length);
}
