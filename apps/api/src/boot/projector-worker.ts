import { parentPort, workerData } from 'node:worker_threads';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { dropGenerationsBefore, runProjector } from '@ledger/readmodel';
import type { ProjectorMessage, ToProjector } from './projector-thread.js';

/** The thread that keeps the views current. It reads the log and writes the views; it can write nothing else. */
const { directory } = workerData as { directory: string };
const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
const send = (message: ProjectorMessage): void => port.postMessage(message);

const log = openSqliteLogForReading(directory);
const projector = runProjector({
  log,
  viewsDirectory: directory,
  onCheckpoint: (checkpoint, generation) => send({ checkpoint, generation }),
  onError: (error) => send({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
});

port.on('message', (message: ToProjector) => {
  if (message === 'wake') projector.wake();
  else if (message === 'stop') void stop();
  else dropGenerationsBefore(directory, message.readersIn);
});

/** The projector first: it may be in the middle of a read. */
async function stop(): Promise<void> {
  await projector.stop();
  await log.close();
  port?.close();
}
