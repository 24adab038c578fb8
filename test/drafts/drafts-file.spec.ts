import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DRAFTS_FILE, type DraftStore, openDrafts } from '@ledger/drafts';
import { draftOf } from '../support/drafts.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

let directory: ReturnType<typeof temporaryDirectory>;
let store: DraftStore;

beforeEach(() => {
  directory = temporaryDirectory();
  store = openDrafts(directory.path);
});

afterEach(() => {
  store.close();
  directory.remove();
});

const add = (id: string): void => store.add(draftOf(id), { version: 1, body: {} }, 'f'.repeat(64));

it('can be put in order after the turn of the event loop in which drafts were looked for: nobody reads any more', async () => {
  expect(store.fingerprintOf('a')).toBeUndefined();
  await setImmediate();
  const other = new DatabaseSync(join(directory.path, DRAFTS_FILE));
  expect(other.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toMatchObject({ busy: 0 });
  other.close();
});

it('is for its owner alone, also when others could read it before', () => {
  const path = join(directory.path, DRAFTS_FILE);
  add('a');
  store.close();
  chmodSync(path, 0o644);
  store = openDrafts(directory.path);
  add('b');
  for (const name of [path, `${path}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
});

it('is left alone where it is of another format', () => {
  const other = temporaryDirectory();
  const db = new DatabaseSync(join(other.path, DRAFTS_FILE));
  db.exec('PRAGMA user_version = 7');
  db.close();
  expect(() => openDrafts(other.path)).toThrow(/has format 7; this program reads format 1/);
  writeFileSync(join(other.path, DRAFTS_FILE), 'no database at all, but long enough to be looked at as one');
  expect(() => openDrafts(other.path)).toThrow(/not a database/);
  other.remove();
});
