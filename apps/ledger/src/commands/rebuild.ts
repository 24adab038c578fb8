import { setTimeout as pause } from 'node:timers/promises';
import { CorruptLog } from '@ledger/domain';
import { type EventLog, openSqliteLogForReading } from '@ledger/eventlog';
import { buildGeneration, generationsIn, RebuildUnderWay } from '@ledger/readmodel';
import type { Command } from 'commander';
import { cannotWrite } from '../cannot-write.js';
import { CommandFailed } from '../command-failed.js';
import { existingLedger, withDataDirectory } from '../data-directory.js';
import { progressBar } from '../progress.js';

/** A running ledger looks for newer generations every second; after these it has gone over, or will when it has time. */
const TAKEN_OVER_WITHIN_MS = 4_000;
const LOOK_EVERY_MS = 200;

export function rebuildCommand(program: Command): void {
  withDataDirectory(program.command('rebuild'))
    .description('从账本重建全部视图,不停机 · builds all views anew from the log, also while the ledger runs')
    .action(async ({ data }: { data: string }) => {
      const directory = existingLedger(data);
      try {
        await rebuildViews(directory);
      } catch (error) {
        throw inSentences(error);
      }
    });
}

async function rebuildViews(directory: string): Promise<void> {
  const log = openSqliteLogForReading(directory);
  try {
    const { generation, position } = await withProgress(log, directory);
    console.log(
      `第${generation}代视图已建成,到第${position}条事实。` +
        `Generation ${generation} of the views is complete, up to position ${position}.`,
    );
    console.log(
      (await takenOver(directory, generation))
        ? '正在运行的账本已切换到它,旧视图已删除。The running ledger has gone over to it; the views before it are removed.'
        : '下次启动即使用它;若账本正在运行,赶上后自动切换,旧视图随后删除。' +
            'The next start uses it; a ledger that is running goes over to it when it has caught up. The views before it are removed then.',
    );
  } finally {
    await log.close();
  }
}

async function withProgress(
  log: Pick<EventLog, 'readAfter' | 'head'>,
  directory: string,
): ReturnType<typeof buildGeneration> {
  const bar = progressBar('重建视图 rebuild');
  try {
    return await buildGeneration(log, directory, ({ position, head }) => bar.at(position, head));
  } finally {
    bar.end();
  }
}

/** Whether a running ledger has removed all earlier generations, as it does when its readers have left them. */
async function takenOver(directory: string, generation: number): Promise<boolean> {
  if (generation === 1) return false;
  for (let waitedMs = 0; waitedMs < TAKEN_OVER_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    if (generationsIn(directory).every((other) => other >= generation)) return true;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

function inSentences(error: unknown): unknown {
  if (error instanceof RebuildUnderWay) return new CommandFailed(error.message);
  if (error instanceof CorruptLog) {
    return new CommandFailed(
      `账本数据有误,未重建,原有视图未动:${error.message}。请勿改动数据目录,用完整的备份恢复。` +
        ` The ledger's data contradict themselves, so nothing was rebuilt and the views are as they were: ${error.message}. Leave the data directory as it is and restore a complete backup.`,
    );
  }
  if (cannotWrite(error)) {
    return new CommandFailed(
      `无法写入,未重建,原有视图未动:${String(error)}。请检查磁盘空间(需要容得下两份视图)和权限后重试。` +
        ` Could not write, so nothing was rebuilt and the views are as they were: ${String(error)}. Make room for the views a second time, check permissions, and try again.`,
    );
  }
  return error;
}
