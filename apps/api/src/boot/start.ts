import { CorruptLog, shanghaiDate } from '@ledger/domain';
import { DirectoryInUse, type Probe, UnfinishedRestore, UnusableEventStore } from '@ledger/eventlog';
import { FIRST_ADMINISTRATOR } from '@ledger/identity';
import { BadDatabase } from '@ledger/private-database';
import { BadConfiguration } from '@ledger/settings';
import { openTelemetry } from '@ledger/telemetry';
import { BadDestroyedKeys, BadVaultKey } from '@ledger/vault';
import { beginAccounts } from '../accounts/first-start.js';
import { type Config, readConfig } from './config.js';
import { createApp, PREFIX } from './create-app.js';
import { recordDemo } from './demo.js';
import { openRuntime } from './runtime.js';
import { storeUnavailable } from './unavailable-stores.js';
import { watched } from './watched.js';

const MAX_DRAIN_MS = 8_000;
const SWEEP_MS = 50;
/** What the operator can mend; their sentences say how. */
const FORESEEN = [
  BadDatabase,
  BadVaultKey,
  BadDestroyedKeys,
  BadConfiguration,
  DirectoryInUse,
  UnfinishedRestore,
  UnusableEventStore,
];

/**
 * From the environment to a listening server; ends the process with a sentence when it cannot. `probe` is told where the
 * write path is; the program itself has none.
 */
export async function start(env: NodeJS.ProcessEnv, probe?: Probe): Promise<void> {
  try {
    await serve(readConfig(env), env, probe);
  } catch (error) {
    if (error instanceof CorruptLog) console.error(damaged(error));
    else if (FORESEEN.some((kind) => error instanceof kind)) console.error((error as Error).message);
    else if (storeUnavailable(error) !== undefined) console.error(notThere(error as Error));
    else throw error;
    process.exitCode = 1;
  }
}

const onFailure = (failure: string): void => console.error(failure);

async function serve(config: Config, env: NodeJS.ProcessEnv, probe?: Probe): Promise<void> {
  if (config.demo && !(await recordDemo(config))) {
    process.exitCode = 1;
    return;
  }
  const telemetry = await openTelemetry(config.telemetry, { service: 'gongfu-ledger-api', env, onError: onFailure });
  const { observer } = telemetry;
  const runtime = await openRuntime(config, onFailure, { probe, observer });
  const app = await createApp(config, runtime, { observer });
  let url: string;
  let figures: string | undefined;
  try {
    await app.init();
    url = await app.getHttpAdapter().getInstance().listen({ port: config.port, host: config.host });
    figures = await telemetry.serve(watched(runtime));
  } catch (error) {
    await app.close();
    await runtime.close();
    await telemetry.close();
    throw cannotListen(config, error);
  }
  // Only now: a password that is made by a start which fails would be lost.
  const password =
    config.access === 'accounts'
      ? await beginAccounts(runtime, config.district, shanghaiDate(runtime.log.now()))
      : undefined;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    const server = app.getHttpServer();
    // A connection that falls idle only after its last answer would keep the server open until the client lets go of it.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    // A client that never finishes its request must not keep the process from ending.
    setTimeout(() => server.closeAllConnections(), MAX_DRAIN_MS).unref();
    // Fastify finishes the requests under way before it closes; then what they recorded is already on disk.
    await app.close();
    clearInterval(sweep);
    try {
      await runtime.close();
    } catch (error) {
      // A store that is away: what was to be written to it last is not there.
      console.error(`stopped, and something was left undone: ${String(error)}`);
      process.exitCode = 1;
    }
    await telemetry.close();
    // At once: until a process has ended by itself, a second signal would still end it with an error code.
    process.exit();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  // Last, because whoever reads it may stop the process at once.
  greet(config, { url, figures }, runtime.origin.demo, password);
}

function notThere({ message }: Error): string {
  return `集群的存储没有回答,未启动:${message}。The stores of the cluster do not answer, so it was not started: ${message}`;
}

function damaged(error: CorruptLog): string {
  return (
    `账本数据有误,未启动:${error.message}。请勿改动数据目录,用完整的备份(含-wal文件)恢复。` +
    ` The ledger's data contradict themselves, so it was not started: ${error.message}. Leave the data directory as it is and restore a complete backup, with its -wal file.`
  );
}

function cannotListen({ host, port }: Config, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'].includes(code)) return error;
  return new BadConfiguration(
    `PORT=${port} 无法使用(${code}):可能已被其他程序占用。Cannot listen on ${host}:${port} (${code}); choose another PORT, or 0 for any free one.`,
  );
}

const DEMO_REPORT = 'reports/monthly-income?scope=330603&period=2024-12';
const ASKED = {
  token:
    '                           (用浏览器打开:用户名任意,密码为访问令牌 · in a browser: any name, the token as password)',
  accounts:
    '                           (用浏览器打开:用户名为账号,密码为接口令牌 · in a browser: the account, an API token as password)',
};

function greet(
  config: Config,
  { url, figures }: { url: string; figures: string | undefined },
  demo: boolean,
  password: string | undefined,
): void {
  const way = config.access === 'accounts' ? logInWay(url, password) : tokenWay(config, url);
  console.log(
    [
      '',
      `共富账本已启动 · Gongfu Ledger is running${demo ? ' (演示数据 · demo data)' : ''}`,
      `  接口文档 API documents   ${url}/docs`,
      ...way,
      ...(demo ? [`  月报 monthly report      ${url}/${PREFIX}/${DEMO_REPORT}`, ASKED[config.access]] : []),
      ...(figures === undefined ? [] : [`  指标 metrics             ${figures}`]),
      `  停止 stop                Ctrl-C`,
      '',
    ].join('\n'),
  );
}

function tokenWay({ tokenFrom, token, directory }: Config, url: string): string[] {
  const shown = { new: token, file: `(见 see ${directory}/token)`, environment: '(LEDGER_TOKEN)', accounts: '' };
  return [
    `  访问令牌 access token    ${shown[tokenFrom]}`,
    `  试一试 try               TOKEN=${tokenFrom === 'environment' ? '$LEDGER_TOKEN' : `$(cat ${directory}/token)`}`,
    `                           curl -H "Authorization: Bearer $TOKEN" ${url}/${PREFIX}/books`,
  ];
}

/** The one-time password of the first account is shown here and nowhere else, and only at the start that made it. */
function logInWay(url: string, password: string | undefined): string[] {
  const first = [
    `  首个账号 first account   ${FIRST_ADMINISTRATOR}`,
    `  一次性密码 one-time password   ${password}`,
    '                           (只显示这一次,七天内有效,登录后须修改;过期用 reset-password 重置 · shown only now; holds a week,',
    '                           to be changed after the log-in; when it is over: npm run ledger -- reset-password admin)',
  ];
  return [...(password === undefined ? [] : first), `  登录 log in              POST ${url}/${PREFIX}/session`];
}
