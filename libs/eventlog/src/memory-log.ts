import { Subject, takeUntil } from 'rxjs';
import { leafOf } from '@ledger/transparency';
import { frozen, receiptFor } from './append-check.js';
import {
  type Append,
  type Appended,
  type Clock,
  type EventLog,
  FingerprintMismatch,
  NO_STREAM,
  type RecordedFact,
  type StoredReceipt,
  systemClock,
  WrongRevision,
} from './event-log.js';
import { forwardClock } from './forward-clock.js';
import { positionIn } from './position.js';
import { tailOf } from './tail.js';

/** The log in memory: the same promises as on disk, but for durability. For tests and for folding a copy of a log. */
export function openMemoryLog(clock: Clock = systemClock): EventLog {
  const facts: RecordedFact[] = [];
  const streams = new Map<string, RecordedFact[]>();
  const commands = new Map<string, StoredReceipt>();
  const listeners = new Set<() => void>();
  const forward = forwardClock(clock, 0);
  const closed = new Subject<void>();

  const append = async (wanted: Append): Promise<Appended> => {
    const texts = frozen(wanted);
    const recordedAtMs = forward.now();
    const { stream, expectedRevision, by, fingerprint } = wanted;
    const known = commands.get(by.commandId);
    if (known !== undefined) {
      if (known.fingerprint === fingerprint) return { receipt: known.receipt, facts: [], replayed: true };
      throw new FingerprintMismatch(`command ${by.commandId} was another request`);
    }
    const rows = streams.get(stream) ?? [];
    const revision = rows.length + NO_STREAM;
    if (revision !== expectedRevision) throw new WrongRevision(stream, expectedRevision, revision);
    texts.forEach((fact, index) => {
      const position = facts.length + 1;
      const leaf = leafOf(position, recordedAtMs, fact);
      const row = { position, recordedAtMs, leaf, remaining: texts.length - 1 - index, fact };
      facts.push(row);
      rows.push(row);
    });
    streams.set(stream, rows);
    const receipt = receiptFor(wanted, facts.length);
    commands.set(by.commandId, { receipt, fingerprint });
    for (const listener of listeners) listener();
    return { receipt, facts: texts, replayed: false };
  };

  const readAfter = async (position: number, limit: number): Promise<RecordedFact[]> =>
    facts.slice(position, position + limit);
  const wholeAt = async (position: number): Promise<number> =>
    facts.slice(0, position).findLast((fact) => fact.remaining === 0)?.position ?? 0;
  return {
    append,
    readAfter,
    wholeAt,
    receiptOf: async (commandId) => commands.get(commandId),
    positionOf: positionIn,
    revisionOf: async (stream) => (streams.get(stream)?.length ?? 0) + NO_STREAM,
    readStream: async (stream, from, limit) => (streams.get(stream) ?? []).slice(from, from + limit),
    readTexts: async (stream, from, limit) =>
      (streams.get(stream) ?? []).slice(from, from + limit).map(({ fact }) => fact),
    head: async () => facts.length,
    positionAt: async (instantMs) => wholeAt(facts.findLastIndex((fact) => fact.recordedAtMs <= instantMs) + 1),
    now: () => forward.now(),
    tail: (position) =>
      tailOf({ readAfter }, position, (wake) => {
        listeners.add(wake);
        return () => listeners.delete(wake);
      }).pipe(takeUntil(closed)),
    close: async () => closed.next(),
  };
}
