import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A log that is being restored has this name until all of it is verified, so that no program takes it for a log. */
export const UNVERIFIED_LOG = 'log.db.unverified';

/** The directory is what an interrupted restore has left. */
export class UnfinishedRestore extends Error {
  override readonly name = 'UnfinishedRestore';
  constructor(directory: string) {
    super(
      `数据目录${directory}是一次未完成的恢复,尚未核对,不能使用。请删除它,再从备份恢复。` +
        ` The data directory ${directory} is a restore that was not finished and is not verified; remove it and restore the backup again.`,
    );
  }
}

/** A new ledger must not begin beside one that was about to come back. */
export function refuseUnfinishedRestore(directory: string): void {
  if (existsSync(join(directory, UNVERIFIED_LOG))) throw new UnfinishedRestore(directory);
}
