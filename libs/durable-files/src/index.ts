export { syncDirectory, syncDirectoryNow } from './sync-directory.js';
export { writeDurably } from './write-durably.js';
