import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeysInLog, type Vault } from '@ledger/vault';
import { factOf } from '../support/given-ledger-year.js';
import { type VaultDirectory, vaultDirectory } from '../support/vault-directory.js';

let directory: VaultDirectory;
const open = (): Vault => directory.open();

beforeEach(() => {
  directory = vaultDirectory();
});
afterEach(() => directory.remove());

const place = (keyId: string) => ({ household: 'household-1', part: 'CONSENT', keyId });

const holding = (...revisions: readonly (readonly [keyId: string, revision: number])[]): Vault => {
  const vault = open();
  for (const [keyId, revision] of revisions) {
    vault.put({ ...place(keyId), document: { keyId, revision }, residentIds: [keyId], revision });
  }
  return vault;
};

/** A log of one household, a fact for each key that it names. */
function saying(...facts: readonly (readonly [type: string, keyId: string])[]): KeysInLog {
  const keys = new KeysInLog();
  facts.forEach(([type, keyId], revision) => {
    const data = { ...place(keyId), basis: 'SUBJECT_REQUEST' };
    const head = { version: 1, division: '330603008201', effectiveOn: '2024-02-01' };
    keys.add(factOf({ ...head, type, data }, 'household-household-1', revision));
  });
  return keys;
}

describe('a vault that is later than its log', () => {
  it('forgets keys that the log does not name, and how far it had come', () => {
    const vault = holding(['key-1', 0], ['key-2', 7]);
    expect(vault.setBackTo(saying(['PersonalDataEntered', 'key-1']))).toBe(1);
    expect(vault.read('household-1', 'CONSENT', 'key-2')).toBeUndefined();
    expect(vault.householdsOf('key-2')).toEqual([]);
    expect(vault.householdsOf('key-1')).toEqual(['household-1']);
    expect([0, 1].map((revision) => vault.hasReached('household-1', 'CONSENT', revision))).toEqual([true, false]);
    // Another log names it, and its ledger goes on.
    expect(vault.destroyedKey('key-2')).toBeUndefined();
  });

  it('is never taken to be further than it is', () => {
    const vault = holding(['key-1', 0]);
    vault.setBackTo(saying(['PersonalDataEntered', 'key-1'], ['PersonalDataCorrected', 'key-1']));
    expect(vault.hasReached('household-1', 'CONSENT', 1)).toBe(false);
  });
});

describe('a list that lacks what the log says', () => {
  it('gets it back, and the key is destroyed', async () => {
    const vault = holding(['key-1', 0]);
    const said = saying(['PersonalDataEntered', 'key-1'], ['SubjectKeyDestroyed', 'key-1']);
    const entry = { ...place('key-1'), basis: 'SUBJECT_REQUEST', request: { actor: 'clerk' } };
    expect(await vault.destroyUnlisted(said.destroyed())).toEqual([entry]);
    expect(vault.read('household-1', 'CONSENT', 'key-1')).toBeUndefined();
    expect(await vault.destroyUnlisted(said.destroyed())).toEqual([]);
    expect(open().destroyedKey('key-1')).toEqual(entry);
  });

  it('is looked for where nobody has looked yet, and everywhere once a recorded key is missing', async () => {
    const vault = holding(['key-1', 0]);
    expect(vault.comparedTo()).toBe(0);
    vault.setCompared(12);
    expect(vault.comparedTo()).toBe(12);
    vault.setRecorded({ ...place('key-0'), basis: 'SUBJECT_REQUEST', request: {} });
    expect(vault.comparedTo()).toBe(0);
    vault.forgetRecorded();
    expect(vault.comparedTo()).toBe(12);
  });
});
