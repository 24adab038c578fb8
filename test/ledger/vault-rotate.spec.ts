import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { openSqliteLog } from '@ledger/eventlog';
import { Vault } from '@ledger/vault';
import { run } from '../../apps/ledger/src/program.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

let directory: ReturnType<typeof temporaryDirectory>;
let printed: string;

beforeEach(async () => {
  directory = temporaryDirectory();
  await openSqliteLog(directory.path).close();
  printed = '';
  for (const stream of ['log', 'error'] as const) {
    jest.spyOn(console, stream).mockImplementation((text: string) => void (printed += `${text}\n`));
  }
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(`${directory.path}.destroyed-keys`, { force: true });
  directory.remove();
});

function holds(...households: string[]): void {
  const vault = new Vault(directory.path);
  for (const household of households) {
    vault.put({ household, part: 'CONSENT', keyId: household, document: {}, residentIds: [], revision: 1 });
  }
  vault.close();
}

const rotate = (...more: string[]) => run(['vault-rotate', '--data', directory.path, ...more]);
const keyInUse = () => readFileSync(join(directory.path, 'vault.key'), 'utf8');

it('changes nothing before the key that reads the backups of before has been put away', async () => {
  holds('household-1');
  const before = keyInUse();
  expect(await rotate()).toBe(1);
  expect(printed).toMatch(/请先把它另存.*Put a copy of it away, then ask again with --old-key-kept/);
  expect(keyInUse()).toBe(before);
});

it('asks for a backup in the end, and says what reads the older ones', async () => {
  holds('household-1');
  const before = keyInUse();
  expect(await rotate('--old-key-kept')).toBe(0);
  expect(keyInUse()).not.toBe(before);
  expect(printed).toContain('1 key is under another master key.');
  expect(printed).toMatch(/Make a backup now; those of before are read with the old key only/);
  holds('household-2');
  expect(await rotate('--old-key-kept')).toBe(0);
  expect(printed).toContain('2 keys are under another master key.');
});
