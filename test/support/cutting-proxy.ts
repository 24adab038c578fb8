import { Worker } from 'node:worker_threads';

/** On the way to a server; a thread of its own, because who asks the server stands still meanwhile. */
export interface CuttingProxy {
  readonly url: string;
  /** The server's next answer to a COMMIT is not let through: the connection ends in its place. */
  loseNextCommit(): void;
  /** The same, and then nobody gets through any more, until `mend`. */
  loseNextCommitAndClose(): void;
  mend(): void;
  end(): Promise<void>;
}

const [OPEN, LOSES_COMMIT, LOSES_COMMIT_AND_CLOSES] = [0, 1, 2];

export async function cuttingProxy(server: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(server);
  const state = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./cutting-proxy-thread.ts', import.meta.url), {
    workerData: { host: hostname, port: Number(port), state },
    execArgv: [],
  });
  const own = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const url = new URL(server);
  url.hostname = '127.0.0.1';
  url.port = String(own);
  return {
    url: url.href,
    loseNextCommit: () => void Atomics.store(state, 0, LOSES_COMMIT),
    loseNextCommitAndClose: () => void Atomics.store(state, 0, LOSES_COMMIT_AND_CLOSES),
    mend: () => void Atomics.store(state, 0, OPEN),
    end: async () => void (await worker.terminate()),
  };
}
