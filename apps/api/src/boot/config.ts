import { resolve } from 'node:path';
import { DEFAULT_LIMIT_BYTES } from '@ledger/attachments';
import { holdsAccounts, type OidcSettings } from '@ledger/identity';
import {
  ANYWHERE,
  BadConfiguration,
  clusterSettings,
  type ClusterSettings,
  ledgerName,
  LOOPBACK,
  oneOf,
  portSetting,
  type Profile,
  profileOf,
  refuseClusterSettings,
  secretSetting,
} from '@ledger/settings';
import { type TelemetrySettings, telemetrySettings } from '@ledger/telemetry';
import { destroyedKeysOf, type MasterKey, masterKeyOf } from '@ledger/vault';
import { oidcSettings } from './oidc-settings.js';
import { privateDirectory } from './private-directory.js';
import { type TokenSetting, tokenSetting } from './token-setting.js';

export interface Config extends TokenSetting {
  /** Undefined where one process has it all in files. */
  readonly cluster?: ClusterSettings;
  readonly port: number;
  readonly host: string;
  /** The ledger in files; in a cluster the attachments, shared by all processes. */
  readonly directory: string;
  readonly name: string;
  readonly demo: boolean;
  /** One token that does everything, or accounts with roles. */
  readonly access: 'token' | 'accounts';
  /** The district of whose ledger the first account is administrator. */
  readonly district: string;
  readonly oidc?: OidcSettings;
  readonly logLevel: string;
  readonly attachmentLimitBytes: number;
  /** Requests of one account in a minute. */
  readonly rateLimit: number | 'off';
  /** In which a whole request must have arrived. */
  readonly requestSeconds: number;
  /** Whose word on who the clients are is taken, where a proxy speaks TLS to them. */
  readonly tlsProxy: false | 'loopback' | 'loopback, uniquelocal';
  /** Of the vault, where it does not stand in the data directory. */
  readonly vaultKey?: MasterKey | undefined;
  /** The list of keys that were destroyed, outside the data directory. */
  readonly destroyedKeys: string;
  /** What is told of this process to those who run it. */
  readonly telemetry: TelemetrySettings;
}

const ACCESS = ['token', 'accounts'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
/** Ten a second, far beyond what is typed; a program that brings a village's year is done in minutes. */
const DEFAULT_RATE_LIMIT = '600';
const DEFAULT_REQUEST_SECONDS = '120';
const MAX_ATTACHMENT_LIMIT_BYTES = 1_073_741_824;

/** Reads the settings listed in the README, or throws `BadConfiguration`. Makes the data directory and the token file. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const profile = profileOf(env);
  const directory = resolve(env['LEDGER_DATA'] ?? './data');
  if (profile === 'embedded') refuseClusterSettings(env);
  const cluster = profile === 'cluster' ? clusterSettings(env) : undefined;
  const demo = demoSetting(env, profile, directory);
  const access = oneOf('LEDGER_ACCESS', env['LEDGER_ACCESS'] ?? (demo ? 'token' : 'accounts'), ACCESS);
  const port = portSetting('PORT', env['PORT'] ?? '3000');
  const hosts = profile === 'cluster' ? [...LOOPBACK, ...ANYWHERE] : LOOPBACK;
  const host = oneOf('LEDGER_HOST', env['LEDGER_HOST'] ?? '127.0.0.1', hosts);
  const attachmentLimitBytes = limitOf(env['LEDGER_ATTACHMENT_LIMIT_BYTES'] ?? String(DEFAULT_LIMIT_BYTES));
  const logLevel = oneOf('LEDGER_LOG_LEVEL', env['LEDGER_LOG_LEVEL'] ?? 'info', LOG_LEVELS);
  const rateLimit = rateLimitOf(env['LEDGER_RATE_LIMIT'] ?? DEFAULT_RATE_LIMIT);
  const requestSeconds = secondsOf(env['LEDGER_REQUEST_SECONDS'] ?? DEFAULT_REQUEST_SECONDS);
  const hasProxy = oneOf('LEDGER_TLS_PROXY', env['LEDGER_TLS_PROXY'] ?? 'off', ['on', 'off']) === 'on';
  // In a cluster the proxy stands on another machine of the same private network.
  const tlsProxy = hasProxy && (profile === 'cluster' ? 'loopback, uniquelocal' : 'loopback');
  const name = ledgerName(env['LEDGER_NAME'] ?? (demo ? 'keqiao.demo' : 'ledger.local'));
  privateDirectory(directory);
  const district = districtOf(env['LEDGER_DISTRICT'] ?? '330603');
  const oidc = oidcSettings(env);
  const token: TokenSetting =
    access === 'accounts' ? { token: '', tokenFrom: 'accounts' } : tokenSetting(env, profile, directory);
  const vault = vaultSettings(env, profile, directory);
  return {
    port,
    host,
    directory,
    name,
    demo,
    logLevel,
    attachmentLimitBytes,
    rateLimit,
    requestSeconds,
    tlsProxy,
    access,
    ...vault,
    telemetry: telemetrySettings(env),
    ...token,
    district,
    ...(cluster && { cluster }),
    ...(oidc && { oidc }),
  };
}

function demoSetting(env: NodeJS.ProcessEnv, profile: Profile, directory: string): boolean {
  const given = env['LEDGER_DEMO'];
  const demo = oneOf('LEDGER_DEMO', given ?? (profile === 'cluster' ? 'off' : 'on'), ['on', 'off']) === 'on';
  if (demo && profile === 'cluster') {
    throw new BadConfiguration(
      '集群不自行写入演示数据:请先用npm run ledger -- demo写入一个目录,再用migrate-log迁入集群。A cluster records no demo by itself: record one in a directory with npm run ledger -- demo, and move it in with migrate-log.',
    );
  }
  // A ledger that people log in to stays one where a setting is forgotten: neither open to one token nor filled with a demo.
  return demo && !holdsAccounts(directory);
}

function vaultSettings(
  env: NodeJS.ProcessEnv,
  profile: Profile,
  directory: string,
): Pick<Config, 'vaultKey' | 'destroyedKeys'> {
  const key = secretSetting(env, 'LEDGER_VAULT_KEY');
  const list = env['LEDGER_DESTROYED_KEYS'];
  if (profile === 'cluster' && (key === undefined || list === undefined)) {
    throw new BadConfiguration(
      '集群须设置LEDGER_VAULT_KEY(或LEDGER_VAULT_KEY_FILE)和LEDGER_DESTROYED_KEYS,各进程相同,清单放在共享而不随数据备份的地方。A cluster needs LEDGER_VAULT_KEY (or LEDGER_VAULT_KEY_FILE) and LEDGER_DESTROYED_KEYS, the same for every process; the list stands where all reach it and no backup takes it along.',
    );
  }
  return {
    vaultKey: key === undefined ? undefined : masterKeyOf(key, 'LEDGER_VAULT_KEY'),
    destroyedKeys: destroyedKeysOf(directory, list),
  };
}

function districtOf(text: string): string {
  if (/^\d{6}$/.test(text)) return text;
  throw new BadConfiguration(
    `LEDGER_DISTRICT=${text} 须为六位区县代码。LEDGER_DISTRICT must be the code of a district, six digits.`,
  );
}

function limitOf(text: string): number {
  const bytes = Number(text);
  if (!/^[1-9]\d{0,9}$/.test(text) || bytes > MAX_ATTACHMENT_LIMIT_BYTES) {
    throw new BadConfiguration(
      `LEDGER_ATTACHMENT_LIMIT_BYTES=${text} 须为1至${MAX_ATTACHMENT_LIMIT_BYTES}的整数(字节)。LEDGER_ATTACHMENT_LIMIT_BYTES must be a whole number of bytes from 1 to ${MAX_ATTACHMENT_LIMIT_BYTES}.`,
    );
  }
  return bytes;
}

function rateLimitOf(text: string): number | 'off' {
  if (text === 'off') return text;
  if (/^[1-9]\d{0,7}$/.test(text)) return Number(text);
  throw new BadConfiguration(
    `LEDGER_RATE_LIMIT=${text} 须为1至99999999的整数(每个账号每分钟请求数)或off。LEDGER_RATE_LIMIT must be how many requests an account may make in a minute, from 1 to 99999999, or off.`,
  );
}

function secondsOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new BadConfiguration(
    `LEDGER_REQUEST_SECONDS=${text} 须为1至9999的整数(秒)。LEDGER_REQUEST_SECONDS must be a whole number of seconds from 1 to 9999.`,
  );
}
