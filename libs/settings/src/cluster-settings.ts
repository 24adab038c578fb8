import { accessSync, constants } from 'node:fs';
import { connectionString, UnusableEventStore } from '@ledger/eventlog';
import { BadConfiguration } from './bad-configuration.js';
import { secretSetting } from './secret-setting.js';

/** Where a cluster keeps what it shares. */
export interface ClusterSettings {
  /** esdb://…, with credentials and authority in it. */
  readonly eventStoreUrl: string;
  /** postgres://… */
  readonly databaseUrl: string;
}

const DATABASE = ['postgres:', 'postgresql:'];
/** Of which none is of use to a ledger in files, so that one that is set says that the profile was forgotten. */
const CLUSTER_ONLY = ['LEDGER_EVENTSTORE_URL', 'LEDGER_DATABASE_URL'];

/** Reads the settings of a cluster listed in the README, or throws `BadConfiguration`. Repeats no password. */
export function clusterSettings(env: NodeJS.ProcessEnv): ClusterSettings {
  return { eventStoreUrl: eventStoreSetting(env), databaseUrl: databaseSetting(env) };
}

/** How many parts the views of a cluster have, each written by one process at a time. */
export function shardsSetting(env: NodeJS.ProcessEnv): number {
  const text = env['LEDGER_SHARDS'] ?? '1';
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new BadConfiguration(
    `LEDGER_SHARDS=${text} 须为1至99的整数。LEDGER_SHARDS must be a whole number from 1 to 99.`,
  );
}

/** A ledger in files beside the settings of a cluster would go on by itself, where nobody looks for it. */
export function refuseClusterSettings(env: NodeJS.ProcessEnv): void {
  const name = CLUSTER_ONLY.find((one) => env[one] !== undefined || env[`${one}_FILE`] !== undefined);
  if (name === undefined) return;
  throw new BadConfiguration(
    `设置了${name},但LEDGER_PROFILE不是cluster。集群请设LEDGER_PROFILE=cluster,否则请去掉${name}。` +
      `${name} is set, but LEDGER_PROFILE is not cluster. Set LEDGER_PROFILE=cluster for a cluster, or leave ${name} out.`,
  );
}

/** Of the log alone, for who has nothing to do with the database. */
export function eventStoreSetting(env: NodeJS.ProcessEnv): string {
  const caFile = env['LEDGER_EVENTSTORE_CA'];
  if (caFile !== undefined) refuseUnreadable('LEDGER_EVENTSTORE_CA', caFile);
  try {
    return connectionString({
      url: needed('LEDGER_EVENTSTORE_URL', secretSetting(env, 'LEDGER_EVENTSTORE_URL')),
      user: env['LEDGER_EVENTSTORE_USER'],
      password: secretSetting(env, 'LEDGER_EVENTSTORE_PASSWORD'),
      caFile,
    });
  } catch (error) {
    if (!(error instanceof UnusableEventStore)) throw error;
    throw new BadConfiguration(`LEDGER_EVENTSTORE_URL:${error.message}`);
  }
}

/** Of the database alone, for who has nothing to do with the log. */
export function databaseSetting(env: NodeJS.ProcessEnv): string {
  const text = needed('LEDGER_DATABASE_URL', secretSetting(env, 'LEDGER_DATABASE_URL'));
  const url = URL.parse(text);
  if (url !== null && DATABASE.includes(url.protocol) && url.hostname !== '' && url.pathname.length > 1) return text;
  throw new BadConfiguration(
    'LEDGER_DATABASE_URL 应为 postgres://用户:密码@主机:端口/数据库。LEDGER_DATABASE_URL must be postgres://user:password@host:port/database.',
  );
}

function needed(name: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new BadConfiguration(
    `LEDGER_PROFILE=cluster 需要设置${name}(或${name}_FILE)。LEDGER_PROFILE=cluster needs ${name}, or ${name}_FILE.`,
  );
}

function refuseUnreadable(name: string, path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw new BadConfiguration(`${name}=${path} 无法读取。${name}: the file ${path} cannot be read.`);
  }
}
