import { EventStore } from './event-store.js';
import { Faults } from './faults.js';
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
  tellsPositions?: boolean;
  certificate?: Certificate & { caFile: string };
  users?: Readonly<Record<string, string>>;
}

const LOOPBACK = '127.0.0.1';
// Certificates are for names: the client cannot speak TLS to a bare address.
const NAME = 'localhost';
const ONE_MEBIBYTE = 1_048_576;

/** Starts a server on the loopback, and comes back when every address of it listens. */
export async function startServer(options: ServerOptions): Promise<EventStoreServer> {
  const { directory, sync = true, deduplicate = false, tellsPositions = true, nodes = 1 } = options;
  if (!sync) process.stderr.write('EventStoreDB server for tests: appends are NOT synced to the disk (--no-sync)\n');
  const store = new EventStore({ directory, sync, deduplicate, tellsPositions });
  if (store.cutOffBytes > 0)
    process.stderr.write(`EventStoreDB server for tests: ${store.cutOffBytes} bytes of a torn tail were cut off\n`);
  const listeners: Listener[] = [];
  const addresses: { address: string; port: number }[] = [];
  const cluster: Cluster = {
    store,
    faults: new Faults(),
    addresses,
    leader: 0,
    delivered: 0,
    appends: Array.from({ length: nodes }, () => 0),
  };
  for (let number = 0; number < nodes; number++) {
    const { maxAppendBytes = ONE_MEBIBYTE, users, port = 0 } = options;
    const node = new Node(cluster, number, { maxAppendBytes, users }, (peer) => listener.cut(peer));
    const listener: Listener = await Listener.open(LOOPBACK, number === 0 ? port : 0, options.certificate, () => node);
    listeners.push(listener);
    addresses.push({ address: options.certificate ? NAME : LOOPBACK, port: listener.port });
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
    const hosts = numbers
      .map((number) => this.addresses[number]!)
      .map(({ address, port }) => `${address}:${port}`)
      .join(',');
    const tls = certificate ? `tls=true&tlsCAFile=${encodeURIComponent(certificate.caFile)}` : 'tls=false';
    return `esdb://${credentials}${hosts}?${tls}&keepAliveInterval=-1`;
  }

  get faults(): Faults {
    return this.cluster.faults;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.listeners.reduce((sum, { connections }) => sum + connections, 0);
  }

  /** How many events were handed over to be sent to readers. */
  get delivered(): number {
    return this.cluster.delivered;
  }

  /** How many appends came to each address. */
  get appends(): readonly number[] {
    return this.cluster.appends;
  }

  get addresses(): Cluster['addresses'] {
    return this.cluster.addresses;
  }

  /** How many bytes of a torn tail were cut off at the start. */
  get cutOffBytes(): number {
    return this.cluster.store.cutOffBytes;
  }

  /** Cuts every connection that there is. */
  disconnect(): void {
    for (const listener of this.listeners) listener.cutAll();
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
