import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();

/** Remembers a process until it ends. */
export function started<P extends ChildProcess>(child: P): P {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Ends what is still running, as the system would, and without mercy what does not heed it. */
export async function endStarted(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(impatient);
    }),
  );
}
