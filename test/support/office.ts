import assert from 'node:assert/strict';
import { type Answer, type RunningLedger, startLedger } from './running-ledger.js';

export const ADMIN_PASSWORD = 'seven white paper lanterns';
export const STAFF_PASSWORD = 'eleven green bamboo carts';

export interface Grant {
  readonly role: string;
  readonly division: string;
  readonly books?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

/** Somebody who has logged in: what he asks, he asks under his session. */
export interface Staff {
  readonly id: string;
  readonly token: string;
  readonly session: string;
  readonly headers: Record<string, string>;
  get<B = Record<string, unknown>>(path: string, headers?: Record<string, string>): Promise<Answer<B>>;
  post<B = Record<string, unknown>>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<B>>;
}

/** A ledger with accounts: its administrator has logged in, and lets others in. */
export interface Office {
  readonly ledger: RunningLedger;
  readonly admin: Staff;
  /** A new account with grants, that has chosen `STAFF_PASSWORD` and logged in. */
  staff(id: string, ...grants: readonly Grant[]): Promise<Staff>;
  logIn(id: string, password?: string): Promise<Staff>;
}

export interface Opened {
  readonly token: string;
  readonly session: string;
  readonly account: string;
  readonly until: string;
  readonly mustChangePassword: boolean;
}

/** Starts a ledger with accounts in an empty directory, and does what its first administrator does first. */
export async function openOffice(directory: string, env: Record<string, string> = {}): Promise<Office> {
  const ledger = await startLedger(directory, { env: { LEDGER_ACCESS: 'accounts', ...env } });
  await ledger.printed('POST http');
  const [once = ''] = /[a-z2-9]{5}(-[a-z2-9]{5}){3}/.exec(ledger.output()) ?? [];
  const admin = await firstLogIn(ledger, 'admin', once, ADMIN_PASSWORD);
  return officeOf(ledger, admin);
}

/** The same after a restart. */
export async function reopenOffice(directory: string, env: Record<string, string> = {}): Promise<Office> {
  const ledger = await startLedger(directory, { env: { LEDGER_ACCESS: 'accounts', ...env } });
  return officeOf(ledger, staffOf(ledger, await opened(ledger, 'admin', ADMIN_PASSWORD)));
}

function officeOf(ledger: RunningLedger, admin: Staff): Office {
  return {
    ledger,
    admin,
    async staff(id, ...grants) {
      const made = await admin.post<{ oneTimePassword: string }>('/accounts', { id });
      assert.equal(made.status, 201, made.text);
      for (const grant of grants) {
        const granted = await admin.post('/grants', { from: '2024-01-01', ...grant, account: id });
        assert.equal(granted.status, 201, granted.text);
      }
      return firstLogIn(ledger, id, made.body.oneTimePassword, STAFF_PASSWORD);
    },
    logIn: async (id, password = STAFF_PASSWORD) => staffOf(ledger, await opened(ledger, id, password)),
  };
}

async function firstLogIn(ledger: RunningLedger, id: string, once: string, chosen: string): Promise<Staff> {
  const first = staffOf(ledger, await opened(ledger, id, once));
  const changed = await first.post<Opened>('/session/password', { password: once, newPassword: chosen });
  assert.equal(changed.status, 201, changed.text);
  return staffOf(ledger, changed.body);
}

async function opened(ledger: RunningLedger, id: string, password: string): Promise<Opened> {
  const answer = await ledger.post<Opened>('/session', { id, password }, { authorization: '' });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

export function staffOf(ledger: RunningLedger, { account, token, session }: Opened): Staff {
  const headers = { authorization: `Bearer ${token}` };
  return {
    id: account,
    token,
    session,
    headers,
    get: (path, more = {}) => ledger.get(path, { ...headers, ...more }),
    post: (path, body = {}, more = {}) => ledger.post(path, body, { ...headers, ...more }),
  };
}
