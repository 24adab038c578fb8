import type { Handled } from '@ledger/commands';
import type { Command } from '@ledger/domain';
import type { ReceiptFact } from '@ledger/eventlog';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RUNTIME, type Runtime } from '../boot/runtime.js';

export interface ReceiptBody {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly facts: readonly ReceiptFact[];
}

/** Sends commands to the bus; what comes back is in the ledger. */
@Injectable()
export class Recording {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async of(command: Command): Promise<{ receipt: ReceiptBody; replayed: boolean }> {
    const { receipt, replayed } = await this.bus.execute<Command, Handled>(command);
    this.runtime.projector.wake();
    return { receipt: await this.body(receipt), replayed };
  }

  async body(receipt: Handled['receipt']): Promise<ReceiptBody> {
    const { stream, revision, facts } = receipt;
    return { position: receipt.position ?? (await this.runtime.log.positionOf(receipt)), stream, revision, facts };
  }
}
