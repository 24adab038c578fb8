// A projector of the cluster for tests that stop or end it: stands by to lead each shard of the views, and says what it
// leads, how far it has come and what has failed. Run with typescript-hooks.mjs.
import { writeSync } from 'node:fs';
import { openSqliteLogForReading } from '@ledger/eventlog';
import { runPostgresProjector } from '@ledger/readmodel';

const [directory = '', url = '', shards = '1'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const run = runPostgresProjector({
  log: openSqliteLogForReading(directory),
  url,
  shards: Number(shards),
  onCheckpoint: (position, _, shard) => say(`at ${position} ${shard}`),
  onError: (error) => say(`failed ${String(error)}`),
  onLeading: (shard, isLeading) => say(`${isLeading ? 'leads' : 'follows'} ${shard}`),
});
// As who hears of every new fact would.
setInterval(() => run.wake(), 10);
say('open');
process.on('SIGTERM', () => void run.stop().then(() => process.exit()));
