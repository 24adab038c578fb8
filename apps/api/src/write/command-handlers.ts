import { type Aggregate, aggregates, type Handled, CommandHandling } from '@ledger/commands';
import type { Command } from '@ledger/domain';
import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** The bus routes by class; one small class for each command hands it to the aggregate that decides it. */
export const commandHandlers: Type[] = aggregates.flatMap((aggregate) => handlersOf(aggregate as unknown as Aggregate));

function handlersOf(aggregate: Aggregate): Type[] {
  return aggregate.commands.map((command) => {
    @CommandHandler(command)
    class Handler implements ICommandHandler<Command, Handled> {
      constructor(@Inject(CommandHandling) private readonly handling: CommandHandling) {}

      execute(asked: Command): Promise<Handled> {
        return this.handling.handle(aggregate, asked);
      }
    }
    return Handler;
  });
}
