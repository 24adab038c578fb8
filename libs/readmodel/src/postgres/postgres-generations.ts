import { FORMAT } from '../schema.js';
import type { Standing } from '../views-file.js';
import { type Asked, type Connection, connected } from './connection.js';
import { createKeys, createTables } from './postgres-tables.js';

const COMPLETE = /^views_([1-9]\d*)$/;
/** Readers and projectors hold this lock of the generation that they are in, shared: only an empty one is removed. */
const LOCK_OF_GENERATION = "hashtext('views'), $1";

/** A generation of the views is a schema; as with a file, its name says whether it is whole. */
export function schemaOf(generation: number): string {
  return `views_${generation}`;
}

/** 0 for one that is not complete. */
export function generationOf(schema: string): number {
  return Number(COMPLETE.exec(schema)?.[1] ?? 0);
}

/** Under this name a generation is being built; it gets its own name only when it is complete. */
export function unfinishedSchema(generation: number): string {
  return `${schemaOf(generation)}_building`;
}

/** The complete generations of a database, the newest first. */
export async function generationsIn(connection: Asked): Promise<number[]> {
  const names = await schemas(connection);
  return names
    .map(generationOf)
    .filter((generation) => generation > 0)
    .toSorted((a, b) => b - a);
}

/** Makes the tables of a generation that is being built, for so many shards. */
export async function createGeneration(connection: Connection, generation: number, shards: number): Promise<void> {
  const schema = unfinishedSchema(generation);
  await connection.query(
    `BEGIN; CREATE SCHEMA ${schema}; SET LOCAL search_path TO ${schema}; ${createTables(shards)}; COMMIT`,
  );
}

/**
 * Makes the keys that are made last, lets the api read, and gives a generation its own name, with the tables on the search path. The
 * commit waits for the disk, whatever the connection does otherwise, and the rows that were committed before it are on disk with
 * it.
 */
export async function completeGeneration(connection: Connection, generation: number): Promise<void> {
  const schema = unfinishedSchema(generation);
  await connection.query(
    `BEGIN; SET LOCAL synchronous_commit TO on; ${createKeys()}; ${grantTo('ledger_api', schema)};
     ALTER SCHEMA ${schema} RENAME TO ${schemaOf(generation)}; COMMIT`,
  );
}

/** Removes what a killed rebuild left; only for the holder of the lock. */
export async function dropUnfinished(connection: Connection): Promise<void> {
  const names = await schemas(connection);
  for (const name of names.filter((each) => each.endsWith('_building'))) {
    await connection.query(`DROP SCHEMA ${name} CASCADE`);
  }
}

/**
 * Removes the generations before one that nobody is in, over a connection of its own. Returns whether none is left; whoever is still in one
 * makes it wait for another time.
 */
export async function dropGenerationsBefore(url: string, generation: number): Promise<boolean> {
  const connection = await connected(url, 'public');
  try {
    let left = 0;
    for (const old of await generationsIn(connection)) {
      if (old < generation && !(await droppedUnused(connection, old))) left++;
    }
    return left === 0;
  } finally {
    await connection.end();
  }
}

/** Keeps a generation from being removed, until `leaveGeneration` or the end of the connection. False when it is gone. */
export async function enterGeneration(connection: Connection, generation: number): Promise<boolean> {
  const { rows } = await connection.query<{ taken: boolean }>(
    `SELECT pg_try_advisory_lock_shared(${LOCK_OF_GENERATION}) AS taken`,
    [generation],
  );
  if (rows[0]?.taken !== true) return false;
  if ((await schemas(connection)).includes(schemaOf(generation))) return true;
  await leaveGeneration(connection, generation);
  return false;
}

export async function leaveGeneration(connection: Connection, generation: number): Promise<void> {
  await connection.query(`SELECT pg_advisory_unlock_shared(${LOCK_OF_GENERATION})`, [generation]);
}

export interface ShardStanding extends Standing {
  /** How many shards the generation was made for. */
  readonly shards: number;
}

/** Whose rows a schema holds, and how far those of a shard go. */
export async function standingOf(connection: Connection, shard = 0): Promise<ShardStanding> {
  const { rows: reached } = await connection.query<Omit<ShardStanding, 'versions' | 'shards'> & { shard: number }>(
    'SELECT shard, format, position, leaf FROM generation',
  );
  const shards = reached.length;
  const format = reached[0]?.format ?? 0;
  const own = reached.find((row) => row.shard === shard);
  // The tables of another format may be others.
  if (format !== FORMAT || own === undefined) return { format, versions: {}, position: 0, leaf: '', shards };
  const { position, leaf } = own;
  const { rows } = await connection.query<{ name: string; version: number }>('SELECT * FROM view_version');
  return { format, position, leaf, shards, versions: Object.fromEntries(rows.map((row) => [row.name, row.version])) };
}

/** The position up to which the rows of all shards go. */
export async function reachedBy(connection: Connection, generation: number): Promise<number> {
  const { rows } = await connection.query<{ position: number }>(
    `SELECT min(position) AS position FROM ${schemaOf(generation)}.generation`,
  );
  return rows[0]?.position ?? 0;
}

/** Waits a little for a reader that knows of no lock; its tables may take longer than any batch to be removed. */
async function droppedUnused(connection: Connection, generation: number): Promise<boolean> {
  const { rows } = await connection.query<{ taken: boolean }>(
    `SELECT pg_try_advisory_lock(${LOCK_OF_GENERATION}) AS taken`,
    [generation],
  );
  if (rows[0]?.taken !== true) return false;
  await connection.query("SET lock_timeout TO '3s'");
  await connection.query(`DROP SCHEMA IF EXISTS ${schemaOf(generation)} CASCADE`);
  await connection.query(`SELECT pg_advisory_unlock(${LOCK_OF_GENERATION})`, [generation]);
  return true;
}

/** Where there is such a role: a ledger of one role needs none. */
function grantTo(role: string, schema: string): string {
  return `DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
    GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role};
  END IF; END $$`;
}

async function schemas(connection: Asked): Promise<string[]> {
  const { rows } = await connection.query(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname ~ '^views_[1-9][0-9]*(_building)?$'",
  );
  return (rows as { name: string }[]).map(({ name }) => name);
}
