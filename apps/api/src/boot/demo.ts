import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.js';

/** The operator's command line; a program beside this one, not a part of it. */
const LEDGER = fileURLToPath(new URL('../../../ledger/src/main.js', import.meta.url));

/**
 * Fills an empty data directory with the demo before the ledger is opened. The operator's command does it, in a process
 * of its own: its memory is given back when it ends, and it ends with this one. False when it could not; it has said why.
 */
export async function recordDemo({ directory, name }: Pick<Config, 'directory' | 'name'>): Promise<boolean> {
  const child = fork(LEDGER, ['demo', '--data', directory, '--name', name], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // Ctrl-C reaches both; what is sent to this process alone is handed on, and a demo begun is finished another time.
  const stop = (signal: NodeJS.Signals): void => {
    child.kill(signal);
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGTERM', stop).off('SIGINT', stop);
  return code === 0;
}
