import { wholeAppends } from '@ledger/eventlog';
import { connected, openPostgresProjector, type ReadableLog, rebuild, schemaOf, viewsFile } from '@ledger/readmodel';
import { dump } from './projected.js';
import { temporaryDirectory } from './temporary-directory.js';

/** Applies batches from the checkpoint of a generation on; `limit` of them when given. Returns the checkpoint. */
export async function projectInPostgres(
  log: ReadableLog,
  url: string,
  { generation = 1, batch = 1000, limit = Infinity } = {},
): Promise<number> {
  const projector = await openPostgresProjector(log, url, generation);
  if (typeof projector === 'string') throw new Error(projector);
  try {
    for (let applied = 0; applied < limit; applied++) {
      const facts = wholeAppends(await log.readAfter(projector.checkpoint, batch));
      if (facts.length === 0) break;
      await projector.apply(facts);
    }
    return projector.checkpoint;
  } finally {
    await projector.close();
  }
}

/**
 * Every row of every table of a generation, in the order of the columns, as `dump` gives those of a file, which has no table of
 * whose shard things are.
 */
export async function dumpOfPostgres(url: string, generation: number): Promise<Record<string, unknown[]>> {
  const schema = schemaOf(generation);
  const client = await connected(url, schema);
  try {
    const { rows: tables } = await client.query<{ name: string; columns: number }>(
      `SELECT c.relname AS name, c.relnatts AS columns FROM pg_class c
       WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' AND c.relname <> 'home' ORDER BY c.relname COLLATE "C"`,
      [schema],
    );
    const dumped: Record<string, unknown[]> = {};
    for (const { name, columns } of tables) {
      // SQLite puts null before every value.
      const order = Array.from({ length: columns }, (_, i) => `${i + 1} NULLS FIRST`).join(', ');
      const { rows } = await client.query<unknown[]>({
        text: `SELECT * FROM ${name} ORDER BY ${order}`,
        rowMode: 'array',
      });
      dumped[name] = rows;
    }
    return dumped;
  } finally {
    await client.end();
  }
}

/** The rows that the log makes in a file. */
export async function rowsInFile(log: ReadableLog): Promise<Record<string, unknown[]>> {
  const directory = temporaryDirectory();
  try {
    await rebuild(log, viewsFile(directory.path));
    return dump(directory.path);
  } finally {
    directory.remove();
  }
}

export async function differingRows(
  url: string,
  generation: number,
  rows: Record<string, unknown[]>,
): Promise<unknown[]> {
  return differing(await dumpOfPostgres(url, generation), rows);
}

/** Of each table whose rows are others, how many there are and the first that differs: a diff of all would say less. */
export function differing(found: Record<string, unknown[]>, rows: Record<string, unknown[]>): unknown[] {
  return [...new Set([...Object.keys(rows), ...Object.keys(found)])].flatMap((table) => {
    const [expected = [], stored = []] = [rows[table], found[table]];
    const first = expected.findIndex((row, i) => JSON.stringify(row) !== JSON.stringify(stored[i]));
    if (first === -1 && expected.length === stored.length && table in rows && table in found) return [];
    return [{ table, rows: [expected.length, stored.length], first: [expected[first], stored[first]] }];
  });
}

/** The position up to which the rows of all shards go. */
export async function reachedInPostgres(url: string, generation: number): Promise<number> {
  const connection = await connected(url, schemaOf(generation));
  try {
    const { rows } = await connection.query<{ position: number }>('SELECT min(position) AS position FROM generation');
    return rows[0]?.position ?? 0;
  } finally {
    await connection.end();
  }
}
