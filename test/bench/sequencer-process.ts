import { openEventStoreLog } from '@ledger/eventlog';

// Decides the order of a ledger's facts in a process of its own: `sequencer-process.js <url> <namespace>`.

const [url = '', namespace = ''] = process.argv.slice(2);
const log = await openEventStoreLog({
  url,
  namespace,
  sequences: true,
  onLeading: (leading) => leading && process.send?.({ url }),
});
process.once('disconnect', () => void log.close().then(() => process.exit(0)));
