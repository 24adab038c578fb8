import { existsSync, readFileSync, truncateSync } from 'node:fs';
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
 * before is cleaned of them at its first start. It only grows.
 */
export class DestroyedKeys {
  readonly #entries = new Map<string, DestroyedKey>();

  constructor(private readonly path: string) {
    if (!existsSync(path)) return;
    const whole = mended(path);
    for (const line of whole.split('\n').filter((one) => one !== '')) {
      const entry = entryIn(line, path);
      this.#entries.set(entry.keyId, entry);
    }
  }

  all(): DestroyedKey[] {
    return [...this.#entries.values()];
  }

  has(keyId: string): boolean {
    return this.#entries.has(keyId);
  }

  get(keyId: string): DestroyedKey | undefined {
    return this.#entries.get(keyId);
  }

  /** Returns when the lines are on disk. */
  add(entries: readonly DestroyedKey[]): void {
    const added = entries.filter(({ keyId }) => !this.#entries.has(keyId));
    if (added.length === 0) return;
    if (existsSync(this.path)) mended(this.path);
    writeDurably(this.path, added.map((entry) => `${JSON.stringify(entry)}\n`).join(''), 'a');
    for (const entry of added) this.#entries.set(entry.keyId, entry);
  }
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
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
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
