import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '@ledger/eventlog';
import { DatabaseUnavailable } from '@ledger/postgres';
import {
  buildPostgresGeneration,
  everything,
  type FollowedViews,
  followPostgresViews,
  type ReadableLog,
  schemaOf,
} from '@ledger/readmodel';
import { Client } from 'pg';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';
import { projectInPostgres } from '../support/projected-in-postgres.js';
import { randomLedger } from './random-ledger.js';

const WITHIN_MS = 10_000;
/** Many looks of a follower: what has not come by then does not come. */
const LONG_MS = 900;

let postgres: GivenPostgres;
let admin: Client;
let log: EventLog;
let head: number;
let followed: FollowedViews | undefined;
let said: string[];

beforeAll(async () => {
  postgres = await givenPostgres();
  admin = await connectedTo(postgres.url);
  ({ log } = await randomLedger(3, 300));
  head = await log.head();
});

afterAll(async () => {
  await admin?.end();
  await postgres?.stop();
});

beforeEach(() => {
  said = [];
});

afterEach(async () => {
  await followed?.close();
  followed = undefined;
  const { rows } = await admin.query<{ name: string }>(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'views\\_%'",
  );
  for (const { name } of rows) await admin.query(`DROP SCHEMA ${name} CASCADE`);
});

describe('who follows the views in PostgreSQL', () => {
  it('waits for the first generation, then for each position', async () => {
    const { views, projector } = await follow();
    expect([projector.checkpoint, projector.generation, projector.failure]).toEqual([-1, 0, undefined]);
    expect(await projector.reached(0, 50)).toBe(false);
    expect(() => views.checkpoint()).toThrow('no generation');

    const half = await log.wholeAt(Math.floor(head / 2));
    await buildPostgresGeneration(upTo(half), postgres.url);
    expect(await projector.reached(half, WITHIN_MS)).toBe(true);
    expect(asked(half)).toEqual([half, 1]);
    expect(await projector.reached(half + 1, 50)).toBe(false);

    const waiting = projector.reached(head, WITHIN_MS);
    await projectInPostgres(log, postgres.url);
    expect(await waiting).toBe(true);
    expect(asked(head)).toEqual([head, 1]);
    expect(said).toEqual([]);
  });

  it('goes over to a newer generation once that has come to where the one before was, and lets that one go', async () => {
    await buildPostgresGeneration(log, postgres.url);
    const { projector } = await follow();
    expect(asked(head)).toEqual([head, 1]);
    expect(await isHeld(1)).toBe(true);

    await buildPostgresGeneration(upTo(await log.wholeAt(head - 20)), postgres.url);
    await passing(LONG_MS);
    expect(asked(head)).toEqual([head, 1]);

    await projectInPostgres(log, postgres.url, { generation: 2 });
    await until(() => projector.generation === 2);
    expect(asked(head)).toEqual([head, 2]);
    expect([await isHeld(1), await isHeld(2)]).toEqual([false, true]);
    expect(said).toEqual([]);
  });

  it('leaves a generation alone whose views are of another version, and says so once', async () => {
    await buildPostgresGeneration(log, postgres.url);
    const { projector } = await follow();
    await buildPostgresGeneration(upTo(0), postgres.url);
    await admin.query(`UPDATE ${schemaOf(2)}.view_version SET version = 999 WHERE name = 'voucher'`);
    await buildPostgresGeneration(upTo(0), postgres.url);
    await admin.query(`UPDATE ${schemaOf(3)}.generation SET format = 999`);
    await until(() => said.length === 2);
    await passing(LONG_MS);
    expect(said.toSorted()).toEqual([
      expect.stringContaining('Generation 2 of the views is not read: view voucher has version 999'),
      expect.stringContaining('Generation 3 of the views is not read: it has format 999'),
    ]);
    expect([projector.checkpoint, projector.generation, projector.failure]).toEqual([head, 1, undefined]);
  });

  it('goes on by itself after its connections were ended, and holds its generation again', async () => {
    await buildPostgresGeneration(log, postgres.url);
    const { views, projector } = await follow();
    await endConnections();
    await until(() => said.length > 0);
    await until(() => projector.failure === undefined);
    // The thread says of the first question after the loss that the connection was lost.
    await until(() => answers(() => views.divisions({ asOf: '2024-12-31', knownAt: head }, everything)));
    expect(asked(head)).toEqual([head, 1]);
    expect(await isHeld(1)).toBe(true);
  });

  it('refuses every question while the database is not there, and answers once it is', async () => {
    await buildPostgresGeneration(log, postgres.url);
    const { views, projector } = await follow();
    const { database } = (await admin.query('SELECT current_database() AS database')).rows[0] as { database: string };
    const elsewhere = await connectedTo(postgres.url, database === 'template1' ? 'postgres' : 'template1');
    try {
      await elsewhere.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
      await endConnections();
      await until(() => projector.failure !== undefined);
      await passing(LONG_MS);
      expect(said).toHaveLength(1);
      expect(() => views.checkpoint()).toThrow(DatabaseUnavailable);
      expect(await projector.reached(head + 1, WITHIN_MS)).toBe(false);
      expect(projector.checkpoint).toBe(head);
    } finally {
      await elsewhere.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
      await elsewhere.end();
    }
    await until(() => projector.failure === undefined);
    await until(() => answers(() => views.checkpoint()));
    expect(asked(head)).toEqual([head, 1]);
  });

  it('answers nothing while the database holds less than was read of it', async () => {
    await buildPostgresGeneration(log, postgres.url);
    const { views, projector } = await follow();
    await admin.query(`UPDATE ${schemaOf(1)}.generation SET position = position - 1`);
    await until(() => projector.failure !== undefined);
    expect(projector.failure).toContain(`position ${head - 1}`);
    expect(() => views.checkpoint()).toThrow(DatabaseUnavailable);
    expect(projector.checkpoint).toBe(head);
    await admin.query(`UPDATE ${schemaOf(1)}.generation SET position = position + 1`);
    await until(() => projector.failure === undefined);
    expect(asked(head)).toEqual([head, 1]);
  });

  it('takes up another generation where its own was removed', async () => {
    await buildPostgresGeneration(log, postgres.url);
    await buildPostgresGeneration(log, postgres.url);
    const { projector } = await follow();
    expect(projector.generation).toBe(2);
    await admin.query(`DROP SCHEMA ${schemaOf(2)} CASCADE`);
    await until(() => projector.generation === 1 && projector.failure === undefined);
    expect(asked(head)).toEqual([head, 1]);
    expect(said).toEqual([expect.stringContaining('Generation 2 of the views is gone')]);
  });
});

async function follow(): Promise<FollowedViews> {
  followed = await followPostgresViews({ url: postgres.url, onFailure: (failure) => said.push(failure) });
  return followed;
}

/** How far the views say that they are when asked about a position, and in which generation. */
function asked(knownAt: number): [checkpoint: number, generation: number] {
  const { views, projector } = followed as FollowedViews;
  expect(
    views.books({ division: '330603000000', books: 'all' }, { asOf: '2024-12-31', knownAt }, everything),
  ).not.toEqual([]);
  return [views.checkpoint(), projector.generation];
}

function upTo(position: number): ReadableLog {
  return {
    head: async () => position,
    readAfter: async (after, limit) => log.readAfter(after, Math.max(0, Math.min(limit, position - after))),
  };
}

async function isHeld(generation: number): Promise<boolean> {
  const lock = `hashtext('views'), ${generation}`;
  const { rows } = await admin.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${lock}) AS taken`);
  if (rows[0]?.taken === true) await admin.query(`SELECT pg_advisory_unlock(${lock})`);
  return rows[0]?.taken !== true;
}

async function endConnections(): Promise<void> {
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'ledger views%' AND pid <> pg_backend_pid()",
  );
}

function answers(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return false;
    throw error;
  }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`it did not come to that; said: ${said.join('; ')}`);
    await passing(20);
  }
}

async function passing(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

async function connectedTo(url: string, database?: string): Promise<Client> {
  const at = new URL(url);
  if (database !== undefined) at.pathname = `/${database}`;
  const client = new Client(at.href);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
