// A ledger process for tests that end it: opens the directory given and appends one after the other, saying what was
// acknowledged, until it is killed. Run with typescript-hooks.mjs.
import { writeSync } from 'node:fs';
import { NO_STREAM, openSqliteLog } from '@ledger/eventlog';
import { appendOf, rent } from './appends.js';

const log = openSqliteLog(process.argv[2] ?? '');
writeSync(1, 'open\n');
const write = async (client: number): Promise<void> => {
  for (let revision = NO_STREAM; ; revision += 2) {
    const facts = [rent('一月'), rent('二月')];
    const command = `process ${process.pid}, client ${client}, revision ${revision}`;
    const append = appendOf({ command, stream: `ledger-${client}-2024`, expectedRevision: revision, facts });
    const { receipt } = await log.append(append);
    writeSync(1, `${append.by.commandId} ${receipt.position}\n`);
  }
};
await Promise.all([1, 2, 3, 4].map(write));
