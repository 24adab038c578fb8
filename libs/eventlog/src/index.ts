export * from './event-log.js';
export { openMemoryLog } from './memory-log.js';
export { LOG_FILE, openSqliteLog, openSqliteLogForReading } from './sqlite/sqlite-log.js';
export { type ProcessLock, takeLock } from './sqlite/process-lock.js';
export { type LogStanding, openUnchanging, standingOfCopy, verifyCopiedLog } from './sqlite/copied-log.js';
export type { Moment, Probe } from './sqlite/writer.js';
export { UNVERIFIED_LOG, UnfinishedRestore } from './sqlite/unverified-log.js';
export { DirectoryInUse, takeWriterLock } from './sqlite/writer-lock.js';
export { tailOf, wholeAppends } from './tail.js';
