import {
  commandIdOf,
  CorruptLog,
  fingerprintOf,
  openLedger,
  originStream,
  readFact,
  shanghaiDate,
} from '@ledger/domain';
import { type EventLog, NO_STREAM } from '@ledger/eventlog';

export interface LedgerOrigin {
  readonly name: string;
  readonly demo: boolean;
}

/** The name and kind of the ledger in a log; an empty log becomes the wanted one with its first fact. */
export async function ledgerOrigin(log: EventLog, wanted: LedgerOrigin): Promise<LedgerOrigin> {
  const [first] = await log.readAfter(0, 1);
  if (first !== undefined) {
    const fact = readFact(first.fact);
    if (fact.type !== 'LedgerOpened') throw new CorruptLog(`the first fact is ${fact.type}, not LedgerOpened`);
    return fact.data as LedgerOrigin;
  }
  const { name, demo } = wanted;
  const stream = originStream(name);
  await log.append({
    stream,
    expectedRevision: NO_STREAM,
    facts: [openLedger(name, demo, shanghaiDate(log.now()))],
    by: { actor: 'ledger', commandId: commandIdOf('ledger', stream) },
    fingerprint: fingerprintOf(stream, { name, demo }),
  });
  return { name, demo };
}
