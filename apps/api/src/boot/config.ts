import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEFAULT_LIMIT_BYTES } from '@ledger/attachments';
import { holdsAccounts, type OidcSettings } from '@ledger/identity';
import { BadConfiguration } from './bad-configuration.js';
import { oidcSettings } from './oidc-settings.js';
import { privateDirectory, secretIn } from './private-files.js';
import { destroyedKeysOf, type MasterKey, masterKeyOf } from '@ledger/vault';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly directory: string;
  readonly name: string;
  readonly demo: boolean;
  /** One token that does everything, or accounts with roles. */
  readonly access: 'token' | 'accounts';
  /** Empty where there are accounts. */
  readonly token: string;
  /** A token that was made just now must be shown, once. */
  readonly tokenFrom: 'environment' | 'file' | 'new' | 'accounts';
  /** The district of whose ledger the first account is administrator. */
  readonly district: string;
  readonly oidc?: OidcSettings;
  readonly logLevel: string;
  readonly attachmentLimitBytes: number;
  /** Requests of one account in a minute. */
  readonly rateLimit: number | 'off';
  /** In which a whole request must have arrived. */
  readonly requestSeconds: number;
  /** Whether a proxy on this machine speaks TLS to the clients and says who they are. */
  readonly tlsProxy: boolean;
  /** Of the vault, where it does not stand in the data directory. */
  readonly vaultKey?: MasterKey | undefined;
  /** The list of keys that were destroyed, outside the data directory. */
  readonly destroyedKeys: string;
}

const ACCESS = ['token', 'accounts'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const TOKEN = /^[\x21-\x7e]{16,200}$/;
/** Ten a second, far beyond what is typed; a program that brings a village's year is done in minutes. */
const DEFAULT_RATE_LIMIT = '600';
const DEFAULT_REQUEST_SECONDS = '120';
const MAX_ATTACHMENT_LIMIT_BYTES = 1_073_741_824;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Reads the settings listed in the README, or throws `BadConfiguration`. Makes the data directory and the token file. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const directory = resolve(env['LEDGER_DATA'] ?? './data');
  // A ledger that people log in to stays one where a setting is forgotten: neither open to one token nor filled with a demo.
  const inUse = holdsAccounts(directory);
  const demo = oneOf('LEDGER_DEMO', env['LEDGER_DEMO'] ?? 'on', ['on', 'off']) === 'on' && !inUse;
  const access = oneOf('LEDGER_ACCESS', env['LEDGER_ACCESS'] ?? (demo ? 'token' : 'accounts'), ACCESS);
  const port = portOf(env['PORT'] ?? '3000');
  const host = oneOf('LEDGER_HOST', env['LEDGER_HOST'] ?? '127.0.0.1', LOOPBACK);
  const attachmentLimitBytes = limitOf(env['LEDGER_ATTACHMENT_LIMIT_BYTES'] ?? String(DEFAULT_LIMIT_BYTES));
  const logLevel = oneOf('LEDGER_LOG_LEVEL', env['LEDGER_LOG_LEVEL'] ?? 'info', LOG_LEVELS);
  const rateLimit = rateLimitOf(env['LEDGER_RATE_LIMIT'] ?? DEFAULT_RATE_LIMIT);
  const requestSeconds = secondsOf(env['LEDGER_REQUEST_SECONDS'] ?? DEFAULT_REQUEST_SECONDS);
  const tlsProxy = oneOf('LEDGER_TLS_PROXY', env['LEDGER_TLS_PROXY'] ?? 'off', ['on', 'off']) === 'on';
  const name = env['LEDGER_NAME'] ?? (demo ? 'keqiao.demo' : 'ledger.local');
  if (!/^[a-z0-9][a-z0-9.-]{0,62}$/.test(name)) {
    throw new BadConfiguration(
      `LEDGER_NAME=${name} 须为小写字母、数字、点和短横线。LEDGER_NAME must be lower-case letters, digits, dots and hyphens.`,
    );
  }
  privateDirectory(directory);
  const district = districtOf(env['LEDGER_DISTRICT'] ?? '330603');
  const oidc = oidcSettings(env);
  const token: Pick<Config, 'token' | 'tokenFrom'> =
    access === 'accounts' ? { token: '', tokenFrom: 'accounts' } : tokenOf(env['LEDGER_TOKEN'], directory);
  const vaultKey =
    env['LEDGER_VAULT_KEY'] === undefined ? undefined : masterKeyOf(env['LEDGER_VAULT_KEY'], 'LEDGER_VAULT_KEY');
  const destroyedKeys = destroyedKeysOf(directory, env['LEDGER_DESTROYED_KEYS']);
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
    vaultKey,
    destroyedKeys,
    ...token,
    district,
    ...(oidc && { oidc }),
  };
}

function districtOf(text: string): string {
  if (/^\d{6}$/.test(text)) return text;
  throw new BadConfiguration(
    `LEDGER_DISTRICT=${text} 须为六位区县代码。LEDGER_DISTRICT must be the code of a district, six digits.`,
  );
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new BadConfiguration(
      `PORT=${text} 须为0至65535的整数。PORT must be a whole number from 0 (any free port) to 65535.`,
    );
  }
  return port;
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

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new BadConfiguration(
    `${name}=${value} 只能是 ${allowed.join('、')}。${name} must be one of ${allowed.join(', ')}.`,
  );
}

/** From the environment, else from a file that only its owner can read, made on the first start. */
function tokenOf(given: string | undefined, directory: string): Pick<Config, 'token' | 'tokenFrom'> {
  if (given !== undefined) {
    if (TOKEN.test(given)) return { token: given, tokenFrom: 'environment' };
    throw new BadConfiguration(
      'LEDGER_TOKEN 须为16至200个可见字符。LEDGER_TOKEN must have 16 to 200 visible characters; leave it out to have one made.',
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
