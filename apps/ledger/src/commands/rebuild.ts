import { DirectoryInUse, openSqliteLog } from '@ledger/eventlog';
import { rebuild, viewsFile } from '@ledger/readmodel';
import type { Command } from 'commander';
import { CommandFailed } from '../command-failed.js';
import { existingLedger, withDataDirectory } from '../data-directory.js';
import { progressBar } from '../progress.js';

export function rebuildCommand(program: Command): void {
  withDataDirectory(program.command('rebuild'))
    .description('从账本重建全部视图 · builds all views anew from the log')
    .action(async ({ data }: { data: string }) => rebuildViews(existingLedger(data)));
}

async function rebuildViews(directory: string): Promise<void> {
  const log = openLog(directory);
  const bar = progressBar('重建视图 rebuilding');
  try {
    const position = await rebuild(log, viewsFile(directory), (progress) => bar.at(progress.position, progress.head));
    bar.end();
    console.log(`视图已重建至第${position}条事实。The views are rebuilt up to position ${position}.`);
  } finally {
    bar.end();
    await log.close();
  }
}

function openLog(directory: string): ReturnType<typeof openSqliteLog> {
  try {
    return openSqliteLog(directory);
  } catch (error) {
    if (error instanceof DirectoryInUse) throw new CommandFailed('未重建。', error.message);
    throw error;
  }
}
