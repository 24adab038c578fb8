const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** A store cannot be used as it is; the sentence, in both languages, says why and what to do about it. */
export class BadDatabase extends Error {
  override readonly name = 'BadDatabase';
}

export function isDamage(error: unknown): boolean {
  const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

interface Formatted {
  readonly place: string;
  readonly name: readonly [zh: string, en: string];
  readonly format: number;
}

export function ofAnotherFormat({ place, name: [zh, en], format }: Formatted, found: number): BadDatabase {
  return new BadDatabase(
    `${zh}${place}的格式为${found},本程序只认格式${format},未启动。请用写出它的程序版本。` +
      ` The ${en} ${place} has format ${found}; this program reads format ${format}, so it was not started. Use the version that wrote it.`,
  );
}
