import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseError, DatabaseUnavailable, openSyncConnection, type SyncConnection } from '@ledger/postgres';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';

let postgres: GivenPostgres;
let other: SyncConnection;
const opened: SyncConnection[] = [];

beforeAll(async () => {
  postgres = await givenPostgres();
  other = openSyncConnection({ url: postgres.url, name: 'other' });
  other.query('CREATE TABLE noted (what text PRIMARY KEY, fen bigint, bytes bytea)');
}, 120_000);

afterEach(() => {
  for (const each of opened.splice(0)) each.close();
  other.query('DELETE FROM noted');
});

afterAll(async () => {
  other?.close();
  await postgres?.stop();
});

function connection(options: { deadlineMs?: number; settings?: Record<string, string> } = {}): SyncConnection {
  const made = openSyncConnection({ url: postgres.url, name: 'under test', ...options });
  opened.push(made);
  return made;
}

const backendOf = (of: SyncConnection): number =>
  of.query<{ pid: number }>('SELECT pg_backend_pid() AS pid').rows[0]?.pid ?? 0;
const noted = (): unknown[] => other.query('SELECT what FROM noted ORDER BY what').rows;

/** Until the server has let go of it. */
function kill(pid: number): void {
  other.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
}

describe('a connection that answers at once', () => {
  it('gives rows as objects and as arrays, with exact numbers and bytes', () => {
    const db = connection();
    const bytes = new Uint8Array([0, 255, 7]);
    expect(db.query('INSERT INTO noted VALUES ($1, $2, $3)', ['a', Number.MAX_SAFE_INTEGER, bytes]).rowCount).toBe(1);
    expect(db.query('SELECT * FROM noted').rows).toEqual([{ what: 'a', fen: Number.MAX_SAFE_INTEGER, bytes }]);
    expect(db.query('SELECT what, fen FROM noted', [], { rowMode: 'array' }).rows).toEqual([
      ['a', Number.MAX_SAFE_INTEGER],
    ]);
    expect(db.query('SELECT sum(fen) AS fen FROM noted').rows).toEqual([{ fen: Number.MAX_SAFE_INTEGER }]);
    expect(db.query('SELECT 1 AS n; SELECT 2 AS n').rows).toEqual([{ n: 2 }]);
    expect(db.query('SELECT n FROM unnest($1::bigint[]) AS n', [[3, 4]]).rows).toEqual([{ n: 3 }, { n: 4 }]);
  });

  it('gives no number that is not exact', () => {
    const db = connection();
    expect(() => db.query('SELECT 9007199254740993::bigint AS n')).toThrow('is no exact integer');
    expect(db.query('SELECT 1 AS n').rows).toEqual([{ n: 1 }]);
  });

  it('sets up the session as it was told', () => {
    const db = connection({ settings: { search_path: 'views_7, public', statement_timeout: '1234ms' } });
    expect(db.query('SHOW search_path').rows).toEqual([{ search_path: 'views_7, public' }]);
    expect(db.query('SHOW statement_timeout').rows).toEqual([{ statement_timeout: '1234ms' }]);
  });

  it('tells the fault of a statement from a database that is not available', () => {
    const db = connection({ settings: { statement_timeout: '50ms' } });
    let caught: unknown;
    try {
      db.query('SELECT nothing_there');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DatabaseError);
    expect(caught).toMatchObject({ code: '42703' });
    expect(() => db.query('SELECT pg_sleep(5)')).toThrow(DatabaseUnavailable);
    expect(() => openSyncConnection({ url: 'postgres://127.0.0.1:1/none', name: 'nobody' })).toThrow(
      DatabaseUnavailable,
    );
  });

  it('waits no longer than its deadline, and goes on with a new connection', () => {
    const db = connection({ deadlineMs: 300, settings: { statement_timeout: '10s' } });
    const before = backendOf(db);
    const since = performance.now();
    expect(() => db.query('SELECT pg_sleep(3)')).toThrow(DatabaseUnavailable);
    expect(performance.now() - since).toBeLessThan(2_000);
    // What comes late to the question that was given up is not taken for the answer to this one.
    expect(db.query('SELECT 2 AS n').rows).toEqual([{ n: 2 }]);
    expect(backendOf(db)).not.toBe(before);
  });
});

describe('a connection that is lost', () => {
  it('is made anew, and begins as the first one did', () => {
    const db = connection();
    db.beginWith(["SELECT set_config('search_path', 'pg_temp', false)", 'SELECT pg_advisory_lock_shared(4711)']);
    kill(backendOf(db));
    // The first question may be the one by which the loss is noticed.
    try {
      db.query('SELECT 1');
    } catch (error) {
      expect(error).toBeInstanceOf(DatabaseUnavailable);
    }
    expect(db.query('SHOW search_path').rows).toEqual([{ search_path: 'pg_temp' }]);
    expect(other.query('SELECT pg_try_advisory_lock(4711) AS taken').rows).toEqual([{ taken: false }]);
  });

  it('keeps nobody waiting while there is no database', async () => {
    const own = await givenPostgres();
    const db = openSyncConnection({ url: own.url, name: 'bereft' });
    opened.push(db);
    await own.stop();
    expect(() => db.query('SELECT 1')).toThrow(DatabaseUnavailable);
    const since = performance.now();
    for (let i = 0; i < 20; i++) expect(() => db.query('SELECT 1')).toThrow(DatabaseUnavailable);
    expect(performance.now() - since).toBeLessThan(1_000);
  });

  it('takes its transaction with it: nothing of it stays, and no later statement of it is carried out', () => {
    const db = connection();
    let asked = 0;
    const work = (): void => {
      db.query('INSERT INTO noted (what) VALUES ($1)', ['first']);
      kill(backendOf(db));
      asked++;
      db.query('INSERT INTO noted (what) VALUES ($1)', ['second']);
      asked++;
    };
    expect(() => db.inTransaction(work)).toThrow(DatabaseUnavailable);
    expect({ asked, noted: noted() }).toEqual({ asked: 1, noted: [] });
    db.inTransaction(() => db.query('INSERT INTO noted (what) VALUES ($1)', ['third']));
    expect(noted()).toEqual([{ what: 'third' }]);
  });

  it('takes a transaction with it also where the work goes on after the error', () => {
    const db = connection();
    const work = (): void => {
      kill(backendOf(db));
      for (const what of ['a', 'b', 'c']) {
        try {
          db.query('INSERT INTO noted (what) VALUES ($1)', [what]);
        } catch {
          // As one that does not care would.
        }
      }
    };
    expect(() => db.inTransaction(work)).toThrow(DatabaseUnavailable);
    expect(noted()).toEqual([]);
  });

  it('does not take a transaction in which a statement failed for recorded', () => {
    const db = connection();
    const work = (): void => {
      db.query('INSERT INTO noted (what) VALUES ($1)', ['once']);
      expect(() => db.query('INSERT INTO noted (what) VALUES ($1)', ['once'])).toThrow(DatabaseError);
    };
    expect(() => db.inTransaction(work)).toThrow('nothing of the transaction was recorded');
    expect(noted()).toEqual([]);
  });

  it('leaves nothing of a transaction whose work fails', () => {
    const db = connection();
    const work = (): void => {
      db.query('INSERT INTO noted (what) VALUES ($1)', ['gone']);
      throw new Error('of the work');
    };
    expect(() => db.inTransaction(work)).toThrow('of the work');
    expect(noted()).toEqual([]);
    expect(db.isInTransaction).toBe(false);
  });
});
