import type { DestroyedKey, Held } from '@ledger/vault';
import { madeUpPeople } from './people.js';

/** What is held of the people of one household. */
export function held(serial: number, said: Partial<Held> = {}): Held {
  const { residentId, ...person } = madeUpPeople(serial);
  return {
    household: `household-${serial}`,
    part: 'CONSENT',
    keyId: `key-${serial}`,
    document: { people: [{ ...person, residentId }] },
    residentIds: [residentId],
    revision: 2,
    ...said,
  };
}

export function destroyed(serial: number): DestroyedKey {
  return {
    keyId: `key-${serial}`,
    household: `household-${serial}`,
    part: 'CONSENT',
    basis: 'SUBJECT_REQUEST',
    request: { command: 'ErasePersonalData' },
  };
}
