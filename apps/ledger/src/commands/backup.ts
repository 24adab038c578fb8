import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { destroyedKeysOf } from '@ledger/vault';
import type { Command } from 'commander';
import { inSentences } from '../backup/in-sentences.js';
import { keptApart } from '../backup/stores.js';
import { type Backup, writeBackup } from '../backup/write-backup.js';
import { existingLedger, withDataDirectory } from '../data-directory.js';
import { bytesBar } from '../progress.js';

interface Options {
  readonly data: string;
  readonly to: string;
  readonly previous?: string;
}

export function backupCommand(program: Command): void {
  withDataDirectory(program.command('backup'))
    .description('在线备份:账本、附件等,不停机 · copies the ledger with its attachments, also while it runs')
    .requiredOption('--to <dir>', '新目录,最好在另一块磁盘上 · a new directory, best on another disk')
    .option('--previous <dir>', '以前的备份,其中已有的附件用硬链接 · an earlier backup; attachments it has are linked')
    .action(async ({ data, to, previous }: Options) => {
      const directory = existingLedger(data);
      const target = resolve(to);
      const startedMs = Date.now();
      const backup = await copied({
        directory,
        target,
        ...(previous === undefined ? {} : { previous: resolve(previous) }),
      });
      console.log(sentences(directory, target, backup, Date.now() - startedMs));
    });
}

async function copied(question: Parameters<typeof writeBackup>[0]): Promise<Backup> {
  const bar = bytesBar('备份 backup');
  try {
    return await writeBackup(question, (done, total) => bar.at(done, total));
  } catch (error) {
    throw inSentences(error, { zh: '未备份', en: 'no backup was made' });
  } finally {
    bar.end();
  }
}

function sentences(directory: string, target: string, { manifest, sha256 }: Backup, tookMs: number): string {
  const { log, origin, files } = manifest;
  const megabytes = (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000).toFixed(1);
  const seconds = (tookMs / 1000).toFixed(1);
  const apart = [
    ...keptApart.map((name) => join(directory, name)),
    destroyedKeysOf(directory, process.env['LEDGER_DESTROYED_KEYS']),
  ];
  const there = apart.filter((path) => existsSync(path));
  return [
    `已备份到${target}:账本${origin}至第${log.position}条事实,${files.length}个文件,${megabytes}MB,用时${seconds}秒。`,
    `Backed up to ${target}: ${origin} up to position ${log.position}, ${files.length} files, ${megabytes} MB in ${seconds} s.`,
    `清单的SHA-256 · SHA-256 of the manifest: ${sha256}`,
    `不在备份中,须另行妥善保管 · Not in it, to be kept apart: ${there.length === 0 ? '—' : there.join(' ')}${keyInEnvironment()}`,
    `下一步 · Next: npm run ledger -- verify-backup --from ${target}`,
  ].join('\n');
}

function keyInEnvironment(): string {
  return process.env['LEDGER_VAULT_KEY'] === undefined ? '' : ' LEDGER_VAULT_KEY';
}
