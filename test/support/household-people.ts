import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { shanghaiDate } from '@ledger/domain';
import { madeUpPeople } from './people.js';
import type { Answer, RunningLedger } from './running-ledger.js';

type Person = ReturnType<typeof madeUpPeople>;

export const consentBody = (...purposes: string[]) => ({
  purposes: purposes.length === 0 ? ['BENEFIT_TRACKING'] : purposes,
  noticeVersion: 'notice-2024-1',
  effectiveOn: '2024-02-05',
});

export const ofConsent = ({ name, residentId, phone, address }: Person) => ({
  consent: { people: [{ name, relation: 'HEAD', residentId, phone }], address },
});

export const ofStatute = ({ name, bankAccount }: Person, retainUntil = '2099-12-31') => ({
  statutory: { payee: { name, bankAccount, bank: '示例银行' }, retainUntil },
});

/** What is asked about the people of a household, over HTTP. */
export class HouseholdPeople {
  constructor(
    private readonly ledger: RunningLedger,
    readonly household: string,
  ) {}

  consent(...purposes: string[]): Promise<Answer> {
    return this.ledger.post(`${this.#path}/consent`, consentBody(...purposes));
  }

  /** Given on the day on which it is asked for. */
  consentToday(): Promise<Answer> {
    const effectiveOn = shanghaiDate(Date.now());
    return this.ledger.post(`${this.#path}/consent`, { ...consentBody(), effectiveOn });
  }

  withdraw(effectiveOn: string, ...purposes: string[]): Promise<Answer> {
    return this.ledger.post(`${this.#path}/consent/withdrawal`, {
      purposes: purposes.length === 0 ? ['BENEFIT_TRACKING'] : purposes,
      effectiveOn,
    });
  }

  enter(body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ledger.post(`${this.#path}/personal-data`, body, headers);
  }

  correct(body: object, key: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    return this.ledger.put(`${this.#path}/personal-data`, Buffer.from(JSON.stringify(body)), headers);
  }

  masked(): Promise<Answer> {
    return this.ledger.get(`${this.#path}/personal-data`);
  }

  reveal(part: string, purpose: string, more: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ledger.post(`${this.#path}/personal-data/reveal`, { part, purpose, ...more }, headers);
  }

  export(headers: Record<string, string> = {}): Promise<Answer> {
    return this.ledger.post(`${this.#path}/personal-data/export`, { basis: 'request-1' }, headers);
  }

  erase(part: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ledger.post(`${this.#path}/personal-data/erasure`, { part, basis: 'SUBJECT_REQUEST' }, headers);
  }

  get #path(): string {
    return `/households/${this.household}`;
  }
}

/** The wrapped keys of a household, as they lie in the file of the vault. */
export function wrappedKeysOf(directory: string, household: string): Record<string, Buffer> {
  const db = new DatabaseSync(join(directory, 'vault.db'), { readOnly: true });
  const rows = db.prepare('SELECT part, wrapped FROM subject_keys WHERE household = ?').all(household);
  db.close();
  const keys = rows.map(({ part, wrapped }) => [`key of ${String(part)}`, Buffer.from(wrapped as Uint8Array)] as const);
  return Object.fromEntries(keys.filter(([, key]) => key.some((byte) => byte !== 0)));
}

/** The data directory and what lies beside it under its name. */
export function everythingOf(directory: string): string[] {
  const beside = dirname(directory);
  return readdirSync(beside)
    .filter((name) => join(beside, name).startsWith(directory))
    .map((name) => join(beside, name));
}
