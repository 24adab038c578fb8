import { resolve } from 'node:path';
import { DirectoryInUse, openSqliteLogForReading, UnfinishedRestore } from '@ledger/eventlog';
import { buildGeneration } from '@ledger/readmodel';
import type { Command } from 'commander';
import { CommandFailed } from '../command-failed.js';
import { withDataDirectory } from '../data-directory.js';
import { recordDemo } from '../demo/record-demo.js';
import { progressBar } from '../progress.js';

interface Options {
  readonly data: string;
  readonly name: string;
}

export function demoCommand(program: Command): void {
  withDataDirectory(program.command('demo'))
    .description('在空目录写入柯桥区214个村的演示数据 · records the demo district in an empty directory')
    .option('--name <name>', '账本名称 · name of the ledger', 'keqiao.demo')
    .action(async ({ data, name }: Options) => {
      endWithParent();
      await demo(resolve(data), name);
    });
}

/** Records what is missing of the demo, and builds the views of a new one, so that the server is ready at once. */
async function demo(directory: string, name: string): Promise<void> {
  if (!(await recorded(directory, name))) return;
  const log = openSqliteLogForReading(directory);
  const bar = progressBar('建立视图 building the views');
  try {
    await buildGeneration(log, directory, ({ position, head }) => bar.at(position, head));
  } finally {
    bar.end();
    await log.close();
  }
}

async function recorded(directory: string, name: string): Promise<boolean> {
  const bar = progressBar('写入演示数据 recording the demo');
  try {
    return await recordDemo({ directory, name }, ({ done, of }) => bar.at(done, of));
  } catch (error) {
    if (error instanceof DirectoryInUse || error instanceof UnfinishedRestore) throw new CommandFailed(error.message);
    throw error;
  } finally {
    bar.end();
  }
}

/** The server that asked for the demo may die: nobody would know of a program that goes on writing to its directory. */
function endWithParent(): void {
  process.once('disconnect', () => process.exit(1));
  // Listening alone would keep this process alive when its work is done.
  process.channel?.unref();
}
