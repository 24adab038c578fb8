import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { openSyncConnection, type SyncConnection } from '@ledger/postgres';
import { openSharedStores, type SharedStores, type StorePlace } from '@ledger/private-database';
import { type GivenPostgres, givenPostgres } from './postgres.js';
import { temporaryDirectory } from './temporary-directory.js';

type Store = 'identity' | 'drafts' | 'vault';

/** Where the stores of one test are: files in a directory of its own or, after `onPostgres`, an emptied server. */
export interface GivenStores {
  /** Of the server, where there is one. */
  readonly url?: string;
  readonly directory: string;
  readonly place: StorePlace;
  /** The same stores, as another process has them. */
  readonly another: StorePlace;
  /** What somebody reads or does there beside the program. */
  ask(store: Store, sql: string): Record<string, unknown>[];
  /** What the store refuses from now on, until the function that it gives is called: as if the program ended there. */
  breaks(store: Store, what: string, why?: string): () => void;
  /** Everything that is in the store. */
  bytes(store: Store): Buffer;
  remove(): void;
}

interface Server {
  readonly postgres: GivenPostgres;
  readonly beside: SyncConnection;
  /** Connections of two processes. */
  stores: SharedStores[];
}

let server: Server | undefined;

/** Runs what a spec file has next on a real PostgreSQL: called before that is imported. */
export function onPostgres(): void {
  beforeAll(async () => {
    const postgres = await givenPostgres();
    server = { postgres, beside: openSyncConnection({ url: postgres.url, name: 'beside' }), stores: [] };
  }, 120_000);
  beforeEach(async () => {
    if (server === undefined) throw new Error('no server was started');
    const { url } = server.postgres;
    server.beside.query('DROP SCHEMA IF EXISTS identity CASCADE');
    server.beside.query('DROP SCHEMA IF EXISTS drafts CASCADE');
    server.beside.query('DROP SCHEMA IF EXISTS vault CASCADE');
    // Not after each: what a test has opened is closed there.
    for (const each of server.stores) each.close();
    server.stores = [await openSharedStores(url), await openSharedStores(url)];
  });
  afterAll(async () => {
    for (const each of [...(server?.stores ?? []), server?.beside]) each?.close();
    await server?.postgres.stop();
  });
}

export function givenStores(): GivenStores {
  const temporary = temporaryDirectory();
  const { path: directory } = temporary;
  return {
    directory,
    remove: () => temporary.remove(),
    ...(server === undefined ? storesIn(directory) : onServer(server)),
  };
}

type Stores = Omit<GivenStores, 'directory' | 'remove'>;

export function storesIn(directory: string): Stores {
  const ask = (store: Store, sql: string): Record<string, unknown>[] => {
    const db = new DatabaseSync(join(directory, `${store}.db`));
    try {
      return db.prepare(sql).all();
    } finally {
      db.close();
    }
  };
  return {
    place: directory,
    another: directory,
    ask,
    breaks: (store, what, why = 'cut short') => {
      ask(store, `CREATE TRIGGER broken ${what} BEGIN SELECT RAISE(ABORT, '${why}'); END`);
      return () => void ask(store, 'DROP TRIGGER broken');
    },
    bytes: (store) => {
      const paths = ['', '-wal'].map((end) => join(directory, `${store}.db${end}`)).filter((path) => existsSync(path));
      return Buffer.concat(paths.map((path) => readFileSync(path)));
    },
  };
}

function onServer({ postgres: { url }, beside, stores: [place, another] }: Server): Stores {
  if (place === undefined || another === undefined) throw new Error('no connections were made');
  const ask = (store: Store, sql: string): Record<string, unknown>[] => {
    beside.query(`SET search_path TO ${store}`);
    return beside.query(sql).rows;
  };
  return {
    url,
    place,
    another,
    ask,
    breaks: (store, what, why = 'cut short') => {
      ask(
        store,
        `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${why}'; END $$;
         CREATE TRIGGER broken ${what} FOR EACH ROW EXECUTE FUNCTION broken()`,
      );
      return () => void ask(store, 'DROP FUNCTION broken CASCADE');
    },
    bytes: (store) => {
      const tables = ask(store, `SELECT tablename AS name FROM pg_tables WHERE schemaname = '${store}'`);
      const texts = tables.flatMap(({ name }) => ask(store, `SELECT t::text AS row FROM ${String(name)} t`));
      return Buffer.from(JSON.stringify(texts));
    },
  };
}
