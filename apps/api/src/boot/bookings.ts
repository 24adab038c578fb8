import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aggregateOf,
  assetBookings,
  type BookingsCheckpoint,
  type BookingsRun,
  type CommandHandling,
  runBookings,
} from '@ledger/commands';
import type { Command } from '@ledger/domain';
import type { EventLog } from '@ledger/eventlog';

/** Whatever asks books for vouchers. */
const sources = [assetBookings];

/** How often the way gone is written down; what is gone through twice after a crash is recognised. */
const SAVE_MS = 1_000;

/** The process that books what other streams decide, with its checkpoint in a small file beside the log. */
export async function startBookings(
  log: EventLog,
  handling: CommandHandling,
  directory: string,
  wake: () => void,
): Promise<BookingsRun> {
  const path = join(directory, 'bookings.json');
  let savedMs = 0;
  let newest: BookingsCheckpoint | undefined;
  const write = (): void => {
    if (newest === undefined) return;
    // Renamed into place, so that a crash leaves the old one or the new one.
    writeFileSync(`${path}.new`, JSON.stringify(newest));
    renameSync(`${path}.new`, path);
    savedMs = Date.now();
    newest = undefined;
  };
  const save = (checkpoint: BookingsCheckpoint): void => {
    newest = checkpoint;
    if (Date.now() - savedMs >= SAVE_MS) write();
  };
  const handle = async (command: Command) => {
    const handled = await handling.handle(aggregateOf(command), command);
    wake();
    return handled;
  };
  const run = await runBookings({ log, sources, handle, saved: readSaved(path), save, onError });
  return {
    get position() {
      return run.position;
    },
    stop: async () => {
      await run.stop();
      write();
    },
  };
}

function onError(error: unknown): void {
  console.error('bookings wait:', error);
}

/** No file, or half of one, only means that the log is gone through from its beginning. */
function readSaved(path: string): BookingsCheckpoint | undefined {
  try {
    const { position, leaf } = JSON.parse(readFileSync(path, 'utf8')) as BookingsCheckpoint;
    return Number.isSafeInteger(position) && typeof leaf === 'string' ? { position, leaf } : undefined;
  } catch {
    return undefined;
  }
}
