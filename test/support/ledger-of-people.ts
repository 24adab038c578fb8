import { createHash, randomUUID } from 'node:crypto';
import { openAttachments } from '@ledger/attachments';
import { CommandHandling, ledgerOrigin } from '@ledger/commands';
import { type EventLog, openMemoryLog } from '@ledger/eventlog';
import { openDrafts } from '@ledger/drafts';
import { openIdentity } from '@ledger/identity';
import { openReadModel } from '@ledger/readmodel';
import { Vault } from '@ledger/vault';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AUTHENTICATOR, type Authenticator } from '../../apps/api/src/access/authenticators.js';
import type { Config } from '../../apps/api/src/boot/config.js';
import { createApp } from '../../apps/api/src/boot/create-app.js';
import type { Runtime } from '../../apps/api/src/boot/runtime.js';
import { consentBody, ofConsent } from './household-people.js';
import { project } from './projected.js';
import { temporaryDirectory } from './temporary-directory.js';
import { clerkOf, NOW, VILLAGES, type VillageName, VillagesApart } from './villages-apart.js';

export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly bytes: Buffer;
}

/** A whole interface before a ledger in memory, in which people have accounts; a token is an account's name. */
export interface LedgerOfPeople {
  readonly villages: VillagesApart;
  readonly log: EventLog;
  readonly url: string;
  ask(by: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Said>;
  /** Brings the views to the head. */
  project(): Promise<void>;
  close(): Promise<void>;
}

/** Two with the same facts but for the secret answer the same bytes to whoever may not know it. */
export async function ledgerOfPeople(secret = 0): Promise<LedgerOfPeople> {
  const log = openMemoryLog({ now: () => NOW });
  const origin = await ledgerOrigin(log, { name: 'ledger.people', demo: false });
  const directory = temporaryDirectory();
  const attachments = openAttachments(directory.path);
  const handling = new CommandHandling(log, origin, attachments);
  const keep = async (text: string): Promise<string> => {
    const bytes = Buffer.from(text);
    const sha256 = hashOf(bytes);
    await attachments.put(sha256, oneChunk(bytes));
    return sha256;
  };
  const villages = new VillagesApart(log, handling, secret, keep);
  await villages.record();
  await villages.publish();
  await project(log, directory.path);
  const views = openReadModel(directory.path);
  const identity = openIdentity(directory.path, { now: () => NOW, onError: () => undefined });
  // To whom requests give roles; the others need no account, because names are let in here.
  const asked = { account: 'admin', address: '127.0.0.1', operation: 'test' };
  await identity.addAccount('somebody', asked, { issuer: 'https://id.example', subject: 'somebody' });
  const drafts = openDrafts(directory.path);
  const vault = new Vault(directory.path);
  const runtime: Runtime = {
    log,
    origin,
    handling,
    attachments,
    drafts,
    vault,
    identity,
    views,
    projector: {
      get checkpoint() {
        return views.checkpoint();
      },
      generation: 1,
      failure: undefined,
      wake: () => undefined,
      reached: async () => true,
    },
    bookings: { position: 0, untold: [] },
    close: async () => undefined,
  };
  const app = await createApp({ ...config, directory: directory.path }, runtime);
  letEverybodyIn(app);
  await app.listen(0, '127.0.0.1');
  const ask: LedgerOfPeople['ask'] = async (by, method, path, body, headers = {}) => {
    const answer = await app.inject({
      method: method as 'GET',
      url: path.startsWith('/api') ? path : `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${by}`,
        ...(body === undefined || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' || method === 'PUT' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, bytes: answer.rawPayload };
  };
  const close = async (): Promise<void> => {
    await app.close();
    drafts.close();
    identity.close();
    views.close();
    directory.remove();
  };
  try {
    for (const name of VILLAGES) await submit(name, villages, ask);
  } catch (error) {
    // Open doors would keep the process of the test alive for ever.
    await close();
    throw error;
  }
  const url = await app.getUrl();
  return { villages, log, url, project: async () => void (await project(log, directory.path)), ask, close };
}

/** What the clerk of a village does through the doors: he submits a receipt, and enters the people of a household. */
async function submit(name: VillageName, villages: VillagesApart, ask: LedgerOfPeople['ask']): Promise<void> {
  const place = villages.place(name);
  const send = async (path: string, body: object): Promise<{ draft?: { id: string } }> => {
    const key = { 'idempotency-key': `${name}-${path.slice(path.lastIndexOf('/') + 1)}` };
    const said = await ask(clerkOf(name), 'POST', path, body, key);
    if (said.status >= 300) throw new Error(`${path}: ${said.text}`);
    return JSON.parse(said.text) as { draft?: { id: string } };
  };
  const { draft } = await send(`/books/${place.book}/income`, villages.income(name));
  await send(`/households/${place.household}/consent`, consentBody());
  await send(`/households/${place.household}/personal-data`, ofConsent(villages.person(name)));
  villages.places.set(name, { ...place, draft: draft?.id ?? '' });
}

/** Here who somebody is is not the question: whoever names an account is taken for it. */
function letEverybodyIn(app: NestFastifyApplication): void {
  const authenticator = app.get<Authenticator>(AUTHENTICATOR);
  authenticator.authenticate = (token) => ({ id: token, via: 'session' });
}

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const config: Config = {
  port: 0,
  host: '127.0.0.1',
  directory: '',
  name: 'ledger.people',
  demo: false,
  access: 'accounts',
  token: 'token-of-nobody-at-all',
  tokenFrom: 'environment',
  district: '330603',
  rateLimit: 'off',
  requestSeconds: 120,
  tlsProxy: false,
  destroyedKeys: '',
  telemetry: { traces: false },
  logLevel: 'silent',
  attachmentLimitBytes: 1_000_000,
};
