import { wholeAppends } from '@ledger/eventlog';
import { connected, openPostgresProjector, type ReadableLog, schemaOf } from '@ledger/readmodel';

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

/** Every row of every table of a generation, in the order of the columns, as `dump` gives those of a file. */
export async function dumpOfPostgres(url: string, generation: number): Promise<Record<string, unknown[]>> {
  const schema = schemaOf(generation);
  const client = await connected(url, schema);
  try {
    const { rows: tables } = await client.query<{ name: string; columns: number }>(
      `SELECT c.relname AS name, c.relnatts AS columns FROM pg_class c
       WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' ORDER BY c.relname COLLATE "C"`,
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
