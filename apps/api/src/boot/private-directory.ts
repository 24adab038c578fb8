import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { isOpenToOthers } from '@ledger/private-database';
import { BadConfiguration } from '@ledger/settings';

const OWNER_ONLY = 0o700;

/**
 * Makes the data directory for its owner alone. One that others could enter is closed to them: what is in it is made with
 * owner-only rights too, but a copy or an older version may have left wider ones.
 */
export function privateDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: OWNER_ONLY });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    if (isOpenToOthers(directory)) chmodSync(directory, OWNER_ONLY);
  } catch (error) {
    throw new BadConfiguration(
      `LEDGER_DATA=${directory} 无法创建或写入。The data directory cannot be created or written to; choose another one. (${String(error)})`,
    );
  }
}
