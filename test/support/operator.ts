import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { started } from './started-processes.js';

const MAIN = 'dist/apps/ledger/src/main.js';

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A command of the operator's command line, waited for. */
export function operator(args: readonly string[], env: Record<string, string> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return { status, output: stdout + stderr };
}

/** The same command on a disk where no file may grow beyond so many bytes, as on one that fills up. */
export function onFullDisk(bytes: number, args: readonly string[]): Ended {
  const quoted = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ');
  // The shell counts in blocks of 512 bytes.
  const command = `trap '' XFSZ; ulimit -f ${Math.floor(bytes / 512)}; exec ${quoted}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** A command under way. */
export function operating(args: readonly string[]): { process: ChildProcess; ended: Promise<Ended> } {
  const child = started(spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { process: child, ended: once(child, 'close').then(() => ({ status: child.exitCode, output })) };
}

/** Kills a command as soon as a moment has come; looks as often as it can, for it may last only milliseconds. */
export async function killedWhen(reached: () => boolean, args: readonly string[]): Promise<void> {
  const { process: child, ended } = operating(args);
  while (!reached()) {
    if (child.exitCode !== null) throw new Error(`it ended before the moment came:\n${(await ended).output}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  child.kill('SIGKILL');
  await ended;
  if (child.signalCode !== 'SIGKILL') throw new Error('it ended before it was killed');
}
