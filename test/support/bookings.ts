import { aggregateOf, bookingSources, type CommandHandling, runBookings } from '@ledger/commands';
import type { Command } from '@ledger/domain';
import type { EventLog } from '@ledger/eventlog';

/**
 * Books what is asked for in a log up to its head, from its beginning, as after a crash that left no checkpoint. `dies` is
 * told before each command, and may end it all by never answering.
 */
export async function goThrough(
  log: EventLog,
  handling: CommandHandling,
  dies: (command: Command) => boolean = () => false,
): Promise<void> {
  const head = await log.head();
  const life = { over: false };
  const errors: unknown[] = [];
  const run = await runBookings({
    log,
    sources: bookingSources,
    handle: async (command) => {
      if (dies(command)) {
        life.over = true;
        return new Promise<never>(() => undefined);
      }
      return handling.handle(aggregateOf(command), command);
    },
    saved: undefined,
    save: () => undefined,
    onError: (error) => errors.push(error),
  });
  while (run.position < head && !life.over && errors.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  if (!life.over) await run.stop();
  if (errors.length > 0) throw errors[0];
}
