import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LOG_FILE } from '@ledger/eventlog';
import { type Command, Option } from 'commander';
import { CommandFailed } from './command-failed.js';

/** Adds the option that says where the ledger is, the same for every command. */
export function withDataDirectory(command: Command): Command {
  return command.addOption(
    new Option('--data <dir>', '数据目录 · data directory').env('LEDGER_DATA').default('./data'),
  );
}

/** The full path of a directory that holds a ledger; fails with a sentence when there is none. */
export function existingLedger(data: string): string {
  const directory = resolve(data);
  if (existsSync(join(directory, LOG_FILE))) return directory;
  throw new CommandFailed(
    `${directory} 中没有账本。请用--data或LEDGER_DATA指明数据目录,或先用npm start建账。` +
      ` There is no ledger in ${directory}; name its data directory by --data or LEDGER_DATA, or make one with npm start.`,
  );
}
