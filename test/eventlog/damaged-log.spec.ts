import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CorruptLog } from '@ledger/domain';
import { openSqliteLog } from '@ledger/eventlog';
import { appendOf } from '../support/appends.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

let directory = temporaryDirectory();
afterEach(() => {
  directory.remove();
  directory = temporaryDirectory();
});

const file = (): string => join(directory.path, 'log.db');

async function recordThree(): Promise<void> {
  const log = openSqliteLog(directory.path);
  for (const expectedRevision of [-1, 0, 1]) await log.append(appendOf({ expectedRevision }));
  await log.close();
}

function tamper(sql: string): void {
  const db = new DatabaseSync(file());
  db.exec(sql);
  db.close();
}

describe('a log whose newest facts contradict each other is not opened', () => {
  it.each([
    [
      'a fact was changed',
      "UPDATE facts SET fact = replace(fact, 'ledger', 'Ledger') WHERE position = 2",
      'leaf at position 2',
    ],
    ['a leaf was changed', 'UPDATE facts SET leaf = zeroblob(32) WHERE position = 3', 'leaf at position 3'],
    ['a fact is missing', 'DELETE FROM facts WHERE position = 2', 'before position 3 is missing'],
    [
      'a fact moved to another revision',
      'UPDATE facts SET revision = 7 WHERE position = 3',
      'does not find its revision 2',
    ],
    ['the last append is cut off', 'UPDATE facts SET remaining = 1 WHERE position = 3', 'position 3 is not whole'],
  ])('when %s', async (_, sql, said) => {
    await recordThree();
    tamper(sql);
    expect(() => openSqliteLog(directory.path)).toThrow(CorruptLog);
    expect(() => openSqliteLog(directory.path)).toThrow(said);
  });

  it('when the file is no database', async () => {
    await recordThree();
    writeFileSync(file(), 'this was a log once, and a long one at that'.repeat(200));
    expect(() => openSqliteLog(directory.path)).toThrow(CorruptLog);
  });

  it('and is opened again, untouched, once the true file is back', async () => {
    await recordThree();
    copyFileSync(file(), `${file()}.kept`);
    tamper('DELETE FROM facts WHERE position = 2');
    expect(() => openSqliteLog(directory.path)).toThrow(CorruptLog);
    copyFileSync(`${file()}.kept`, file());
    const log = openSqliteLog(directory.path);
    expect(await log.head()).toBe(3);
    await log.close();
  });
});
