import { bytesBar, progressBar } from '../progress.js';
import { inSentences } from './in-sentences.js';
import type { Watching } from './restore-ledger.js';

/** Runs what reads a backup with a bar for its bytes, then one for its facts; says what went wrong in sentences. */
export async function watched<T>(
  said: { readonly label: string; readonly failed: { readonly zh: string; readonly en: string } },
  work: (watching: Watching) => T | Promise<T>,
): Promise<T> {
  let bar = bytesBar(said.label);
  let atFacts = false;
  const onFacts = (done: number, total: number): void => {
    if (!atFacts) {
      bar.end();
      bar = progressBar('逐条核对 verifying facts');
      atFacts = true;
    }
    bar.at(done, total);
  };
  try {
    return await work({ onBytes: (done, total) => bar.at(done, total), onFacts });
  } catch (error) {
    throw inSentences(error, said.failed);
  } finally {
    bar.end();
  }
}
