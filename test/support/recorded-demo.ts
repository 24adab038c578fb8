import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFlags } from './running-ledger.js';
import { temporaryDirectory } from './temporary-directory.js';

/** The demo as the operator's command made it, and what that took. */
export interface RecordedDemo {
  readonly directory: string;
  readonly tookMs: number;
  /** Absent where the system does not tell. */
  readonly peakKb?: number;
}

const NAME = 'keqiao.demo';
const RECORDED_WITHIN_MS = 300_000;

/** Records the demo by the built program, once for all spec files of a run; to look at only. */
export async function recordedDemo(): Promise<RecordedDemo> {
  const shared = process.env['LEDGER_TEST_SHARED'] ?? '';
  const told = join(shared, 'demo.json');
  if (isFirst(join(shared, 'demo.lock'))) {
    // Named only when it is whole: others read it as soon as it is there.
    writeFileSync(`${told}.new`, JSON.stringify(await record(join(shared, 'demo'))));
    renameSync(`${told}.new`, told);
  }
  for (let waitedMs = 0; !existsSync(told); waitedMs += 100) {
    if (waitedMs > RECORDED_WITHIN_MS) throw new Error('another spec file did not record the demo');
    await sleep(100);
  }
  return JSON.parse(readFileSync(told, 'utf8')) as RecordedDemo;
}

/** The demo in a directory of the test's own, to write to. */
export async function copiedDemo(): Promise<ReturnType<typeof temporaryDirectory>> {
  const { directory } = await recordedDemo();
  const copy = temporaryDirectory();
  cpSync(directory, copy.path, { recursive: true });
  return copy;
}

function isFirst(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

async function record(directory: string): Promise<RecordedDemo> {
  mkdirSync(directory);
  const startedMs = Date.now();
  const args = [...startFlags(), 'dist/apps/ledger/src/main.js', 'demo', '--data', directory, '--name', NAME];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  let peakKb: number | undefined;
  const timer = setInterval(() => (peakKb = peakOf(child.pid) ?? peakKb), 100);
  const [code] = await exit;
  clearInterval(timer);
  if (code !== 0) throw new Error(`the demo was not recorded: ${code}`);
  return { directory, tookMs: Date.now() - startedMs, ...(peakKb === undefined ? {} : { peakKb }) };
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kb === undefined ? undefined : Number(kb);
  } catch {
    return undefined;
  }
}
