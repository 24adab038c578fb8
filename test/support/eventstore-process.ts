import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, OrderAnswer } from './eventstore-server/orders.js';

export interface ServerProcess {
  url: string;
  pid: number;
  /** What it has said on its error output. */
  warnings(): string;
  tell(order: Order): Promise<OrderAnswer>;
  /** SIGKILL: nothing is tidied up. */
  kill(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = ['--import', './test/support/typescript-hooks.mjs', 'test/support/eventstore-server/main.ts'];

/** Starts our EventStoreDB server as a process of its own, on the log in the directory. */
export async function startServerProcess(directory: string, ...args: string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...program, '--data', directory, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let warnings = '';
  child.stderr!.on('data', (said: Buffer) => (warnings += said.toString('utf8')));
  const url = await firstLine(child, () => warnings);
  const tell = async (order: Order): Promise<OrderAnswer> => {
    child.send(order);
    const [answer] = (await once(child, 'message')) as [OrderAnswer];
    return answer;
  };
  return { url, pid: child.pid!, warnings: () => warnings, tell, kill: () => kill(child) };
}

async function firstLine(child: ChildProcess, warnings: () => string): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes('\n')) return said.slice(0, said.indexOf('\n'));
  }
  throw new Error(`the server did not start: ${warnings()}`);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
