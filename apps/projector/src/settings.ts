import {
  ANYWHERE,
  BadConfiguration,
  type ClusterSettings,
  clusterSettings,
  ledgerName,
  LOOPBACK,
  oneOf,
  portSetting,
  profileOf,
  shardsSetting,
} from '@ledger/settings';
import { type TelemetrySettings, telemetrySettings } from '@ledger/telemetry';

export interface ProjectorSettings {
  readonly cluster: ClusterSettings;
  readonly name: string;
  readonly shards: number;
  /** Where it says how it is. */
  readonly host: string;
  readonly port: number;
  /** What is told of this process to those who run it. */
  readonly telemetry: TelemetrySettings;
}

/** Reads the settings listed in the README, or throws `BadConfiguration`. */
export function projectorSettings(env: NodeJS.ProcessEnv): ProjectorSettings {
  if (profileOf(env) !== 'cluster') {
    throw new BadConfiguration(
      '投影进程只用于集群:请设LEDGER_PROFILE=cluster;单机版由npm start自己完成。The projector is a process of a cluster: set LEDGER_PROFILE=cluster; a ledger in files needs none.',
    );
  }
  return {
    cluster: clusterSettings(env),
    name: ledgerName(env['LEDGER_NAME'] ?? 'ledger.local'),
    shards: shardsSetting(env),
    host: oneOf('LEDGER_HOST', env['LEDGER_HOST'] ?? '127.0.0.1', [...LOOPBACK, ...ANYWHERE]),
    port: portSetting('PROJECTOR_PORT', env['PROJECTOR_PORT'] ?? '3100'),
    telemetry: telemetrySettings(env),
  };
}
