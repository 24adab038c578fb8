import { statSync } from 'node:fs';

/** What a group or others may do with a file. */
const OTHERS = 0o077;

/** Whether anybody but its owner may do anything with a file. Windows says nothing with these bits. */
export function isOpenToOthers(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0;
}
