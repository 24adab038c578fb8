import { CommandHandling, type LedgerOrigin, ledgerOrigin } from '@ledger/commands';
import { type EventLog, openSqliteLog, type Probe } from '@ledger/eventlog';
import type { Config } from './config.js';
import { ProjectorThread } from './projector-thread.js';

export const CONFIG = Symbol('CONFIG');
export const RUNTIME = Symbol('RUNTIME');
export const READ_MODEL = Symbol('READ_MODEL');

/** What one process of the embedded profile holds open: the log, the command handling, the projector's thread. */
export interface Runtime {
  readonly log: EventLog;
  readonly origin: LedgerOrigin;
  readonly handling: CommandHandling;
  readonly projector: ProjectorThread;
  close(): Promise<void>;
}

export async function openRuntime(
  config: Pick<Config, 'directory' | 'name' | 'demo'>,
  onFailure: (failure: string) => void,
  probe?: Probe,
): Promise<Runtime> {
  const log = openSqliteLog(config.directory, probe === undefined ? {} : { probe });
  const origin = await ledgerOrigin(log, { name: config.name, demo: config.demo });
  const projector = new ProjectorThread(new URL('../projector-worker.js', import.meta.url), config.directory, onFailure);
  const close = async (): Promise<void> => {
    await projector.stop();
    await log.close();
  };
  return { log, origin, handling: new CommandHandling(log, origin), projector, close };
}
