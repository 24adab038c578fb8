import type { Handled } from '@ledger/commands';
import type { Command } from '@ledger/domain';
import type { ReceiptFact } from '@ledger/eventlog';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { note } from '../boot/logging.js';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import type { Asking } from './asked.js';

export interface ReceiptBody {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly facts: readonly ReceiptFact[];
}

/** Sends commands to the bus and answers with receipts. */
@Injectable()
export class Receipts {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** `path` are the fields that the route says; a body cannot carry them. */
  async of<C extends Command>(command: C, path: Partial<C>, { context, reply }: Asking): Promise<ReceiptBody> {
    Object.assign(command, path, { context });
    note(reply.request, { commandId: context.commandId });
    const { receipt, replayed } = await this.bus.execute<Command, Handled>(command);
    this.runtime.projector.wake();
    const { stream, revision, facts } = receipt;
    const position = receipt.position ?? (await this.runtime.log.positionOf(receipt));
    void reply.header('etag', `"${revision}"`).header('ledger-position', String(position));
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return { position, stream, revision, facts };
  }
}
