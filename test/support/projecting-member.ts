import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { started } from './started-processes.js';

/** A projector of the cluster in a process of its own, and what it has said. */
export class ProjectingMember {
  /** The shards that it says it leads. */
  readonly leads = new Set<number>();
  /** What it says it has written, in order. */
  readonly positions: number[] = [];
  readonly failures: string[] = [];
  isOpen = false;
  readonly #child: ChildProcess;

  constructor(directory: string, url: string, shards = 1) {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        `--import=${new URL('typescript-hooks.mjs', import.meta.url).href}`,
        fileURLToPath(new URL('projecting-process.ts', import.meta.url)),
        directory,
        url,
        String(shards),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = started(child);
    createInterface({ input: child.stdout }).on('line', (line) => this.#heard(line));
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
    this.leads.clear();
  }

  #heard(line: string): void {
    const [what, said] = line.split(' ');
    if (what === 'open') this.isOpen = true;
    else if (what === 'leads') this.leads.add(Number(said));
    else if (what === 'follows') this.leads.delete(Number(said));
    else if (what === 'at') this.positions.push(Number(said));
    else this.failures.push(line);
  }
}

/** Looks again and again; the time that it may take is the test's, or what is said. */
export async function until(what: () => boolean | Promise<boolean>, withinMs = Infinity): Promise<void> {
  const sinceMs = performance.now();
  while (!(await what())) {
    if (performance.now() - sinceMs > withinMs) throw new Error(`not within ${withinMs} ms: ${String(what)}`);
    await pause(10);
  }
}
