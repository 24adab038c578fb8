import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aggregateOf,
  type BookingsCheckpoint,
  type BookingsRun,
  bookingSources,
  type CommandHandling,
  runBookings,
} from '@ledger/commands';
import type { EventLog } from '@ledger/eventlog';

const SAVE_EVERY_MS = 1000;

/** Starts what books by itself, from where it was in this data directory. `wake` hears of every fact recorded. */
export async function startBookings(
  directory: string,
  log: EventLog,
  handling: CommandHandling,
  { wake, onError }: { readonly wake: () => void; readonly onError: (error: unknown) => void },
): Promise<BookingsRun> {
  const file = new CheckpointFile(join(directory, 'bookings.json'), onError);
  const run = await runBookings({
    log,
    sources: bookingSources,
    handle: async (command) => {
      const handled = await handling.handle(aggregateOf(command), command);
      wake();
      return handled;
    },
    saved: file.read(),
    save: (checkpoint) => file.save(checkpoint),
    onError,
  });
  const stop = async (): Promise<void> => {
    await run.stop();
    file.write();
  };
  return {
    get position() {
      return run.position;
    },
    get untold() {
      return run.untold;
    },
    stop,
  };
}

/** A shortcut and no more: what is lost or torn of it only costs going through the log again. */
class CheckpointFile {
  #latest: BookingsCheckpoint | undefined;
  #writtenAt = 0;

  constructor(
    private readonly path: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  read(): BookingsCheckpoint | undefined {
    try {
      const { position, leaf } = JSON.parse(readFileSync(this.path, 'utf8')) as Partial<BookingsCheckpoint>;
      return Number.isSafeInteger(position) && typeof leaf === 'string' ? { position: position ?? 0, leaf } : undefined;
    } catch {
      return undefined;
    }
  }

  save(checkpoint: BookingsCheckpoint): void {
    this.#latest = checkpoint;
    if (Date.now() - this.#writtenAt >= SAVE_EVERY_MS) this.write();
  }

  write(): void {
    if (this.#latest === undefined) return;
    this.#writtenAt = Date.now();
    // A shortcut that cannot be kept stops neither what is to be booked nor an orderly end.
    try {
      writeFileSync(`${this.path}.new`, JSON.stringify(this.#latest));
      renameSync(`${this.path}.new`, this.path);
    } catch (error) {
      this.onError(error);
    }
  }
}
