import { fileOfGeneration, generationsIn } from './generations.js';
import { ReadModel } from './read-model.js';
import { SqliteStatements } from './sqlite/sqlite-statements.js';
import { openViewsForReading } from './views-file.js';

/** Opens a generation of a directory's views for reading, the newest that is complete unless one is named. */
export function openReadModel(
  directory: string,
  generation = generationsIn(directory)[0] ?? 1,
  reached?: () => number,
): ReadModel {
  const db = openViewsForReading(fileOfGeneration(directory, generation));
  return new ReadModel(new SqliteStatements(db), { reached, close: () => db.close() });
}
