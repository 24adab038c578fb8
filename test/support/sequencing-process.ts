// A process of the cluster for tests that stop or end it: stands by to decide the order, and appends one fact after the
// other. Says when it leads and when no longer, and what was acknowledged. Run with typescript-hooks.mjs.
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { NO_STREAM, openEventStoreLog } from '@ledger/eventlog';
import { appendOf } from './appends.js';

const [url = '', namespace = '', takeOverAfterMs = ''] = process.argv.slice(2);
const log = await openEventStoreLog({
  url,
  namespace,
  sequences: true,
  tellEveryMs: 100,
  takeOverAfterMs: Number(takeOverAfterMs),
  onLeading: (leading) => writeSync(1, leading ? 'leads\n' : 'follows\n'),
});
for (let revision = NO_STREAM; ; revision++) {
  const command = `process ${process.pid}, revision ${revision}`;
  const append = appendOf({ command, stream: `ledger-${process.pid}-2024`, expectedRevision: revision });
  await log.append(append);
  writeSync(1, `${append.by.commandId}\n`);
  await pause(5);
}
