import { appendFileSync } from 'node:fs';

/** Says on what something was tested, or why it was not: now, and once more when all tests are over. */
export function tellAtTheEnd(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  const told = process.env['TOLD_AT_THE_END'];
  if (told !== undefined) appendFileSync(told, `${sentence}\n`);
}
