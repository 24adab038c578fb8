import {
  type Append,
  type Appended,
  type Clock,
  type EventLog,
  openMemoryLog,
  OutcomeUnknown,
  type Receipt,
  type RecordedFact,
  tailOf,
} from '@ledger/eventlog';
import { Subject, takeUntil } from 'rxjs';

/** What became of an append whose answer was lost. */
export type LostAnswer = 'recorded' | 'not recorded';

export interface LateLog extends EventLog {
  /** The next append ends in `OutcomeUnknown`. */
  loseNextAnswer(outcome: LostAnswer): void;
}

const ORDERED_AFTER_MS = 3;

/**
 * A log whose order is decided a moment after the facts are recorded, as a sequencer does, and whose answers can get
 * lost on the way: receipts have no position, and what reads by position sees the facts late. Streams are exact at once.
 */
export function openLateLog(clock?: Clock): LateLog {
  const log = openMemoryLog(clock);
  const wakeUps = new Set<() => void>();
  const closed = new Subject<void>();
  const lost: LostAnswer[] = [];
  let ordered = 0;

  const orderLater = async (): Promise<void> => {
    const position = await log.head();
    setTimeout(() => {
      ordered = Math.max(ordered, position);
      for (const wake of wakeUps) wake();
    }, ORDERED_AFTER_MS);
  };
  const append = async (wanted: Append): Promise<Appended> => {
    const outcome = lost.shift();
    if (outcome === 'not recorded') throw new OutcomeUnknown('the connection broke before the facts were sent');
    const appended = await log.append(wanted);
    await orderLater();
    if (outcome === 'recorded') throw new OutcomeUnknown('the connection broke before the answer came');
    return { ...appended, receipt: withoutPosition(appended.receipt) };
  };
  const readAfter = async (position: number, limit: number): Promise<RecordedFact[]> =>
    log.readAfter(position, Math.min(limit, Math.max(0, ordered - position)));
  const onOrdered = (wake: () => void) => {
    wakeUps.add(wake);
    return () => wakeUps.delete(wake);
  };
  const reached = async (position: number): Promise<void> => {
    if (ordered >= position) return;
    await nextOrdering(onOrdered);
    await reached(position);
  };
  const positionOf = async ({ stream, revision }: Receipt): Promise<number> => {
    const position = (await log.readStream(stream, revision, 1))[0]?.position ?? 0;
    await reached(position);
    return position;
  };
  return {
    ...log,
    append,
    readAfter,
    positionOf,
    receiptOf: async (commandId) => {
      const known = await log.receiptOf(commandId);
      return known === undefined ? undefined : { ...known, receipt: withoutPosition(known.receipt) };
    },
    head: async () => ordered,
    wholeAt: async (position) => log.wholeAt(Math.min(position, ordered)),
    positionAt: async (instantMs) => Math.min(ordered, await log.positionAt(instantMs)),
    tail: (position) => tailOf({ readAfter }, position, onOrdered).pipe(takeUntil(closed)),
    close: async () => {
      closed.next();
      await log.close();
    },
    loseNextAnswer: (outcome) => void lost.push(outcome),
  };
}

async function nextOrdering(onOrdered: (wake: () => void) => () => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = onOrdered(() => {
      stop();
      resolve();
    });
  });
}

function withoutPosition(receipt: Receipt): Receipt {
  return { ...receipt, position: undefined };
}
