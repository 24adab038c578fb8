import type { RecordedFact } from '@ledger/eventlog';
import { addUp, type Progress } from '../add-up.js';
import { RebuildUnderWay } from '../generations.js';
import type { ViewsWriter } from '../projector.js';
import { rowTables } from '../schema.js';
import { type ReadableLog, whyStale } from '../views-file.js';
import { type Connection, connected } from './connection.js';
import { beating } from './heartbeat.js';
import { homeTable } from './own-things.js';
import {
  completeGeneration,
  createGeneration,
  dropUnfinished,
  enterGeneration,
  generationsIn,
  schemaOf,
  standingOf,
  unfinishedSchema,
} from './postgres-generations.js';
import { PostgresProjector, type ProjectorOptions } from './postgres-projector.js';
import { wholeLedger } from './shard.js';

/** By the server's clock: a process that is stopped in the middle of a rebuild does not keep others from it for ever. */
const SILENT = '60s';

/**
 * Adds the whole log up into the next generation of a database's views, made for so many shards, beside those that are there
 * and may be in use. Throws `RebuildUnderWay` when somebody else is at it, and `CorruptLog` as the projector does; nothing of
 * the generations that were there has changed then.
 */
export async function buildPostgresGeneration(
  log: ReadableLog,
  url: string,
  onProgress?: (progress: Progress) => void,
  shards = 1,
): Promise<{ readonly generation: number; readonly position: number }> {
  const connection = await connected(url, 'public');
  let still: (() => void) | undefined;
  try {
    await connection.query(`SET idle_session_timeout TO '${SILENT}'`);
    if (!(await takeBuildingLock(connection))) throw new RebuildUnderWay(new URL(url).pathname.slice(1));
    still = beating(connection, () => undefined);
    await dropUnfinished(connection);
    const generation = ((await generationsIn(connection))[0] ?? 0) + 1;
    await createGeneration(connection, generation, shards);
    const position = await addedUp(log, url, unfinishedSchema(generation), shards, onProgress);
    await connection.goTo(unfinishedSchema(generation));
    // Without knowing the sizes of the tables the server would plan for empty ones.
    await connection.query(`ANALYZE ${[homeTable, ...rowTables].map(({ name }) => name).join(', ')}`);
    await completeGeneration(connection, generation);
    return { generation, position };
  } finally {
    still?.();
    await connection.end();
  }
}

/** Removes what a killed rebuild left; one that is under way is let be. */
export async function removeUnfinished(url: string): Promise<void> {
  const connection = await connected(url, 'public');
  try {
    if (await takeBuildingLock(connection)) await dropUnfinished(connection);
  } finally {
    await connection.end();
  }
}

/**
 * Opens a generation to continue it over a connection, or says why that cannot be. It is not removed until the projector is closed, which
 * leaves it and does with the connection what the options say.
 */
export async function continueGeneration(
  log: ReadableLog,
  connection: Connection,
  generation: number,
  options: ProjectorOptions = {},
): Promise<PostgresProjector | string> {
  const { number, of } = options.shard ?? wholeLedger;
  if (!(await enterGeneration(connection, generation))) return `generation ${generation} is being removed`;
  await connection.goTo(schemaOf(generation));
  const standing = await standingOf(connection, number);
  if (standing.shards !== of) return `the views were made for ${standing.shards} shards, there are ${of} now`;
  return (await whyStale(standing, log)) ?? PostgresProjector.on(connection, options);
}

/** Opens a generation over a connection of its own. */
export async function openPostgresProjector(
  log: ReadableLog,
  url: string,
  generation: number,
  options: Omit<ProjectorOptions, 'leave'> = {},
): Promise<PostgresProjector | string> {
  const connection = await connected(url, 'public');
  try {
    const opened = await continueGeneration(log, connection, generation, options);
    if (typeof opened === 'string') await connection.end();
    return opened;
  } catch (error) {
    await connection.end();
    throw error;
  }
}

/**
 * Only who holds this lock builds a generation. It is the connection's: whatever ends the process gives it back.
 */
async function takeBuildingLock(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query<{ taken: boolean }>(
    "SELECT pg_try_advisory_lock(hashtext('views'), hashtext('rebuild')) AS taken",
  );
  return rows[0]?.taken === true;
}

/** One reading of the log for all shards, each with a connection of its own. */
async function addedUp(
  log: ReadableLog,
  url: string,
  schema: string,
  shards: number,
  onProgress?: (progress: Progress) => void,
): Promise<number> {
  const writers: PostgresProjector[] = [];
  try {
    for (let number = 0; number < shards; number++) {
      const connection = await connected(url, schema);
      // What a crash leaves is thrown away, so only the last commit has to be on disk.
      await connection.query('SET synchronous_commit TO off');
      writers.push(await PostgresProjector.on(connection, { shard: { number, of: shards } }));
    }
    return await addUp(log, together(writers), onProgress);
  } finally {
    await Promise.all(writers.map(async (writer) => writer.close()));
  }
}

function together(writers: readonly PostgresProjector[]): ViewsWriter {
  const all = async (work: (writer: PostgresProjector) => Promise<void>): Promise<void> =>
    void (await Promise.all(writers.map(work)));
  return {
    get checkpoint() {
      return Math.min(...writers.map(({ checkpoint }) => checkpoint));
    },
    get waitingRows() {
      return writers.reduce((rows, { waitingRows }) => rows + waitingRows, 0);
    },
    apply: async (facts: readonly RecordedFact[]) => all(async (writer) => writer.apply(facts)),
    stage: async (facts: readonly RecordedFact[]) => all(async (writer) => writer.stage(facts)),
    commit: async () => all(async (writer) => writer.commit()),
    close: async () => all(async (writer) => writer.close()),
  };
}
