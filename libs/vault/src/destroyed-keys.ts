import { closeSync, existsSync, fstatSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { writeDurably } from '@ledger/durable-files';

/** A key that nobody may have any more, and the request that it was destroyed for: no names, no numbers of people. */
export interface DestroyedKey {
  readonly keyId: string;
  readonly household: string;
  readonly part: string;
  readonly basis: string;
  /** What is to be recorded of it, in the words of whoever asked for it. */
  readonly request: Readonly<Record<string, unknown>>;
}

/** The list does not say what it must; a key that it names could come back with an old copy. */
export class BadDestroyedKeys extends Error {
  override readonly name = 'BadDestroyedKeys';
}

/**
 * The list of destroyed keys: a line of JSON each, beside the data directory and never in a backup, so that a copy made
 * before is cleaned of them at its first start. It only grows. Where several processes share it, what one has added the
 * others know when they next ask; whoever opens it or adds to it does so alone.
 */
export class DestroyedKeys {
  readonly #entries = new Map<string, DestroyedKey>();
  #bytes = 0;

  constructor(private readonly path: string) {
    if (existsSync(path)) this.#take(mended(path));
  }

  all(): DestroyedKey[] {
    return [...this.#known().values()];
  }

  has(keyId: string): boolean {
    return this.#known().has(keyId);
  }

  get(keyId: string): DestroyedKey | undefined {
    return this.#known().get(keyId);
  }

  /** Returns when the lines are on disk. */
  add(entries: readonly DestroyedKey[]): void {
    const known = this.#known();
    const added = entries.filter(({ keyId }) => !known.has(keyId));
    if (added.length === 0) return;
    if (existsSync(this.path)) mended(this.path);
    writeDurably(this.path, added.map((entry) => `${JSON.stringify(entry)}\n`).join(''), 'a');
    for (const entry of added) this.#entries.set(entry.keyId, entry);
  }

  #known(): ReadonlyMap<string, DestroyedKey> {
    const bytes = bytesOf(this.path);
    if (bytes !== undefined && bytes !== this.#bytes) this.#take(wholeLines(readFileSync(this.path, 'utf8')));
    return this.#entries;
  }

  #take(whole: string): void {
    for (const line of whole.split('\n').filter((one) => one !== '')) {
      const entry = entryIn(line, this.path);
      this.#entries.set(entry.keyId, entry);
    }
    this.#bytes = Buffer.byteLength(whole);
  }
}

/** By opening it: over a network that is when a file is looked at anew. A list that has gone says nothing new. */
function bytesOf(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

/** What another process is just adding is not there yet. */
function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** What the operator has to know where keys that the log says were destroyed were not on the list. */
export function listWasLost(list: string, lacked: number): string {
  return (
    `已销毁密钥清单${list}缺少账本所记的${lacked}个已销毁密钥:清单曾丢失,或不是最新的一份。已按账本重新销毁并补入清单。请查明原因,并另行备存现在的清单。` +
    ` The list of destroyed keys, ${list}, lacked ${lacked} keys that the ledger says were destroyed: it was lost, or is not the newest. They are destroyed again and on the list now. Find out what happened to it, and keep a copy of it as it is now.`
  );
}

/**
 * The list, with its last line ended. One that was cut off by a crash was never acknowledged, and nothing had been
 * destroyed for it, so it goes; one that is whole but for its end names a key, and stays.
 */
function mended(path: string): string {
  const text = readFileSync(path, 'utf8');
  const whole = wholeLines(text);
  if (whole.length === text.length) return text;
  if (isJson(text.slice(whole.length))) {
    writeDurably(path, '\n', 'a');
    return `${text}\n`;
  }
  truncateSync(path, Buffer.byteLength(whole));
  return whole;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function entryIn(line: string, path: string): DestroyedKey {
  try {
    const entry = JSON.parse(line) as DestroyedKey;
    const { keyId, household, part, basis, request } = entry;
    if ([keyId, household, part, basis].every((text) => typeof text === 'string') && typeof request === 'object') {
      return entry;
    }
  } catch {
    // Said below, without the line.
  }
  throw new BadDestroyedKeys(
    `${path} 中有无法读取的行,未启动:其中的密钥可能随旧备份恢复。请恢复该文件。` +
      ` ${path} has a line that cannot be read, so nothing is started: keys that it names could come back with an old copy. Restore the file.`,
  );
}
