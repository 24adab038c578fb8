import { resolve } from 'node:path';
import { shanghaiTime } from '@ledger/domain';
import type { Command } from 'commander';
import {
  destroyAgain,
  destroyedKeysOf,
  placeDestroyedKeys,
  refuseForgottenErasures,
  refuseMissing,
} from '../backup/destroyed-keys.js';
import { endCredentials } from '../backup/end-credentials.js';
import { readManifest } from '../backup/manifest.js';
import { type Restored, restoreLedger } from '../backup/restore-ledger.js';
import { IDENTITY, VAULT } from '../backup/stores.js';
import { watched } from '../backup/watched.js';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly destroyedKeys?: string;
  readonly nothingDestroyed?: boolean;
}

export function restoreCommand(program: Command): void {
  program
    .command('restore')
    .description('从备份恢复到新目录,并逐条核对 · makes a data directory of a backup, and verifies it fact by fact')
    .requiredOption('--from <dir>', '备份目录 · the backup')
    .requiredOption('--to <dir>', '新的数据目录 · the new data directory')
    .option('--destroyed-keys <file>', '已销毁密钥清单 · the list of destroyed keys')
    .option('--nothing-destroyed', '从未删除过个人信息 · nobody was ever erased')
    .action(async ({ from, to, destroyedKeys, nothingDestroyed = false }: Options) => {
      const [source, target] = [resolve(from), resolve(to)];
      const lasting = destroyedKeysOf(target, process.env);
      const list = destroyedKeys === undefined ? lasting : resolve(destroyedKeys);
      refuseMissing(destroyedKeys === undefined ? undefined : list);
      const { manifest } = readManifest(source);
      refuseForgottenErasures(manifest, { list, nothingDestroyed });
      const has = (store: string): boolean => manifest.files.some(({ name }) => name === store);
      let credentials = 0;
      const done = await restored(source, target, (part) => {
        placeDestroyedKeys(list, lasting);
        if (has(VAULT)) destroyAgain(part, lasting);
        if (has(IDENTITY)) credentials = endCredentials(part);
      });
      console.log(sentences(target, done, credentials));
    });
}

function restored(from: string, target: string, finish: (part: string) => void): Promise<Restored> {
  const failed = { zh: '未恢复', en: 'nothing was restored' };
  return watched({ label: '核对并复制 checking and copying', failed }, (watching) =>
    restoreLedger({ from, target }, watching, finish),
  );
}

function sentences(target: string, { manifest, facts, evidence }: Restored, credentials: number): string {
  const { origin, log } = manifest;
  return [
    `已恢复到${target}:账本${origin}至第${log.position}条事实(${shanghaiTime(log.recordedAt)}),逐条核对无误:${facts}条事实,${evidence}处附件引用。`,
    `Restored to ${target}: ${origin} up to position ${log.position} (${shanghaiTime(log.recordedAt)} Beijing time), verified one by one: ${facts} facts, ${evidence} mentions of attachments.`,
    `备份之后记的账不在其中;原账本若还在运行,请先停止,不要让两个账本各自记账。`,
    `What was recorded after the backup is not in it. If the ledger that it comes from still runs, stop it first: two that go on would contradict each other.`,
    ...(manifest.files.some(({ name }) => name === IDENTITY) ? accounts(credentials) : []),
    `下一步 · Next: npm run ledger -- rebuild --data ${target}`,
  ].join('\n');
}

function accounts(ended: number): string[] {
  return [
    `已结束全部会话和API令牌(${ended}个)。账号和密码是备份时的:此后停用的账号请再停用,改过的密码请再改。`,
    `All sessions and API tokens are ended (${ended}). Accounts and passwords are those of the backup: disable again what was disabled since, and change what was changed.`,
  ];
}
