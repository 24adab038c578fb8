import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DraftStore, openDrafts } from '@ledger/drafts';
import { type Identity, openIdentity } from '@ledger/identity';
import { DatabaseUnavailable, openSyncConnection, type SyncConnection } from '@ledger/postgres';
import { isMaybeDone, openSharedStores, type SharedStores } from '@ledger/private-database';
import { type CuttingProxy, cuttingProxy } from '../support/cutting-proxy.js';
import { draftOf } from '../support/drafts.js';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';

let postgres: GivenPostgres;
let beside: SyncConnection;
let proxy: CuttingProxy;
let stores: SharedStores;
let drafts: DraftStore;
let identity: Identity;

beforeAll(async () => {
  postgres = await givenPostgres();
  beside = openSyncConnection({ url: postgres.url, name: 'beside' });
  proxy = await cuttingProxy(postgres.url);
}, 120_000);
beforeEach(async () => {
  beside.query('DROP SCHEMA IF EXISTS identity CASCADE; DROP SCHEMA IF EXISTS drafts CASCADE');
  stores = await openSharedStores(proxy.url);
  drafts = openDrafts(stores);
  identity = openIdentity(stores, { now: () => Date.now(), onError: () => undefined });
});
afterEach(() => {
  proxy.mend();
  identity.close();
  stores.close();
});
afterAll(async () => {
  beside?.close();
  await proxy?.end();
  await postgres?.stop();
});

const add = (id = 'a'): void => drafts.add(draftOf(id), { version: 1, body: {} }, 'f');
const count = (table: string): unknown => beside.query(`SELECT count(*) AS n FROM ${table}`).rows[0]?.['n'];

/** From now on the server ends the connection in the middle of whatever does this. */
function endsConnection(kind: string, when: string): void {
  beside.query(`
    CREATE FUNCTION drafts.ends() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NEW; END $$;
    CREATE ${kind} ends ${when} FOR EACH ROW EXECUTE FUNCTION drafts.ends();
  `);
}

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** The thread makes the connection anew within a quarter of a second. */
function eventually<T>(ask: () => T): T {
  for (let tries = 0; ; tries++) {
    try {
      return ask();
    } catch (error) {
      if (tries === 20) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

const mends = (): unknown => beside.query('DROP FUNCTION drafts.ends CASCADE');

describe('a connection that is lost', () => {
  it('in the middle of a transaction leaves nothing of it, and the next one is whole', () => {
    endsConnection('TRIGGER', 'AFTER INSERT ON drafts.contents');
    expect(() => add()).toThrow(DatabaseUnavailable);
    expect([count('drafts.drafts'), count('drafts.contents')]).toEqual([0, 0]);
    mends();
    add();
    expect([count('drafts.drafts'), count('drafts.contents')]).toEqual([1, 1]);
  });

  it('in the commit, before it was done, is an error, and nothing is there', () => {
    endsConnection('CONSTRAINT TRIGGER', 'AFTER INSERT ON drafts.drafts DEFERRABLE INITIALLY DEFERRED');
    expect(() => add()).toThrow(DatabaseUnavailable);
    expect(count('drafts.drafts')).toBe(0);
    mends();
    add();
    expect(drafts.find('a')).toEqual(draftOf('a'));
  });

  it('with the answer to the commit is asked after, and done is done', () => {
    proxy.loseNextCommit();
    add();
    expect(count('drafts.drafts')).toBe(1);
    expect(() => add()).toThrow(/duplicate key/);
  });

  it('for longer than that leaves open what became of it, until the server is there again', () => {
    proxy.loseNextCommitAndClose();
    const error = thrownBy(add);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    if (!isMaybeDone(error)) throw new Error('it must be possible to ask after it');
    expect(() => error.wasDone()).toThrow(DatabaseUnavailable);
    proxy.mend();
    expect(eventually(() => error.wasDone())).toBe(true);
    expect(drafts.find('a')).toEqual(draftOf('a'));
  });

  it('writes nothing of the record of access twice, and loses nothing of it', () => {
    identity.record.add({ account: 'clerk-1', address: 'x', operation: 'o', what: 'denied' });
    proxy.loseNextCommitAndClose();
    expect(() => identity.record.before(9, 9)).toThrow(DatabaseUnavailable);
    identity.record.add({ account: 'clerk-1', address: 'x', operation: 'o', what: 'denied' });
    expect(() => identity.record.before(9, 9)).toThrow(DatabaseUnavailable);
    proxy.mend();
    expect(eventually(() => identity.record.before(9, 9)).map(({ number, count: n }) => [number, n])).toEqual([[1, 2]]);
  });
});
