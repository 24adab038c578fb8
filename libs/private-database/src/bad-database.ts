const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** The file cannot be used as it is; the sentence, in both languages, says why and what to do about it. */
export class BadDatabase extends Error {
  override readonly name = 'BadDatabase';
}

export function isDamage(error: unknown): boolean {
  const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
