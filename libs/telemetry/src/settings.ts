import { BadConfiguration, LOOPBACK, portSetting, profileOf } from '@ledger/settings';

export interface TelemetrySettings {
  /** Where figures can be fetched; nowhere unless asked for. */
  readonly metrics?: { readonly host: string; readonly port: number };
  readonly traces: boolean;
}

/**
 * What is told of this process, and where. Figures say how much is recorded and by how many, so they are nobody's but the
 * operator's: on a port of their own, which no proxy leads to, on this machine alone, or in a cluster on the network that
 * its containers have among themselves.
 */
export function telemetrySettings(env: NodeJS.ProcessEnv): TelemetrySettings {
  const port = env['LEDGER_METRICS_PORT'];
  const host = env['LEDGER_METRICS_HOST'] ?? '127.0.0.1';
  if (!LOOPBACK.includes(host) && profileOf(env) !== 'cluster') {
    throw new BadConfiguration(
      `LEDGER_METRICS_HOST=${host} 只能是本机地址(${LOOPBACK.join('、')});集群中才可用容器内部网络的地址。LEDGER_METRICS_HOST must be a loopback address (${LOOPBACK.join(', ')}); only a cluster may use an address of the network that its containers have among themselves.`,
    );
  }
  const traces = [env['OTEL_EXPORTER_OTLP_ENDPOINT'], env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']].some(Boolean);
  if (traces) refuseOddRatio(env['OTEL_TRACES_SAMPLER_ARG']);
  return { traces, ...(port !== undefined && { metrics: { host, port: portSetting('LEDGER_METRICS_PORT', port) } }) };
}

function refuseOddRatio(text: string | undefined): void {
  if (text === undefined || /^(0(\.\d{1,6})?|1(\.0+)?)$/.test(text)) return;
  throw new BadConfiguration(
    `OTEL_TRACES_SAMPLER_ARG=${text} 须为0至1的小数(跟踪多大比例的请求)。OTEL_TRACES_SAMPLER_ARG must be the share of requests to be traced, from 0 to 1.`,
  );
}
