import { startServer } from '../support/eventstore-server/server.js';

// Our EventStoreDB server in a process of its own, as a node has one: `eventstore-process.js <data directory>`.

const server = await startServer({ directory: process.argv[2] ?? '' });
process.once('disconnect', () => void server.stop().then(() => process.exit(0)));
process.send?.({ url: server.url });
