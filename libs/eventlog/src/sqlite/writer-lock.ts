import { join } from 'node:path';
import { type ProcessLock, takeLock } from './process-lock.js';

/** Another process writes to this data directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
  constructor(directory: string) {
    super(
      `数据目录${directory}正被另一个账本进程使用,请先停止它。` +
        ` The data directory ${directory} is in use by another ledger process; stop that one first.`,
    );
  }
}

export function takeWriterLock(directory: string): ProcessLock {
  const lock = takeLock(join(directory, 'writer.lock'));
  if (lock === undefined) throw new DirectoryInUse(directory);
  return lock;
}
