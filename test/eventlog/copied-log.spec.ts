import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CorruptLog, openLedger } from '@ledger/domain';
import {
  openSqliteLog,
  openUnchanging,
  standingOfCopy,
  UNVERIFIED_LOG,
  UnfinishedRestore,
  verifyCopiedLog,
} from '@ledger/eventlog';
import { appendOf, rent } from '../support/appends.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const T0 = Date.UTC(2024, 2, 15);
let directory: ReturnType<typeof temporaryDirectory>;
let file = '';

// The ledger's first fact at 1, an append of three at 2 to 4, single ones at 5 and 6.
beforeEach(async () => {
  directory = temporaryDirectory();
  file = join(directory.path, 'log.db');
  let nowMs = T0;
  const log = openSqliteLog(directory.path, { clock: { now: () => (nowMs += 1000) } });
  await log.append(appendOf({ stream: 'origin-keqiao', facts: [openLedger('keqiao', true, '2024-03-15')] }));
  await log.append(appendOf({ stream: 'ledger-1-2024', facts: ['一', '二', '三'].map(rent) }));
  await log.append(appendOf({ stream: 'ledger-2-2024' }));
  await log.append(appendOf({ stream: 'ledger-2-2024', expectedRevision: 0 }));
  await log.close();
});
afterEach(() => directory.remove());

function tamper(sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

const nothing = (): void => undefined;

describe('a copied log', () => {
  it('is read whole, in order, and says where it ends', () => {
    const positions: string[] = [];
    const standing = verifyCopiedLog(file, ({ stream, revision }, position) =>
      positions.push(`${position} ${stream} ${revision}`),
    );
    expect(positions).toEqual([
      '1 origin-keqiao 0',
      '2 ledger-1-2024 0',
      '3 ledger-1-2024 1',
      '4 ledger-1-2024 2',
      '5 ledger-2-2024 0',
      '6 ledger-2-2024 1',
    ]);
    expect(standing).toMatchObject({ origin: 'keqiao', position: 6 });
    expect(standingOfCopy(file)).toEqual(standing);
  });

  it('is not changed by that, and nothing is made beside it', () => {
    chmodSync(directory.path, 0o500);
    const before = readdirSync(directory.path);
    verifyCopiedLog(file, nothing);
    expect(readdirSync(directory.path)).toEqual(before);
    expect(() => openUnchanging(file).exec('DELETE FROM facts')).toThrow('readonly');
    chmodSync(directory.path, 0o700);
  });

  it.each([
    ['a fact is missing', 'DELETE FROM facts WHERE position = 3', 'before position 4 is missing'],
    ['its beginning is missing', 'DELETE FROM facts WHERE position = 1', 'before position 2 is missing'],
    [
      'a fact was changed',
      "UPDATE facts SET fact = replace(fact, '二', '贰') WHERE position = 3",
      'leaf at position 3',
    ],
    ['a leaf was changed', 'UPDATE facts SET leaf = zeroblob(32) WHERE position = 1', 'leaf at position 1'],
    [
      'an instant was changed',
      'UPDATE facts SET recorded_at = recorded_at + 1 WHERE position = 2',
      'leaf at position 2',
    ],
    ['time goes back', 'UPDATE facts SET recorded_at = 1 WHERE position = 5', 'back at position 5'],
    ['a fact stands at another revision', 'UPDATE facts SET revision = 9 WHERE position = 6', 'but stands as 9'],
    [
      'a fact stands in another stream',
      'UPDATE facts SET stream = 1, revision = 1 WHERE position = 6',
      'but stands as 1 of origin-keqiao',
    ],
    ['a stream has another name', "UPDATE streams SET name = 'x' WHERE id = 2", 'of x after'],
    ['a stream has no name', 'DELETE FROM streams WHERE id = 2', 'of  after'],
    ['an append is torn', 'UPDATE facts SET remaining = 0 WHERE position = 3', 'before position 3 is not whole'],
    ['the last append is cut off', 'UPDATE facts SET remaining = 1 WHERE position = 6', 'position 6 is not whole'],
    [
      'an append runs into the next',
      'UPDATE facts SET remaining = 1 WHERE position = 4',
      'before position 4 is not whole',
    ],
    ['a command was forgotten', 'DELETE FROM commands WHERE position = 5', 'command of the append at position 5'],
    [
      'a command counts other facts',
      'UPDATE commands SET facts = 2 WHERE position = 4',
      'command of the append at position 4',
    ],
    ['there is a command too many', "INSERT INTO commands VALUES (x'00', x'00', 6, 1)", '5 commands for 4 appends'],
    ['it has no facts', 'DELETE FROM facts; DELETE FROM commands', 'no facts'],
  ])('is refused where %s', (_, sql, said) => {
    tamper(sql);
    expect(() => verifyCopiedLog(file, nothing)).toThrow(CorruptLog);
    expect(() => verifyCopiedLog(file, nothing)).toThrow(said);
  });

  it('that has lost its end whole says an earlier end; only who knows the true one can tell', () => {
    const { position } = standingOfCopy(file);
    tamper(`DELETE FROM facts WHERE position = 6; DELETE FROM commands WHERE position = 6`);
    expect(verifyCopiedLog(file, nothing).position).toBe(position - 1);
  });

  it('is refused where it does not begin with the fact that opens a ledger', async () => {
    const other = temporaryDirectory();
    const log = openSqliteLog(other.path);
    await log.append(appendOf());
    await log.close();
    expect(() => standingOfCopy(join(other.path, 'log.db'))).toThrow('with IncomeRecorded');
    other.remove();
  });
});

it('a directory with a log that nobody has verified yet is not one to begin a ledger in', () => {
  const unfinished = temporaryDirectory();
  new DatabaseSync(join(unfinished.path, UNVERIFIED_LOG)).close();
  expect(() => openSqliteLog(unfinished.path)).toThrow(UnfinishedRestore);
  expect(readdirSync(unfinished.path)).toEqual([UNVERIFIED_LOG]);
  unfinished.remove();
});
