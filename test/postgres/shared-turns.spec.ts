import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable, openSharedTurns, openSyncConnection, type SharedTurns } from '@ledger/postgres';
import { type GivenPostgres, givenPostgres } from '../support/postgres.js';

let postgres: GivenPostgres;
let one: SharedTurns;
let other: SharedTurns;

beforeAll(async () => {
  postgres = await givenPostgres();
  one = openSharedTurns(postgres.url);
  other = openSharedTurns(postgres.url);
}, 120_000);

afterAll(async () => {
  one?.close();
  other?.close();
  await postgres?.stop();
});

const moment = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('turns of several processes', () => {
  it('are one at a time for a key, and independent for another', async () => {
    const did: string[] = [];
    const work = (who: string) => async (): Promise<void> => {
      did.push(`${who} begins`);
      await moment(60);
      did.push(`${who} ends`);
    };
    const first = one.alone('book', work('one'));
    const second = other.alone('book', work('other'));
    await other.alone('another book', async () => did.push('another'));
    await Promise.all([first, second]);
    expect(did.filter((each) => each !== 'another')).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
    expect(did.indexOf('another')).toBeLessThan(did.indexOf('one ends'));
  });

  it('go to the next when their work fails', async () => {
    const failed = one.alone('book', async () => Promise.reject(new Error('of the work')));
    await expect(failed).rejects.toThrow('of the work');
    await expect(other.alone('book', async () => 'done')).resolves.toBe('done');
  });

  it('end with their connection, and whoever has one finds out', async () => {
    const asking = openSyncConnection({ url: postgres.url, name: 'asking' });
    const had = one.alone('book', async (stillAlone) => {
      stillAlone();
      asking.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted");
      stillAlone();
    });
    await expect(had).rejects.toThrow(DatabaseUnavailable);
    asking.close();
  });

  it('are lost by a process that stands still, before it goes on', async () => {
    const child = spawn(process.execPath, ['dist/test/support/turn-holding-process.js', postgres.url, 'book'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      expect((await said.next()).value).toBe('has it');
      // As long as it lives it keeps its turn, though it says nothing.
      await moment(7_000);
      await expect(other.alone('book', async () => 'done')).rejects.toThrow(DatabaseUnavailable);
      child.kill('SIGSTOP');
      await expect(other.alone('book', async () => 'done')).resolves.toBe('done');
      child.kill('SIGCONT');
      child.stdin.write('go on\n');
      expect((await said.next()).value).toBe('DatabaseUnavailable');
    } finally {
      child.kill('SIGKILL');
    }
  }, 60_000);
});
