import type { ClientBase } from 'pg';
import type { Standing } from '../views-file.js';
import { createKeys, createTables } from './postgres-tables.js';

const COMPLETE = /^views_([1-9]\d*)$/;

/** A generation of the views is a schema; as with a file, its name says whether it is whole. */
export function schemaOf(generation: number): string {
  return `views_${generation}`;
}

/** Under this name a generation is being built; it gets its own name only when it is complete. */
export function unfinishedSchema(generation: number): string {
  return `${schemaOf(generation)}_building`;
}

/** The complete generations of a database, the newest first. */
export async function generationsIn(client: ClientBase): Promise<number[]> {
  const names = await schemas(client);
  return names
    .filter((name) => COMPLETE.test(name))
    .map((name) => Number(COMPLETE.exec(name)?.[1]))
    .toSorted((a, b) => b - a);
}

/** Makes the tables of a generation that is being built, and the connection's statements find them. */
export async function createGeneration(client: ClientBase, generation: number): Promise<void> {
  const schema = unfinishedSchema(generation);
  await client.query(`BEGIN; CREATE SCHEMA ${schema}; SET LOCAL search_path TO ${schema}; ${createTables()}; COMMIT`);
}

/**
 * Makes the keys that are made last, and gives a generation its own name, with the tables on the search path. The commit waits for the disk, whatever the connection does otherwise, and the rows that
 * were committed before it are on disk with it.
 */
export async function completeGeneration(client: ClientBase, generation: number): Promise<void> {
  await client.query(
    `BEGIN; SET LOCAL synchronous_commit TO on; ${createKeys()};
     ALTER SCHEMA ${unfinishedSchema(generation)} RENAME TO ${schemaOf(generation)}; COMMIT`,
  );
}

/** Removes what a killed rebuild left; only for the holder of the lock. */
export async function dropUnfinished(client: ClientBase): Promise<void> {
  const names = await schemas(client);
  for (const name of names.filter((each) => each.endsWith('_building'))) {
    await client.query(`DROP SCHEMA ${name} CASCADE`);
  }
}

/** Removes the generations before one, once no reader of ours is left in them. */
export async function dropGenerationsBefore(client: ClientBase, generation: number): Promise<void> {
  for (const old of await generationsIn(client)) {
    if (old < generation) await client.query(`DROP SCHEMA ${schemaOf(old)} CASCADE`);
  }
}

/**
 * Only who holds this lock builds a generation. It is the connection's: whatever ends the process gives it back.
 */
export async function takeBuildingLock(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    "SELECT pg_try_advisory_lock(hashtext('views'), hashtext('rebuild')) AS taken",
  );
  return rows[0]?.taken === true;
}

/** Whose rows a schema holds, and how far they go. */
export async function standingOf(client: ClientBase): Promise<Standing> {
  const { rows: versions } = await client.query<{ name: string; version: number }>('SELECT * FROM view_version');
  const { rows: reached } = await client.query<Omit<Standing, 'versions'>>(
    'SELECT format, position, leaf FROM generation',
  );
  const [{ format, position, leaf } = { format: 0, position: 0, leaf: '' }] = reached;
  return { format, position, leaf, versions: Object.fromEntries(versions.map(({ name, version }) => [name, version])) };
}

async function schemas(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname ~ '^views_[1-9][0-9]*(_building)?$'",
  );
  return rows.map(({ name }) => name);
}
