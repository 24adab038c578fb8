import { openReadModel, type ReadModel, viewsFile } from '@ledger/readmodel';
import { views } from '@ledger/views';
import { existsSync } from 'node:fs';
import { CommandFailed } from '../command-failed.js';

/** The views of a ledger for reading, beside a running api or without one; fails with a sentence when they are not these. */
export function openedViews(directory: string): ReadModel {
  if (!existsSync(viewsFile(directory))) throw stale(directory);
  const opened = orStale(directory);
  if (views.every(({ name, version }) => opened.views[name] === version)) return opened;
  opened.close();
  throw stale(directory);
}

/** Tables of an earlier program lack what this one asks for. */
function orStale(directory: string): ReadModel {
  try {
    return openReadModel(directory);
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SQLITE_ERROR') throw stale(directory);
    throw error;
  }
}

function stale(directory: string): CommandFailed {
  return new CommandFailed(
    `${directory} 中没有本程序版本的视图。请先运行npm run ledger -- rebuild --data ${directory},或启动一次账本。` +
      ` ${directory} has no views of this version of the program; run npm run ledger -- rebuild --data ${directory} first, or start the ledger once.`,
  );
}
