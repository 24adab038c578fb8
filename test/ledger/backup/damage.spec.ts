import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CorruptLog } from '@ledger/domain';
import * as fc from 'fast-check';
import { restoreLedger, verifyBackup } from '../../../apps/ledger/src/backup/restore-ledger.js';
import { writeBackup } from '../../../apps/ledger/src/backup/write-backup.js';
import { CommandFailed } from '../../../apps/ledger/src/command-failed.js';
import { LedgerWithPapers } from '../../support/backed-up-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const directory = temporaryDirectory();
const data = join(directory.path, 'data');
const backup = join(directory.path, 'backup');
const silent = { onBytes: () => undefined, onFacts: () => undefined };

const backedUp = (target: string) => writeBackup({ directory: data, target }, () => undefined);
const verify = (from = backup) => verifyBackup(from, silent);

beforeAll(async () => {
  const { ledger } = await LedgerWithPapers.start(directory.path);
  await ledger.stop();
  // Stores that a ledger with accounts has besides.
  for (const name of ['drafts.db', 'identity.db', 'vault.db']) {
    const db = new DatabaseSync(join(data, name));
    db.exec(`CREATE TABLE kept (n INTEGER) STRICT; INSERT INTO kept VALUES (1); PRAGMA user_version = 3`);
    db.close();
  }
  // Who has uploaded what is remembered beside the files.
  mkdirSync(join(data, 'attachments/uploads/clerk-1'), { recursive: true });
  writeFileSync(join(data, 'attachments/uploads/clerk-1', 'a'.repeat(64)), '');
  await backedUp(backup);
});
afterAll(() => directory.remove());

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));

const changing = (path: string, at: number, bit: number, look: () => void): void => {
  const bytes = readFileSync(path);
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << bit);
  writeFileSync(path, changed);
  try {
    look();
  } finally {
    writeFileSync(path, bytes);
  }
};

const paper = (folder: string): string =>
  join(folder, 'attachments', readdirSync(join(folder, 'attachments'))[0] ?? '');

/** As the ledger would be a little later, for a second backup of it. */
async function withOneMoreFact(look: () => Promise<unknown>): Promise<void> {
  const db = new DatabaseSync(join(data, 'log.db'));
  db.exec("INSERT INTO streams (name) VALUES ('later')");
  db.close();
  await look();
  const again = new DatabaseSync(join(data, 'log.db'));
  again.exec("DELETE FROM streams WHERE name = 'later'");
  again.close();
}

const tampered = async (sql: string): Promise<string> => {
  const copy = join(directory.path, 'damaged-data');
  cpSync(data, copy, { recursive: true });
  const db = new DatabaseSync(join(copy, 'log.db'));
  db.exec(sql);
  db.close();
  const target = join(directory.path, 'damaged');
  await writeBackup({ directory: copy, target }, () => undefined);
  return target;
};

const gone = (): void => {
  for (const name of ['damaged-data', 'damaged']) rmSync(join(directory.path, name), { recursive: true });
};

describe('a backup that is whole', () => {
  it('holds every store and attachment, and verifies', () => {
    const names = filesOf(backup).toSorted();
    expect(names.filter((name) => !name.startsWith('attachments'))).toEqual([
      'drafts.db',
      'identity.db',
      'log.db',
      'manifest.json',
      'manifest.json.sha256',
      'vault.db',
    ]);
    expect(names.filter((name) => name.startsWith('attachments'))).toHaveLength(6);
    expect(readdirSync(join(backup, 'attachments/uploads/clerk-1'))).toEqual(['a'.repeat(64)]);
    const { manifest, facts, evidence } = verify();
    expect(manifest).toMatchObject({
      format: 1,
      origin: 'ledger.local',
      formats: { 'drafts.db': 3, 'identity.db': 3, 'log.db': 1, 'vault.db': 3 },
    });
    expect({ facts, evidence }).toEqual({ facts: manifest.log.position, evidence: 6 });
  });
});

describe('a single byte that is not what it was', () => {
  it('is found at every place of the manifest and of its seal', () => {
    for (const name of ['manifest.json', 'manifest.json.sha256']) {
      const { length } = readFileSync(join(backup, name));
      for (let at = 0; at < length; at++) {
        changing(join(backup, name), at, at % 8, () => expect(() => verify()).toThrow(CommandFailed));
      }
    }
    expect(verify().evidence).toBe(6);
  });

  it('is found wherever it is in any file', () => {
    const files = filesOf(backup);
    const places = fc.record({ file: fc.constantFrom(...files), at: fc.nat(), bit: fc.nat(7) });
    fc.assert(
      fc.property(places, ({ file, at, bit }) => {
        const path = join(backup, file);
        const place = at % readFileSync(path).length;
        changing(path, place, bit, () => expect(() => verify()).toThrow('不是完整无误的备份'));
      }),
      { numRuns: 250 },
    );
    for (const file of files) {
      const { length } = readFileSync(join(backup, file));
      for (const at of [0, length - 1])
        changing(join(backup, file), at, 0, () => expect(() => verify()).toThrow(CommandFailed));
    }
  });
});

describe('a backup whose files are not those of its manifest', () => {
  const cases: readonly { of: string; change: (folder: string, other: string) => void; says: string }[] = [
    { of: 'a store is missing', change: (folder) => rmSync(join(folder, 'vault.db')), says: '缺少文件vault.db' },
    { of: 'an attachment is missing', change: (folder) => rmSync(paper(folder)), says: '缺少文件attachments/' },
    {
      of: 'it is forgotten who uploaded a paper',
      change: (folder) => rmSync(join(folder, 'attachments/uploads'), { recursive: true }),
      says: '缺少文件attachments/uploads/clerk-1/',
    },
    { of: 'the manifest is missing', change: (folder) => rmSync(join(folder, 'manifest.json')), says: 'manifest.json' },
    { of: 'the seal is missing', change: (folder) => rmSync(join(folder, 'manifest.json.sha256')), says: 'sha256' },
    {
      of: 'a file was added',
      change: (folder) => writeFileSync(join(folder, 'log.db-wal'), ''),
      says: '多出文件log.db-wal',
    },
    {
      of: 'an attachment was added',
      change: (folder) => copyFileSync(paper(folder), join(folder, 'attachments', `${'0'.repeat(64)}.pdf`)),
      says: '多出文件attachments/',
    },
    {
      of: 'the log is that of another backup',
      change: (folder, other) => copyFileSync(join(other, 'log.db'), join(folder, 'log.db')),
      says: '文件log.db',
    },
    {
      of: 'the manifest is that of another backup',
      change: (folder, other) => {
        for (const name of ['manifest.json', 'manifest.json.sha256'])
          copyFileSync(join(other, name), join(folder, name));
      },
      says: '文件log.db',
    },
    {
      of: 'a file is cut off',
      change: (folder) => writeFileSync(join(folder, 'log.db'), readFileSync(join(folder, 'log.db')).subarray(0, 8192)),
      says: '实为8192字节',
    },
    {
      of: 'a file is a link that leads nowhere',
      change: (folder) => {
        rmSync(join(folder, 'identity.db'));
        symlinkSync('nowhere', join(folder, 'identity.db'));
      },
      says: 'identity.db',
    },
  ];

  it.each(cases)('is refused: $of; nothing is restored', async ({ change, says }) => {
    const [folder, other, target] = ['changed', 'other', 'restored'].map((name) => join(directory.path, name)) as [
      string,
      string,
      string,
    ];
    cpSync(backup, folder, { recursive: true });
    await withOneMoreFact(async () => backedUp(other));
    change(folder, other);
    expect(() => verify(folder)).toThrow(says);
    await expect(restoreLedger({ from: folder, target }, silent, () => undefined)).rejects.toThrow(CommandFailed);
    expect(readdirSync(directory.path).filter((name) => name.startsWith('restored'))).toEqual([]);
    for (const made of [folder, other]) rmSync(made, { recursive: true });
  });
});

describe('a ledger that was damaged before it was backed up', () => {
  it.each([
    [
      'a fact was changed',
      "UPDATE facts SET fact = replace(fact, '商铺', '店铺') WHERE position = 11",
      'leaf at position 11',
    ],
    ['a command was forgotten', 'DELETE FROM commands WHERE position = 11', 'command of the append at position 11'],
  ])('is found out by verifying and by restoring, which leaves nothing: %s', async (_, sql, says) => {
    const from = await tampered(sql);
    expect(() => verify(from)).toThrow(CorruptLog);
    expect(() => verify(from)).toThrow(says);
    const target = join(directory.path, 'restored');
    await expect(restoreLedger({ from, target }, silent, () => undefined)).rejects.toThrow(says);
    expect(readdirSync(directory.path).filter((name) => name.startsWith('restored'))).toEqual([]);
    gone();
  });

  it('is found out where a paper that a fact names is gone', async () => {
    const folder = join(data, 'attachments');
    const name = readdirSync(folder).find((file) => file.endsWith('.pdf')) ?? '';
    renameSync(join(folder, name), join(directory.path, name));
    const from = await tampered('');
    renameSync(join(directory.path, name), join(folder, name));
    expect(() => verify(from)).toThrow(`the attachment ${name.slice(0, 64)} of the fact at position`);
    gone();
  });

  it('is not backed up where a paper is not what its name says: the operator is told how to mend it', async () => {
    const folder = join(data, 'attachments');
    const name = readdirSync(folder).find((file) => file.endsWith('.pdf')) ?? '';
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), Buffer.concat([bytes.subarray(1), bytes.subarray(0, 1)]));
    const target = join(directory.path, 'refused');
    await expect(backedUp(target)).rejects.toThrow('重新上传原件');
    writeFileSync(join(folder, name), bytes);
    expect(readdirSync(directory.path).filter((entry) => entry.startsWith('refused'))).toEqual([]);
  });
});
