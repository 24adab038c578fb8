import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type LedgerOrigin, ledgerOrigin } from '@ledger/commands';
import { CorruptLog } from '@ledger/domain';
import {
  DirectoryInUse,
  type EventLog,
  importLog,
  ImportRefused,
  openSqliteLog,
  Unanswered,
  UnfinishedRestore,
  UnusableEventStore,
} from '@ledger/eventlog';
import { BadConfiguration, eventStoreSetting } from '@ledger/settings';
import type { Command } from 'commander';
import { cannotWrite } from '../cannot-write.js';
import { CommandFailed } from '../command-failed.js';
import { existingLedger, withDataDirectory } from '../data-directory.js';
import { attachmentsOf, shareAttachments } from '../migrate/share-attachments.js';
import { progressBar } from '../progress.js';

interface Options {
  readonly data: string;
  readonly attachments?: string;
}

const PRIVATE = ['identity.db', 'drafts.db', 'vault.db'];

export function migrateLogCommand(program: Command): void {
  withDataDirectory(program.command('migrate-log'))
    .description('把账本逐字节迁入集群,可中断后重来 · moves a ledger into a cluster byte for byte; may be begun again')
    .option('--attachments <dir>', '集群各进程共用的数据目录(附件)· the data directory that the cluster shares')
    .action(async ({ data, attachments }: Options) => {
      const directory = existingLedger(data);
      try {
        const url = eventStoreSetting(process.env);
        const { origin, head } = await moved(directory, url);
        const shared = attachments === undefined ? undefined : resolve(attachments);
        const files = shared === undefined ? undefined : withBar(directory, shared);
        console.log([...sentences(origin, head), ...beside(directory, shared, files)].join('\n'));
      } catch (error) {
        throw inSentences(error);
      }
    });
}

/** The lock of the embedded ledger is held meanwhile, so that nothing is recorded behind what was moved. */
async function moved(directory: string, url: string): Promise<{ origin: LedgerOrigin; head: number }> {
  const log = openSqliteLog(directory);
  try {
    const origin = await originOf(log, directory);
    const bars = { moved: progressBar('迁入 moving'), verified: progressBar('逐条核对 checking every leaf') };
    let current: keyof typeof bars = 'moved';
    try {
      const onProgress = (what: keyof typeof bars, position: number, of: number): void => {
        if (what !== current) bars[current].end();
        current = what;
        bars[what].at(position, of);
      };
      return { origin, head: await importLog(log, { url, namespace: origin.name, onProgress }) };
    } finally {
      bars[current].end();
    }
  } finally {
    await log.close();
  }
}

/** In a cluster a ledger is found by its name, so the processes must be started with the one that it has. */
async function originOf(log: EventLog, directory: string): Promise<LedgerOrigin> {
  if ((await log.head()) === 0) {
    throw new CommandFailed(
      `${directory} 中的账本是空的,无需迁入。The ledger in ${directory} is empty; start the cluster.`,
    );
  }
  const origin = await ledgerOrigin(log, { name: '', demo: false });
  const named = process.env['LEDGER_NAME'];
  if (named === undefined || named === origin.name) return origin;
  throw new CommandFailed(
    `该账本名为${origin.name},而LEDGER_NAME=${named}。请改为LEDGER_NAME=${origin.name},集群各进程也一样。` +
      ` This ledger is called ${origin.name}, but LEDGER_NAME=${named}. Set LEDGER_NAME=${origin.name}, for every process of the cluster too.`,
  );
}

function withBar(directory: string, shared: string): number {
  const bar = progressBar('附件 attachments');
  try {
    return shareAttachments(directory, shared, (done, of) => bar.at(done, of));
  } finally {
    bar.end();
  }
}

function sentences({ name }: LedgerOrigin, head: number): string[] {
  return [
    `${name}的${head}条事实已在集群中,两边逐条核对一致。All ${head} facts of ${name} are in the cluster; every leaf is the same on both sides.`,
    `下一步:用LEDGER_NAME=${name}启动集群,不要再启动原来的账本(两边会各记各的)。` +
      ` Next: start the cluster with LEDGER_NAME=${name}, and do not start this ledger again: the two would record apart.`,
  ];
}

function beside(directory: string, shared: string | undefined, files: number | undefined): string[] {
  const left = PRIVATE.filter((name) => existsSync(join(directory, name)));
  const attachments =
    files === undefined && attachmentsOf(directory).length > 0
      ? [
          '附件还没有迁:请加 --attachments 集群的LEDGER_DATA 再执行一次。' +
            ' Attachments are not moved yet: run this again with --attachments and the LEDGER_DATA of the cluster.',
        ]
      : [];
  return [
    ...(files === undefined ? [] : [`附件${files}个在${shared}。Attachments in ${shared}: ${files}.`]),
    ...attachments,
    ...(left.length === 0
      ? []
      : [
          `账号、草稿、个人信息还没有迁(${left.join('、')}):请再执行migrate-stores,并保管好原数据目录和vault.key。` +
            ` Accounts, drafts and personal data are not moved yet (${left.join(', ')}): run migrate-stores, and keep this data directory and its vault.key.`,
        ]),
  ];
}

function inSentences(error: unknown): unknown {
  const foreseen = [BadConfiguration, DirectoryInUse, UnfinishedRestore, ImportRefused, UnusableEventStore];
  if (foreseen.some((kind) => error instanceof kind)) return new CommandFailed((error as Error).message);
  if (error instanceof CorruptLog) {
    return new CommandFailed(
      `两边不一致或数据有误,未完成:${error.message}。请勿启动集群。` +
        ` The two sides differ or the data contradict themselves, so it was not finished: ${error.message}. Do not start the cluster.`,
    );
  }
  if (error instanceof Unanswered) {
    return new CommandFailed(
      `EventStoreDB没有回答,未完成:${error.message}。恢复后重新执行即可继续。` +
        ` EventStoreDB does not answer, so it was not finished: ${error.message}. Run it again later; it goes on from there.`,
    );
  }
  if (cannotWrite(error)) {
    return new CommandFailed(
      `无法读写,未完成:${String(error)}。请检查磁盘空间和权限后重新执行。` +
        ` Could not read or write, so it was not finished: ${String(error)}. Check the room on the disk and permissions, and run it again.`,
    );
  }
  return error;
}
