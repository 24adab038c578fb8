import type { SourceLog } from '@ledger/eventlog';

/** A log up to a position, at which an append has to end. */
export function beginningOf(log: SourceLog, head: number): SourceLog {
  return {
    head: async () => head,
    receiptOf: (commandId) => log.receiptOf(commandId),
    readAfter: (position, limit) => log.readAfter(position, Math.max(0, Math.min(limit, head - position))),
  };
}
