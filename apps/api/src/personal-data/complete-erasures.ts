import { aggregateOf, type CommandHandling, households } from '@ledger/commands';
import {
  type Command,
  type ErasureBasis,
  ErasePersonalData,
  fingerprintOf,
  householdStream,
  type PersonalDataPart,
  Refusal,
  uuidV8,
  WithdrawConsent,
} from '@ledger/domain';
import type { DestroyedKey, Vault } from '@ledger/vault';

export type ErasingCommand = WithdrawConsent | ErasePersonalData;

const KINDS: readonly (new () => ErasingCommand)[] = [WithdrawConsent, ErasePersonalData];

/** A request as the list of destroyed keys keeps it, so that it can be recorded by whoever starts the ledger next. */
export function destroyedBy(command: ErasingCommand, key: Omit<DestroyedKey, 'request'>): DestroyedKey {
  const { context, ...fields } = command;
  const { actor, commandId, fingerprint } = context;
  return { ...key, request: { command: command.constructor.name, fields, actor, commandId, fingerprint } };
}

/**
 * Records that keys were destroyed of which the log may not know: the process was killed in between, or the log is of an
 * older copy. Before anything is served.
 */
export async function completeErasures(vault: Vault, handling: CommandHandling): Promise<void> {
  for (const key of vault.unrecorded()) await completeErasure(key, vault, handling);
}

export async function completeErasure(key: DestroyedKey, vault: Vault, handling: CommandHandling): Promise<void> {
  const { held } = await handling.stateOf(households, householdStream(key.household));
  const known = held?.get(key.part as PersonalDataPart)?.keyId === key.keyId;
  vault.setRecorded(key, known ? await recorded(key, handling) : undefined);
}

/** The revision of the fact; as the request that it was, or, where an older log no longer takes that, by itself. */
async function recorded(key: DestroyedKey, handling: CommandHandling): Promise<number | undefined> {
  for (const command of [asAsked(key), byItself(key)]) {
    if (command === undefined) continue;
    try {
      return (await handling.handle(aggregateOf(command), command)).receipt.revision;
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 422) throw error;
    }
  }
  return undefined;
}

function asAsked({ request }: DestroyedKey): Command | undefined {
  const kind = KINDS.find(({ name }) => name === request['command']);
  if (kind === undefined) return undefined;
  const { actor, commandId, fingerprint } = request as Record<string, string>;
  const context = { actor, commandId, fingerprint, idempotencyKey: commandId };
  return Object.assign(new kind(), request['fields'], { context });
}

function byItself({ keyId, household, part, basis, request }: DestroyedKey): Command {
  const fields = { household, part: part as PersonalDataPart, basis: basis as ErasureBasis };
  const commandId = uuidV8(`destroyed\n${keyId}`);
  const actor = typeof request['actor'] === 'string' ? request['actor'] : 'ledger';
  const context = {
    actor,
    commandId,
    idempotencyKey: commandId,
    fingerprint: fingerprintOf('ErasePersonalData', fields),
  };
  return Object.assign(new ErasePersonalData(), fields, { context });
}
