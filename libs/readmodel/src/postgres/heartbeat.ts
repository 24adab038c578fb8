import type { Connection } from './connection.js';

const BEAT_EVERY_MS = 500;
/** By the clock of the process, for a server that does not answer. */
const ANSWER_WITHIN_MS = 5000;
/** An answer, if only that a transaction has failed. */
const IN_FAILED_TRANSACTION = '25P02';

/** Asks the server twice a second, so that it knows that this process lives, and the process that the server does. Returns how to end it. */
export function beating(connection: Connection, onLost: (reason: unknown) => void): () => void {
  let askedAtMs: number | undefined;
  const lose = (reason: unknown): void => {
    clearInterval(beat);
    onLost(reason);
  };
  const answered = (): void => {
    askedAtMs = undefined;
  };
  const beat = setInterval(() => {
    if (askedAtMs !== undefined) {
      if (performance.now() - askedAtMs > ANSWER_WITHIN_MS) lose(new Error('the database does not answer'));
      return;
    }
    askedAtMs = performance.now();
    connection.query('SELECT 1').then(answered, (error: unknown) => {
      if ((error as { code?: string }).code === IN_FAILED_TRANSACTION) answered();
      else lose(error);
    });
  }, BEAT_EVERY_MS);
  return () => clearInterval(beat);
}
