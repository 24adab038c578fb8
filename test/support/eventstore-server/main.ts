// The server as a process of its own: says its connection string on one line when it listens, and runs until it is ended.
import { parseArgs } from 'node:util';
import { obey } from './orders.js';
import { startServer } from './server.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    nodes: { type: 'string', default: '1' },
    'max-append-bytes': { type: 'string', default: '1048576' },
    'no-sync': { type: 'boolean', default: false },
    deduplicate: { type: 'boolean', default: false },
  },
});
if (values.data === undefined) {
  process.stderr.write('--data DIRECTORY is missing: it says where the log is kept\n');
  process.exit(2);
}
const server = await startServer({
  directory: values.data,
  port: Number(values.port),
  nodes: Number(values.nodes),
  maxAppendBytes: Number(values['max-append-bytes']),
  sync: !values['no-sync'],
  deduplicate: values.deduplicate,
});
obey(server);
// A server that a test has started does not outlive it.
process.once('disconnect', () => process.exit(0));
process.stdout.write(`${server.url}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void server.stop().then(() => process.exit(0)));
