import { CorruptLog } from '@ledger/domain';
import { UnusableEventStore } from '@ledger/eventlog';
import { BadConfiguration } from '@ledger/settings';
import { openTelemetry } from '@ledger/telemetry';
import { serveHealth } from './health.js';
import { openProjecting } from './projecting.js';
import { type ProjectorSettings, projectorSettings } from './settings.js';

/** By their names, which say that a store did not answer. */
const AWAY = ['Unanswered', 'OutcomeUnknown', 'DatabaseUnavailable'];

/** From the environment to a process that does its part of a cluster; ends with a sentence when it cannot. */
export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await run(projectorSettings(env), env);
  } catch (error) {
    const said = sentenceOf(error);
    if (said === undefined) throw error;
    console.error(said);
    process.exitCode = 1;
  }
}

const say = (text: string): void => console.error(text);

async function run(settings: ProjectorSettings, env: NodeJS.ProcessEnv): Promise<void> {
  const telemetry = await openTelemetry(settings.telemetry, { service: 'gongfu-ledger-projector', env, onError: say });
  const projecting = await openProjecting(settings, say, telemetry.observer);
  let health: Awaited<ReturnType<typeof serveHealth>>;
  try {
    health = await serveHealth(settings, async () => projecting.health());
    await telemetry.serve(projecting.watched);
  } catch (error) {
    await projecting.stop();
    await telemetry.close();
    throw cannotListen(settings, error);
  }
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // Another process takes over what this one did as soon as it has let go of it.
    await projecting.stop();
    await health.close();
    await telemetry.close();
    process.exit();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  console.log(`投影进程已启动 · The projector of ${settings.name} is running: ${health.url}/health/ready`);
}

function sentenceOf(error: unknown): string | undefined {
  if (error instanceof BadConfiguration || error instanceof UnusableEventStore) return error.message;
  if (error instanceof CorruptLog) {
    return (
      `账本数据有误,未启动:${error.message}。请勿改动,按运行手册处理。` +
      ` The ledger's data contradict themselves, so it was not started: ${error.message}. Change nothing and follow the runbook.`
    );
  }
  if (!(error instanceof Error) || !AWAY.includes(error.name)) return undefined;
  return `集群的存储没有回答,未启动:${error.message}。The stores of the cluster do not answer, so it was not started: ${error.message}`;
}

function cannotListen({ host, port }: ProjectorSettings, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new BadConfiguration(
    `PROJECTOR_PORT=${port} 无法使用(${code}):可能已被其他程序占用。Cannot listen on ${host}:${port} (${code}); choose another PROJECTOR_PORT, or 0 for any free one.`,
  );
}
