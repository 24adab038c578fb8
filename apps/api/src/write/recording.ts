import type { Handled } from '@ledger/commands';
import { type Command, readFact, Refusal } from '@ledger/domain';
import { type EventLog, OutcomeUnknown, type ReceiptFact } from '@ledger/eventlog';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RUNTIME, type Runtime } from '../boot/runtime.js';

export interface ReceiptBody {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly facts: readonly ReceiptFact[];
  /** Of what was made, where its requests name it by an id. */
  readonly id?: string;
}

/** Sends commands to the bus; what comes back is in the ledger. */
@Injectable()
export class Recording {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async of(command: Command): Promise<{ receipt: ReceiptBody; replayed: boolean }> {
    const { receipt, replayed, recorded } = await this.bus.execute<Command, Handled>(command);
    this.runtime.projector.wake();
    try {
      return { receipt: await receiptBody(receipt, this.runtime.log, recorded[0]), replayed };
    } catch (error) {
      // It is recorded, and whoever decides the order has not come to it: the same key asks for the receipt again.
      if (!(error instanceof OutcomeUnknown)) throw error;
      throw new Refusal('OUTCOME_UNKNOWN', { commandId: command.context.commandId });
    }
  }
}

/** A receipt as it is answered, once its order is decided. Its first fact is read from the log where it is not at hand. */
export async function receiptBody(receipt: Handled['receipt'], log: EventLog, first?: string): Promise<ReceiptBody> {
  const { stream, revision, facts } = receipt;
  const id = await madeBy(stream, facts[0], first, log);
  const position = receipt.position ?? (await log.positionOf(receipt));
  return { position, stream, revision, facts, ...(id === undefined ? {} : { id }) };
}

async function madeBy(
  stream: string,
  first: ReceiptFact | undefined,
  atHand: string | undefined,
  log: EventLog,
): Promise<string | undefined> {
  const named = BEGINS[first?.type ?? ''];
  if (first === undefined || named === undefined) return undefined;
  const text = atHand ?? (await log.readStream(stream, first.revision, 1))[0]?.fact;
  if (text === undefined) throw new Error(`${stream} lacks the facts of a receipt`);
  return (readFact(text).data as Record<string, string>)[named];
}

/** Facts by which something begins that requests name by an id, and the field that has it. Not every stream is named by it. */
const BEGINS: Readonly<Record<string, string>> = {
  BookOpened: 'book',
  ProjectProposed: 'project',
  HouseholdRegistered: 'household',
  AssetRegistered: 'asset',
  RoleGranted: 'grant',
};
