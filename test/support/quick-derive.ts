import { hash } from 'node:crypto';
import type { Derive } from '@ledger/identity';

/** Stands in for Argon2id where a test is about something else, and tells how often it was asked. */
export function quickDerive(): { derive: Derive; runs: () => number } {
  let runs = 0;
  return {
    derive: async (password, salt, cost) => {
      runs++;
      return hash('sha256', `${password}\n${salt.toString('hex')}\n${JSON.stringify(cost)}`, 'buffer');
    },
    runs: () => runs,
  };
}
