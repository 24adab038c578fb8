import { addUp, type Progress } from '../add-up.js';
import { RebuildUnderWay } from '../generations.js';
import { rowTables } from '../schema.js';
import { type ReadableLog, whyStale } from '../views-file.js';
import { connected, goTo } from './connection.js';
import {
  completeGeneration,
  createGeneration,
  dropUnfinished,
  generationsIn,
  schemaOf,
  standingOf,
  takeBuildingLock,
  unfinishedSchema,
} from './postgres-generations.js';
import { PostgresProjector } from './postgres-projector.js';

/**
 * Adds the whole log up into the next generation of a database's views, beside those that are there and may be in use.
 * Throws `RebuildUnderWay` when somebody else is at it, and `CorruptLog` as the projector does; nothing of the generations
 * that were there has changed then.
 */
export async function buildPostgresGeneration(
  log: ReadableLog,
  url: string,
  onProgress?: (progress: Progress) => void,
): Promise<{ readonly generation: number; readonly position: number }> {
  const client = await connected(url, 'public');
  try {
    if (!(await takeBuildingLock(client))) throw new RebuildUnderWay(new URL(url).pathname.slice(1));
    await dropUnfinished(client);
    const generation = ((await generationsIn(client))[0] ?? 0) + 1;
    await createGeneration(client, generation);
    await goTo(client, unfinishedSchema(generation));
    // What a crash leaves is thrown away, so only the last commit has to be on disk.
    await client.query('SET synchronous_commit TO off');
    const position = await addUp(log, await PostgresProjector.on(client), onProgress);
    // Without knowing the sizes of the tables the server would plan for empty ones.
    await client.query(`ANALYZE ${rowTables.map(({ name }) => name).join(', ')}`);
    await completeGeneration(client, generation);
    return { generation, position };
  } finally {
    await client.end();
  }
}

/** Opens a generation to continue it, or says why that cannot be. */
export async function openPostgresProjector(
  log: ReadableLog,
  url: string,
  generation: number,
): Promise<PostgresProjector | string> {
  const client = await connected(url, schemaOf(generation));
  try {
    const reason = await whyStale(await standingOf(client), log);
    if (reason === undefined) return await PostgresProjector.on(client);
    await client.end();
    return reason;
  } catch (error) {
    await client.end();
    throw error;
  }
}
