import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';

/** Appends texts to a file, `inBatch` of them to one fdatasync. Returns texts a second. */
export function appendToFile(file: string, texts: readonly string[], inBatch: number, forMs: number): number {
  const descriptor = openSync(file, 'w');
  const started = performance.now();
  let written = 0;
  while (performance.now() - started < forMs) {
    let batch = '';
    for (let i = 0; i < inBatch; i++) batch += `${texts[(written + i) % texts.length]}\n`;
    writeSync(descriptor, batch);
    fdatasyncSync(descriptor);
    written += inBatch;
  }
  const seconds = (performance.now() - started) / 1000;
  closeSync(descriptor);
  return written / seconds;
}
