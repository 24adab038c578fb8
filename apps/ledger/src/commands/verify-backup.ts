import { resolve } from 'node:path';
import { shanghaiTime } from '@ledger/domain';
import type { Command } from 'commander';
import { type Restored, verifyBackup } from '../backup/restore-ledger.js';
import { watched } from '../backup/watched.js';

export function verifyBackupCommand(program: Command): void {
  program
    .command('verify-backup')
    .description('核对备份能否恢复,不写任何内容 · proves that a backup could be restored; writes nothing')
    .requiredOption('--from <dir>', '备份目录 · the backup')
    .action(async ({ from }: { from: string }) => {
      const { manifest, sha256, facts, evidence } = await verified(resolve(from));
      console.log(
        [
          `备份完好:账本${manifest.origin}至第${manifest.log.position}条事实(${shanghaiTime(manifest.log.recordedAt)}),${manifest.files.length}个文件,${facts}条事实,${evidence}处附件引用。`,
          `The backup is good: ${manifest.origin} up to position ${manifest.log.position} (${shanghaiTime(manifest.log.recordedAt)} Beijing time), ${manifest.files.length} files, ${facts} facts, ${evidence} mentions of attachments.`,
          `清单的SHA-256 · SHA-256 of the manifest: ${sha256}`,
        ].join('\n'),
      );
    });
}

function verified(from: string): Promise<Restored> {
  const failed = { zh: '备份不可用', en: 'the backup cannot be used' };
  return watched({ label: '核对文件 checking files', failed }, (watching) => verifyBackup(from, watching));
}
