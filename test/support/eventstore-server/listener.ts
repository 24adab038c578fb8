import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { append } from './appends.js';
import { batchAppend } from './batch-appends.js';
import { clusterInfo, supportedMethods } from './cluster.js';
import type { Node } from './node.js';
import {
  GossipService,
  type IGossipServer,
  type IServerFeaturesServer,
  type IStreamsServer,
  ServerFeaturesService,
  StreamsService,
  grpc,
} from './protocol.js';
import { read } from './reads.js';

export interface Certificate {
  cert: Buffer;
  key: Buffer;
}

// A node reads messages larger than the client's usual limit.
const MAX_MESSAGE_BYTES = 17 * 1024 * 1024;

/** A port with its connections: sockets are ours, so that one of them can be cut. */
export class Listener {
  readonly #sockets = new Map<string, Socket>();
  readonly #listening: Server;
  readonly #server: InstanceType<typeof grpc.Server>;

  private constructor(certificate: Certificate | undefined, node: () => Node) {
    this.#server = new grpc.Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES });
    const calls: Pick<IStreamsServer, 'append' | 'batchAppend' | 'read'> = {
      append: (call, answer) => append(node(), call, answer),
      batchAppend: (call) => batchAppend(node(), call),
      read: (call) => read(node(), call),
    };
    const gossip: Pick<IGossipServer, 'read'> = { read: (_call, answer) => answer(null, clusterInfo(node())) };
    const features: Pick<IServerFeaturesServer, 'getSupportedMethods'> = {
      getSupportedMethods: (_call, answer) => answer(null, supportedMethods()),
    };
    this.#server.addService(StreamsService, calls);
    this.#server.addService(GossipService, gossip);
    this.#server.addService(ServerFeaturesService, features);
    const injector = this.#server.createConnectionInjector(credentialsOf(certificate));
    this.#listening = createServer((socket) => {
      const peer = `${socket.remoteAddress}:${socket.remotePort}`;
      this.#sockets.set(peer, socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(peer));
      injector.injectConnection(socket);
    });
  }

  static async open(
    host: string,
    port: number,
    certificate: Certificate | undefined,
    node: () => Node,
  ): Promise<Listener> {
    const listener = new Listener(certificate, node);
    await new Promise<void>((listening, failed) => {
      listener.#listening.once('error', failed).listen(port, host, listening);
    });
    return listener;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  get port(): number {
    return (this.#listening.address() as AddressInfo).port;
  }

  /** Cuts the connection that a call came over, without a word to the other side. */
  cut(peer: string): void {
    this.#sockets.get(peer)?.resetAndDestroy();
  }

  cutAll(): void {
    for (const socket of this.#sockets.values()) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => {
      this.#listening.close(() => done());
    });
    for (const socket of this.#sockets.values()) socket.destroy();
    this.#server.forceShutdown();
    await closed;
  }
}

function credentialsOf(certificate: Certificate | undefined): ReturnType<typeof grpc.ServerCredentials.createInsecure> {
  if (!certificate) return grpc.ServerCredentials.createInsecure();
  return grpc.ServerCredentials.createSsl(null, [{ cert_chain: certificate.cert, private_key: certificate.key }]);
}
