import { KurrentDbContainer } from '@testcontainers/kurrentdb';
import { getContainerRuntimeClient } from 'testcontainers';
import type { Faults } from './eventstore-server/faults.js';
import { type EventStoreServer, type ServerOptions, startServer } from './eventstore-server/server.js';
import { temporaryDirectory } from './temporary-directory.js';
import { tellAtTheEnd } from './told-at-the-end.js';

export interface GivenEventStore {
  url: string;
  kind: 'TEST_EVENTSTORE_URL' | 'container' | 'protocol server';
  /** Only our own server can be told to fail. */
  faults?: Faults;
  server?: EventStoreServer;
  stop(): Promise<void>;
}

// The newest of the versions that the cluster profile is written for.
const IMAGE = 'eventstore/eventstore:24.10';

/** The EventStoreDB that tests run against: the one that is named, one in a container, or our own server that speaks as one. */
export async function givenEventStore(options: Omit<ServerOptions, 'directory'> = {}): Promise<GivenEventStore> {
  const given = (await givenRealEventStore()) ?? (await givenProtocolServer(options));
  tellAtTheEnd(`ran on EventStoreDB: ${given.kind}`);
  return given;
}

/** A real one, where there is any. */
export async function givenRealEventStore(): Promise<GivenEventStore | undefined> {
  return named() ?? (await inContainer());
}

function named(): GivenEventStore | undefined {
  const url = process.env['TEST_EVENTSTORE_URL'];
  if (url === undefined || url === '') return undefined;
  return { url, kind: 'TEST_EVENTSTORE_URL', stop: async () => undefined };
}

/** Our own server on a directory of its own, for what a real node cannot be told to do. */
export async function givenProtocolServer(
  options: Omit<ServerOptions, 'directory'> = {},
): Promise<GivenEventStore & { faults: Faults; server: EventStoreServer }> {
  const directory = temporaryDirectory();
  const server = await startServer({ ...options, directory: directory.path });
  const stop = async (): Promise<void> => {
    await server.stop();
    directory.remove();
  };
  return { url: server.url, kind: 'protocol server', faults: server.faults, server, stop };
}

/** A node in a container, where an engine answers; that a `docker` is on the path proves nothing. */
async function inContainer(): Promise<GivenEventStore | undefined> {
  try {
    await getContainerRuntimeClient();
  } catch {
    return undefined;
  }
  const container = await new KurrentDbContainer(IMAGE)
    .withEnvironment({ EVENTSTORE_CLUSTER_SIZE: '1', EVENTSTORE_INSECURE: 'true', EVENTSTORE_RUN_PROJECTIONS: 'None' })
    .start();
  const url = container.getConnectionString().replace(/^\w+:/u, 'esdb:');
  return { url, kind: 'container', stop: async () => void (await container.stop()) };
}
