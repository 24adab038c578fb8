// A projector that a test ends: continues the views of a log in batches of random sizes and says how far they are. Run
// with typescript-hooks.mjs.
import { existsSync, writeSync } from 'node:fs';
import { openSqliteLogForReading, wholeAppends } from '@ledger/eventlog';
import { openProjector, viewsFile } from '@ledger/readmodel';
import { seeded } from '../readmodel/random-ledger.js';

const [logDirectory = '', viewsDirectory = '', seed = '', until = '', ending = 'close'] = process.argv.slice(2);
const random = seeded(Number(seed));
const log = openSqliteLogForReading(logDirectory);
const read = async (after: number) => wholeAppends(await log.readAfter(after, 20 + Math.floor(random() ** 3 * 6000)));

// Seen as long as it was when its first facts came: one as long as this, without views, would be rebuilt.
const first = !existsSync(viewsFile(viewsDirectory));
const projector = await openProjector(first ? { ...log, head: async () => 0 } : log, viewsDirectory, (reason) => {
  throw new Error(`the views were not continued: ${reason}`);
});
writeSync(1, `open ${projector.checkpoint}\n`);
while (projector.checkpoint < Number(until)) {
  const facts = await read(projector.checkpoint);
  if (facts.length === 0) break;
  projector.apply(facts);
}
writeSync(1, `applied ${projector.checkpoint}\n`);
if (ending === 'close') projector.close();
else {
  // Staged and never committed; or killed anywhere, perhaps inside of a commit.
  let facts = await read(projector.checkpoint);
  projector.stage(facts);
  writeSync(1, `staged ${facts.at(-1)?.position}\n`);
  if (ending === 'kill-staged') await new Promise((resolve) => setTimeout(resolve, 60_000));
  for (projector.commit(); facts.length > 0; projector.apply(facts)) facts = await read(projector.checkpoint);
}
await log.close();
