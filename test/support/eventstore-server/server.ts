import { EventStore } from './event-store.js';
import { type Certificate, Listener } from './listener.js';
import { type Cluster, Node } from './node.js';

export interface ServerOptions {
  /** Where the one file of the log lies. */
  directory: string;
  /** The port of the first node; 0 or nothing takes a free one. */
  port?: number;
  /** How many addresses the cluster has; the first leads. */
  nodes?: number;
  /** Without it an append is answered before it is on the disk. */
  sync?: boolean;
  deduplicate?: boolean;
  maxAppendBytes?: number;
  certificate?: Certificate & { caFile: string };
  users?: Readonly<Record<string, string>>;
}

const HOST = '127.0.0.1';
const ONE_MEBIBYTE = 1_048_576;

/** Starts a server on the loopback, and comes back when every address of it listens. */
export async function startServer(options: ServerOptions): Promise<EventStoreServer> {
  const { directory, sync = true, deduplicate = false, nodes = 1 } = options;
  if (!sync) process.stderr.write('EventStoreDB server for tests: appends are NOT synced to the disk (--no-sync)\n');
  const store = new EventStore({ directory, sync, deduplicate });
  if (store.cutOffBytes > 0)
    process.stderr.write(`EventStoreDB server for tests: ${store.cutOffBytes} bytes of a torn tail were cut off\n`);
  const listeners: Listener[] = [];
  const addresses: { host: string; port: number }[] = [];
  const cluster: Cluster = { store, addresses, leader: 0 };
  for (let number = 0; number < nodes; number++) {
    const { maxAppendBytes = ONE_MEBIBYTE, users, port = 0 } = options;
    const node = new Node(cluster, number, { maxAppendBytes, users });
    const listener = await Listener.open(HOST, number === 0 ? port : 0, options.certificate, () => node);
    listeners.push(listener);
    addresses.push({ host: HOST, port: listener.port });
  }
  return new EventStoreServer(cluster, listeners, options);
}

export class EventStoreServer {
  constructor(
    private readonly cluster: Cluster,
    private readonly listeners: readonly Listener[],
    private readonly options: ServerOptions,
  ) {}

  /** The connection string of the first address, or of all where they are several. */
  get url(): string {
    return this.urlOf(...this.listeners.keys());
  }

  urlOf(...numbers: number[]): string {
    const { users, certificate } = this.options;
    const [user] = Object.entries(users ?? {});
    const credentials = user ? `${user.map(encodeURIComponent).join(':')}@` : '';
    const hosts = numbers.map((number) => `${HOST}:${this.cluster.addresses[number]?.port}`).join(',');
    const tls = certificate ? `tls=true&tlsCAFile=${encodeURIComponent(certificate.caFile)}` : 'tls=false';
    return `esdb://${credentials}${hosts}?${tls}&keepAliveInterval=-1`;
  }

  /** Makes another address the leader. */
  elect(number: number): void {
    this.cluster.leader = number;
  }

  async stop(): Promise<void> {
    for (const listener of this.listeners) await listener.close();
    await this.cluster.store.close();
  }
}
