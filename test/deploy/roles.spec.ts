import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { buildPostgresGeneration } from '@ledger/readmodel';
import { openMemoryLog } from '@ledger/eventlog';
import { Client } from 'pg';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';

const ROLES = readFileSync('deploy/roles.sql', 'utf8');
const PASSWORD = 'of-a-role-in-a-test';

let postgres: GivenPostgres;
let owner: Client;
let projector: Client;
let api: Client;

async function connected(url: string): Promise<Client> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function urlOf(role: string): string {
  const url = new URL(postgres.url);
  url.username = role;
  url.password = PASSWORD;
  return url.href;
}

/** The SQLSTATE that a statement is refused with; undefined when it is not. */
async function refusal(client: Client, sql: string): Promise<string | undefined> {
  try {
    await client.query(sql);
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

async function shown(client: Client, setting: string): Promise<unknown> {
  return Object.values((await client.query(`SHOW ${setting}`)).rows[0] as object)[0];
}

const DENIED = '42501';

beforeAll(async () => {
  postgres = await givenPostgres();
  owner = await connected(postgres.url);
  await owner.query(ROLES);
  for (const role of ['ledger_api', 'ledger_projector']) await owner.query(`ALTER ROLE ${role} PASSWORD '${PASSWORD}'`);
  projector = await connected(urlOf('ledger_projector'));
  api = await connected(urlOf('ledger_api'));
  await buildPostgresGeneration(openMemoryLog(), urlOf('ledger_projector'));
  await api.query(
    'CREATE TABLE identity.account (id TEXT); CREATE TABLE vault.subject_key (id TEXT); CREATE TABLE drafts.draft (id TEXT)',
  );
});

afterAll(async () => {
  await Promise.all([projector?.end(), api?.end()]);
  for (const role of ['ledger_api', 'ledger_projector']) await owner?.query(`DROP OWNED BY ${role} CASCADE`);
  await owner?.end();
  await postgres?.stop();
});

describe('the roles of the ledger in PostgreSQL', () => {
  it('can be given again to a database that has them', async () => {
    expect(await refusal(owner, ROLES)).toBeUndefined();
  });

  it('let the projector make, fill and drop generations of the views', async () => {
    expect(await refusal(projector, 'CREATE SCHEMA views_77; CREATE TABLE views_77.row (id BIGINT); INSERT INTO views_77.row VALUES (1)')).toBeUndefined(); // prettier-ignore
    expect(await refusal(projector, 'DROP SCHEMA views_77 CASCADE')).toBeUndefined();
  });

  it('let the api read the views, and write none', async () => {
    expect((await api.query('SELECT min(position) AS position FROM views_1.generation')).rows).toEqual([
      { position: '0' },
    ]);
    expect(await refusal(api, 'UPDATE views_1.generation SET position = 1')).toBe(DENIED);
    expect(await refusal(api, 'DELETE FROM views_1.generation')).toBe(DENIED);
    expect(await refusal(api, 'TRUNCATE views_1.generation')).toBe(DENIED);
    expect(await refusal(api, 'DROP SCHEMA views_1 CASCADE')).toBe(DENIED);
    expect(await refusal(api, 'CREATE TABLE views_1.more (id BIGINT)')).toBe(DENIED);
    expect(await refusal(api, 'CREATE SCHEMA views_2')).toBe(DENIED);
  });

  it('let the api take the lock that keeps a generation from being dropped under its readers', async () => {
    expect(
      await refusal(api, "SELECT pg_advisory_lock_shared(hashtext('views'), 1), pg_advisory_unlock_all()"),
    ).toBeUndefined();
  });

  it.each(['identity.account', 'vault.subject_key', 'drafts.draft'])('keep %s from the projector', async (table) => {
    expect(await refusal(projector, `SELECT * FROM ${table}`)).toBe(DENIED);
    expect(await refusal(projector, `INSERT INTO ${table} VALUES ('1')`)).toBe(DENIED);
    expect(await refusal(api, `INSERT INTO ${table} VALUES ('1')`)).toBeUndefined();
  });

  it('make neither of them more than it is', async () => {
    for (const client of [api, projector]) {
      expect(await refusal(client, 'CREATE ROLE more')).toBe(DENIED);
      expect(await refusal(client, 'CREATE DATABASE more')).toBe(DENIED);
      expect(await refusal(client, 'SET ROLE postgres')).toBe(DENIED);
      expect(await refusal(client, 'CREATE TABLE public.anything (id TEXT)')).toBe(DENIED);
      expect(await refusal(client, 'SELECT * FROM pg_authid')).toBe(DENIED);
    }
    expect(await refusal(api, 'SET ROLE ledger_projector')).toBe(DENIED);
  });

  it('bound how long a statement, a lock and an open transaction last', async () => {
    expect(await shown(api, 'statement_timeout')).toBe('30s');
    expect(await shown(projector, 'statement_timeout')).toBe('30min');
    for (const client of [api, projector]) {
      expect(await shown(client, 'lock_timeout')).toBe('5s');
      expect(await shown(client, 'idle_in_transaction_session_timeout')).toBe('15s');
      expect(await shown(client, 'synchronous_commit')).toBe('on');
    }
    await api.query('SET statement_timeout = 50');
    expect(await refusal(api, 'SELECT pg_sleep(5)')).toBe('57014');
  });
});
