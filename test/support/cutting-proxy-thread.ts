import { connect, createServer, type AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

const { host, port, state } = workerData as { host: string; port: number; state: Int32Array };
const [OPEN, LOSES_COMMIT, LOSES_COMMIT_AND_CLOSES, CLOSED] = [0, 1, 2, 3];
/** The server has done it; `CommandComplete` of the protocol ends with a zero. */
const DONE = 'COMMIT\0';

const server = createServer((client) => {
  const behind = connect(port, host);
  const end = (): void => {
    client.destroy();
    behind.destroy();
  };
  client.on('error', end);
  behind.on('error', end);
  client.on('close', end);
  behind.on('close', end);
  if (Atomics.load(state, 0) === CLOSED) return end();
  client.on('data', (bytes) => (Atomics.load(state, 0) === CLOSED ? end() : behind.write(bytes)));
  behind.on('data', (bytes: Buffer) => {
    const now = Atomics.load(state, 0);
    const loses = bytes.includes(DONE, 0, 'latin1') && (now === LOSES_COMMIT || now === LOSES_COMMIT_AND_CLOSES);
    if (!loses) return client.write(bytes);
    Atomics.store(state, 0, now === LOSES_COMMIT ? OPEN : CLOSED);
    return end();
  });
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
