import { DatabaseSync } from 'node:sqlite';
import { type EventLog, wholeAppends } from '@ledger/eventlog';
import { openProjector, openReadModel, type ReadModel, viewsFile } from '@ledger/readmodel';
import { askedOfBoth } from './asked-of-both.js';
import { temporaryDirectory } from './temporary-directory.js';

/** The views of a log, brought up to date in batches of a size in a directory of their own; what is asked is asked of PostgreSQL too. */
export async function projected(
  log: EventLog,
  batch = 1000,
): Promise<{ read: ReadModel; path: string; remove: () => void }> {
  const directory = temporaryDirectory();
  const { path } = directory;
  await project(log, path, batch);
  const read = await askedOfBoth(openReadModel(path), log);
  const away = (): void => {
    read.close();
    directory.remove();
  };
  return { read, path, remove: away };
}

/** Applies batches from the checkpoint on; `limit` of them when given. Returns the checkpoint. */
export async function project(log: EventLog, path: string, batch = 1000, limit = Infinity): Promise<number> {
  const projector = await openProjector(log, path);
  try {
    for (let applied = 0; applied < limit; applied++) {
      const facts = wholeAppends(await log.readAfter(projector.checkpoint, batch));
      if (facts.length === 0) break;
      projector.apply(facts);
    }
    return projector.checkpoint;
  } finally {
    projector.close();
  }
}

/** Every row of every table, in the order of the primary keys. */
export function dump(path: string): Record<string, unknown[]> {
  const db = new DatabaseSync(viewsFile(path), { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  const rows = tables.map(({ name }): [string, unknown[]] => {
    const count = db.prepare(`SELECT * FROM ${String(name)} LIMIT 0`).columns().length;
    const order = Array.from({ length: count }, (_, i) => i + 1).join(', ');
    const statement = db.prepare(`SELECT * FROM ${String(name)} ORDER BY ${order}`);
    statement.setReturnArrays(true);
    return [String(name), statement.all()];
  });
  db.close();
  return Object.fromEntries(rows);
}
