import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed } from '../command-failed.js';
import { OWNER_ONLY } from './hashed-file.js';
import { ATTACHMENTS, isAttachment, stores } from './stores.js';

export interface KeptFile {
  /** Below the backup's folder, with `/`. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a backup says of itself. */
export interface Manifest {
  readonly format: number;
  /** The ledger's name, from its first fact. */
  readonly origin: string;
  /** The last fact in the copied log: another copy of the same ledger has the same leaf there. */
  readonly log: { readonly position: number; readonly leaf: string; readonly recordedAt: string };
  readonly madeAt: string;
  readonly madeWith: { readonly node: string; readonly sqlite: string };
  /** The format (`user_version`) of each database. */
  readonly formats: Readonly<Record<string, number>>;
  readonly files: readonly KeptFile[];
}

/** Bumped when a backup is laid out otherwise; another one is refused, never guessed at. */
export const BACKUP_FORMAT = 1;
const MANIFEST = 'manifest.json';
/** As `sha256sum` writes it, so that `sha256sum -c` checks the manifest without a program of ours. */
const SEAL = 'manifest.json.sha256';

/** The two files that no manifest lists. */
export const unlisted: readonly string[] = [MANIFEST, SEAL];

/** Writes the manifest, the last files of a backup; gives its SHA-256. */
export function writeManifest(directory: string, manifest: Manifest): string {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  const sha256 = hash('sha256', text, 'hex');
  for (const [name, content] of [
    [MANIFEST, text],
    [SEAL, sealOf(sha256)],
  ] as const) {
    writeFileSync(join(directory, name), content, { mode: OWNER_ONLY, flag: 'wx', flush: true });
  }
  return sha256;
}

/** The manifest of a backup, once it is what its seal says. */
export function readManifest(directory: string): { manifest: Manifest; sha256: string } {
  const [text, seal] = [textOf(directory, MANIFEST), textOf(directory, SEAL)];
  const sha256 = hash('sha256', text, 'hex');
  if (seal !== sealOf(sha256))
    throw notWhole(directory, `${MANIFEST}与${SEAL}不符`, `${MANIFEST} is not what ${SEAL} says`);
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== BACKUP_FORMAT) {
    throw new CommandFailed(
      `${directory} 的备份格式为${manifest.format},本程序只认格式${BACKUP_FORMAT}。请用写出该备份的程序版本恢复。` +
        ` The backup ${directory} has format ${manifest.format}; this program reads format ${BACKUP_FORMAT}. Restore it with the version that made it.`,
    );
  }
  const stranger = manifest.files.find(({ name }) => !isKnown(name));
  if (stranger !== undefined)
    throw notWhole(directory, `不认识文件${stranger.name}`, `${stranger.name} is no file of a ledger`);
  return { manifest, sha256 };
}

/** A backup that has lost, gained or changed a byte. */
export function notWhole(directory: string, zh: string, en: string): CommandFailed {
  return new CommandFailed(
    `${directory} 不是完整无误的备份:${zh}。请改用另一份备份;这一份请勿删除,留待查明原因。` +
      ` ${directory} is not a whole backup: ${en}. Use another backup, and keep this one to find out what happened to it.`,
  );
}

/** Names become paths, so that a manifest may name nothing but files of a ledger. */
function isKnown(name: string): boolean {
  const [folder, ...below] = name.split('/');
  return stores.includes(name) || (folder === ATTACHMENTS && isAttachment(below.join('/')));
}

function sealOf(sha256: string): string {
  return `${sha256}  ${MANIFEST}\n`;
}

function textOf(directory: string, name: string): string {
  try {
    return readFileSync(join(directory, name), 'utf8');
  } catch (error) {
    throw notWhole(directory, `无法读取${name}(${String(error)})`, `${name} cannot be read (${String(error)})`);
  }
}
