import { CorruptLog, thaw } from '@ledger/domain';
import { leafOf } from '@ledger/transparency';
import type { SqliteLogReader } from './reader.js';

const CHECKED = 1000;

/**
 * Looks at the newest facts before anything is added to them: dense positions, leaves that fit their bytes, streams that
 * find them, a whole last append. A file put together from two copies (an old `log.db` beside a newer `-wal`) fails here
 * and not a year later. Throws `CorruptLog`.
 */
export function checkNewestFacts(reader: SqliteLogReader): void {
  const head = reader.head();
  const before = Math.max(0, head - CHECKED);
  const facts = reader.readAfter(before, CHECKED);
  facts.forEach(({ position, recordedAtMs, leaf, fact, remaining }, index) => {
    if (position !== before + 1 + index) throw new CorruptLog(`a fact before position ${position} is missing`);
    if (leaf !== leafOf(position, recordedAtMs, fact))
      throw new CorruptLog(`the leaf at position ${position} is not its fact's`);
    const { stream, revision } = thaw(fact);
    const found = reader.readStream(stream, revision, 1)[0]?.position === position;
    if (!found || reader.readStream(stream, revision + 1, 1)[0]?.position === position) {
      throw new CorruptLog(`${stream} does not find its revision ${revision} at position ${position}`);
    }
    if (position === head && remaining !== 0) throw new CorruptLog(`the append at position ${position} is not whole`);
  });
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** SQLite says that the file is damaged: in our words, so that nobody goes on writing to it. */
export function asCorruptLog(error: unknown): unknown {
  const code = (error as { errcode?: number }).errcode ?? 0;
  if ((code & 0xff) !== SQLITE_CORRUPT && (code & 0xff) !== SQLITE_NOTADB) return error;
  return new CorruptLog(`the log file is damaged: ${String(error)}`, { cause: error });
}
