import { resolve } from 'node:path';
import { shanghaiTime } from '@ledger/domain';
import { IDENTITY_FILE } from '@ledger/identity';
import { destroyedKeysOf, listWasLost, VAULT_FILE } from '@ledger/vault';
import type { Command } from 'commander';
import {
  destroyAgain,
  placeDestroyedKeys,
  refuseForgottenErasures,
  refuseMissing,
  type SetBack,
} from '../backup/destroyed-keys.js';
import { endCredentials } from '../backup/end-credentials.js';
import { readManifest } from '../backup/manifest.js';
import { type Restored, restoreLedger } from '../backup/restore-ledger.js';
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
      const lasting = destroyedKeysOf(target, process.env['LEDGER_DESTROYED_KEYS']);
      const list = destroyedKeys === undefined ? lasting : resolve(destroyedKeys);
      refuseMissing(destroyedKeys === undefined ? undefined : list);
      const { manifest } = readManifest(source);
      refuseForgottenErasures(manifest, { list, nothingDestroyed });
      const has = (store: string): boolean => manifest.files.some(({ name }) => name === store);
      let credentials = 0;
      let setBack: SetBack = { unlisted: 0, ahead: 0 };
      const done = await restored(source, target, async (part, verified) => {
        placeDestroyedKeys(list, lasting);
        if (has(VAULT_FILE)) setBack = await destroyAgain(part, lasting, verified);
        if (has(IDENTITY_FILE)) credentials = endCredentials(part);
      });
      for (const warning of warnings(setBack, lasting)) console.error(warning);
      console.log(sentences(target, done, credentials));
    });
}

function restored(from: string, target: string, finish: Parameters<typeof restoreLedger>[2]): Promise<Restored> {
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
    ...(manifest.files.some(({ name }) => name === IDENTITY_FILE) ? accounts(credentials) : []),
    `下一步 · Next: npm run ledger -- rebuild --data ${target}`,
  ].join('\n');
}

function warnings({ unlisted, ahead }: SetBack, list: string): string[] {
  const later =
    `个人信息库的副本比账本晚一步:其中${ahead}个密钥账上没有,已在恢复的目录中销毁。备份期间登记的个人信息请对照原件重新登记。` +
    ` The copy of the vault is a moment later than the log: ${ahead} keys in it that the log does not name are destroyed in the restored directory. Enter again from the papers what was entered of people during the backup.`;
  return [...(unlisted > 0 ? [listWasLost(list, unlisted)] : []), ...(ahead > 0 ? [later] : [])];
}

function accounts(ended: number): string[] {
  return [
    `已结束全部会话和API令牌(${ended}个)。账号和密码是备份时的:此后停用的账号请再停用,改过的密码请再改。`,
    `All sessions and API tokens are ended (${ended}). Accounts and passwords are those of the backup: disable again what was disabled since, and change what was changed.`,
  ];
}
