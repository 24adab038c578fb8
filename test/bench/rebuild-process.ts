import { openSqliteLogForReading } from '@ledger/eventlog';
import { rebuild, viewsFile } from '@ledger/readmodel';
import { memoryMb } from './processes.js';

// Rebuilds the views of a directory in a process of its own, whose memory is nobody else's: `rebuild-process.js <dir>`.

export interface Rebuilt {
  readonly facts: number;
  readonly seconds: number;
  /** The highest resident size; pages of the log that are mapped, not copied, count in it. */
  readonly peakMb: number;
  /** The same without mapped files, as seen after each run. */
  readonly peakOwnMb: number;
}

const directory = process.argv[2] ?? '';
const log = openSqliteLogForReading(directory);
let peakOwnMb = 0;
const started = performance.now();
const facts = await rebuild(log, viewsFile(directory), () => (peakOwnMb = Math.max(peakOwnMb, memoryMb('RssAnon'))));
const seconds = (performance.now() - started) / 1000;
await log.close();
process.send?.({ facts, seconds, peakMb: memoryMb('VmHWM'), peakOwnMb } satisfies Rebuilt);
