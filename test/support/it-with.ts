import { spawnSync } from 'node:child_process';
import { it } from '@jest/globals';
import { tellAtTheEnd } from './told-at-the-end.js';

/**
 * `it` where the machine has these commands. Where it has not, the test is counted as skipped and says why: a test that
 * vanishes looks like one that passed.
 */
export function itWith(...commands: readonly string[]): typeof it | typeof it.skip {
  const missing = commands.filter((command) => spawnSync(command, ['--version']).error !== undefined);
  if (missing.length === 0) return it;
  return ((name: string, ...rest: [() => void]) => {
    tellAtTheEnd(`SKIPPED, ${missing.join(' and ')} not found on this machine: ${name}`);
    // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- the command that it needs is missing
    it.skip(name, ...rest);
  }) as typeof it.skip;
}
