import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadConfiguration, type Profile, secretIn, secretSetting } from '@ledger/settings';

export interface TokenSetting {
  /** Empty where there are accounts. */
  readonly token: string;
  /** A token that was made just now must be shown, once. */
  readonly tokenFrom: 'environment' | 'file' | 'new' | 'accounts';
}

const TOKEN = /^[\x21-\x7e]{16,200}$/;

/** From the environment, else from a file that only its owner can read, made on the first start. */
export function tokenSetting(env: NodeJS.ProcessEnv, profile: Profile, directory: string): TokenSetting {
  const given = secretSetting(env, 'LEDGER_TOKEN');
  if (given !== undefined) {
    if (TOKEN.test(given)) return { token: given, tokenFrom: 'environment' };
    throw new BadConfiguration(
      'LEDGER_TOKEN 须为16至200个可见字符。LEDGER_TOKEN must have 16 to 200 visible characters; leave it out to have one made.',
    );
  }
  if (profile === 'cluster') {
    throw new BadConfiguration(
      '集群中LEDGER_ACCESS=token时须设置LEDGER_TOKEN,各进程相同。In a cluster LEDGER_ACCESS=token needs LEDGER_TOKEN, the same for every process.',
    );
  }
  const file = join(directory, 'token');
  if (existsSync(file)) {
    const token = secretIn(file, 'token');
    if (TOKEN.test(token)) return { token, tokenFrom: 'file' };
    throw new BadConfiguration(
      `${file} 中没有有效令牌,请删除后重启。${file} holds no token of 16 to 200 visible characters; remove it to have one made.`,
    );
  }
  const token = randomBytes(24).toString('base64url');
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return { token, tokenFrom: 'new' };
}
