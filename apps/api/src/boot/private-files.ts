import { accessSync, chmodSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { isOpenToOthers } from '@ledger/private-database';
import { BadConfiguration } from './bad-configuration.js';

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

/**
 * The text of a file that holds a secret, named by the setting that says where it is. One that others can read may be
 * known to them: it is refused, not narrowed.
 */
export function secretIn(path: string, setting: string): string {
  let text: string;
  let isOpen: boolean;
  try {
    isOpen = isOpenToOthers(path);
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new BadConfiguration(
      `${setting}=${path} 无法读取。The file cannot be read; give one that there is. (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  if (isOpen) {
    throw new BadConfiguration(
      `${setting}=${path} 其他用户也能读取,其中的秘密可能已泄露。请更换后执行 chmod 600。Others can read the file ${path}, so what it holds may be known: put a new secret into it and make it its owner's alone with chmod 600.`,
    );
  }
  return text;
}
