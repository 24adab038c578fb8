import {
  type Append,
  type Appended,
  type EventLog,
  FingerprintMismatch,
  OutcomeUnknown,
  WrongRevision,
} from '@ledger/eventlog';
import { during, type Ended, type Observer } from './observer.js';

/** A log whose appends are told of; the log itself where nobody listens. */
export function observedLog(log: EventLog, observer: Observer | undefined): EventLog {
  if (observer === undefined) return log;
  return {
    append: async (append) =>
      during(observer, { kind: 'append', name: kindOf(append), facts: append.facts.length }, () => log.append(append), {
        done: ({ replayed }: Appended) => ({ outcome: replayed ? 'replayed' : 'recorded' }),
        failed,
      }),
    receiptOf: async (commandId) => log.receiptOf(commandId),
    positionOf: async (receipt) => log.positionOf(receipt),
    revisionOf: async (stream) => log.revisionOf(stream),
    readStream: async (stream, fromRevision, limit) => log.readStream(stream, fromRevision, limit),
    readTexts: async (stream, fromRevision, limit) => log.readTexts(stream, fromRevision, limit),
    readAfter: async (position, limit) => log.readAfter(position, limit),
    head: async () => log.head(),
    wholeAt: async (position) => log.wholeAt(position),
    positionAt: async (instantMs) => log.positionAt(instantMs),
    now: () => log.now(),
    tail: (position) => log.tail(position),
    close: async () => log.close(),
  };
}

/** Whose stream it is stays untold. */
function kindOf({ stream }: Append): string {
  return stream.slice(0, stream.indexOf('-'));
}

function failed(error: unknown): Ended {
  if (error instanceof WrongRevision) return { outcome: 'conflict' };
  if (error instanceof OutcomeUnknown) return { outcome: 'unknown' };
  return { outcome: error instanceof FingerprintMismatch ? 'refused' : 'failed' };
}
