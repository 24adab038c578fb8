import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAttachments } from '@ledger/attachments';
import { CommandHandling, ledgerOrigin } from '@ledger/commands';
import { commandIdOf, type RefusalCode } from '@ledger/domain';
import { openIdentity } from '@ledger/identity';
import { openDrafts } from '@ledger/drafts';
import { type EventLog, openMemoryLog, OutcomeUnknown, Unanswered, WrongRevision } from '@ledger/eventlog';
import type { Config } from '../../../apps/api/src/boot/config.js';
import { createApp } from '../../../apps/api/src/boot/create-app.js';
import type { Runtime } from '../../../apps/api/src/boot/runtime.js';
import { Vault } from '@ledger/vault';
import { ofConsent } from '../../support/household-people.js';
import { madeUpPeople } from '../../support/people.js';
import { projected } from '../../support/projected.js';
import { TOKEN } from '../../support/running-ledger.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

/** A refusal that no client can provoke: something behind the doors has to go wrong. */
export interface Fault {
  readonly status: number;
  readonly facts: object;
  readonly shows: readonly string[];
  readonly trouble: Trouble;
  /** Seconds after which to try again. */
  readonly retryAfter?: number;
  readonly request: (url: string) => Promise<Response>;
}

export interface Trouble {
  readonly append?: EventLog['append'];
  /** The views stay at position 0 and never come further. */
  readonly viewsStandStill?: true;
  /** Why the projector has stopped, in the words of its thread. */
  readonly failure?: string;
  /** Requests of one account in a minute. */
  readonly rateLimit?: number;
  /** The master key of the vault is lost. */
  readonly vaultKeyLost?: true;
  /** Bookings of which nobody can be told. */
  readonly untold?: NonNullable<Runtime['bookings']>['untold'];
}

const KEY = 'key-of-a-fault';

export const register = async (url: string): Promise<Response> =>
  fetch(`${url}/api/v1/divisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': KEY },
    body: JSON.stringify({ code: '330603', name: '柯桥区', effectiveOn: '2020-01-01' }),
  });

const readDivisions = async (url: string, query = ''): Promise<Response> =>
  fetch(`${url}/api/v1/divisions${query}`, { headers: { authorization: `Bearer ${TOKEN}` } });

export const faults = {
  CONCURRENT_CHANGE: {
    status: 409,
    facts: { stream: 'divisions-330603', attempts: 5 },
    shows: ['divisions-330603', '5'],
    trouble: {
      append: async ({ stream, expectedRevision }) => {
        throw new WrongRevision(stream, expectedRevision, expectedRevision + 1);
      },
    },
    request: register,
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    facts: { commandId: commandIdOf('operator', KEY) },
    shows: [commandIdOf('operator', KEY), 'Idempotency-Key'],
    trouble: {
      append: async () => {
        throw new OutcomeUnknown('the connection broke before the answer came');
      },
    },
    request: register,
  },
  STORE_UNAVAILABLE: {
    status: 503,
    facts: { store: 'log' },
    shows: ['EventStoreDB', 'Idempotency-Key'],
    trouble: {
      append: async () => {
        throw new Unanswered('no node of the cluster was there');
      },
    },
    request: register,
  },
  VAULT_SEALED: {
    status: 503,
    facts: { why: 'keyMissing' },
    shows: ['vault.key', 'LEDGER_VAULT_KEY'],
    trouble: { vaultKeyLost: true },
    request: async (url) =>
      fetch(`${url}/api/v1/households/household-1/personal-data`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': KEY },
        body: JSON.stringify(ofConsent(madeUpPeople(1))),
      }),
  },
  VIEW_BEHIND: {
    status: 503,
    facts: { wanted: 1, reached: 0 },
    shows: ['0', '1'],
    trouble: { viewsStandStill: true },
    request: async (url) => readDivisions(url, '?knownAt=1'),
  },
  RATE_LIMITED: {
    status: 429,
    facts: { policy: 'principal', limit: 2, windowSeconds: 60, waitSeconds: 60 },
    shows: ['2', '60', 'Idempotency-Key'],
    trouble: { rateLimit: 2 },
    retryAfter: 60,
    request: async (url) => {
      for (let n = 0; n < 2; n++) await readDivisions(url);
      return register(url);
    },
  },
  TOO_MANY_AT_ONCE: {
    status: 429,
    facts: { limit: 8, waitSeconds: 1 },
    shows: ['8', '1'],
    trouble: {},
    retryAfter: 1,
    request: async (url) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const path = `${url}/api/v1/attachments/${'a'.repeat(64)}`;
      const unfinished = Array.from({ length: 8 }, () => startUpload(path, headers));
      // An upload counts from when its headers have come.
      await Promise.all(unfinished.map(async (upload) => once(upload, 'socket')));
      await sleep(100);
      const response = await fetch(path, { method: 'PUT', headers, body: 'one more' });
      for (const upload of unfinished) upload.destroy();
      return response;
    },
  },
} satisfies Partial<Record<RefusalCode, Fault>>;

/** Says that a file comes, and sends the beginning of it. */
function startUpload(path: string, headers: Record<string, string>): ClientRequest {
  const upload = request(path, { method: 'PUT', headers: { ...headers, 'content-length': '100' }, agent: false });
  upload.on('error', () => undefined);
  upload.write('%PDF');
  return upload;
}

/** The whole interface before a ledger in memory in which something is wrong; the answer, and what the log held then. */
export async function answerIn({
  trouble,
  request: ask,
}: Pick<Fault, 'trouble' | 'request'>): Promise<{ response: Response; head: number }> {
  const memory = openMemoryLog();
  const origin = await ledgerOrigin(memory, { name: 'ledger.faults', demo: false });
  const directory = temporaryDirectory();
  const { read, remove } = await projected(memory);
  const identity = openIdentity(directory.path, { now: () => memory.now(), onError: () => undefined });
  const drafts = openDrafts(directory.path);
  const log: EventLog = trouble.append === undefined ? memory : { ...memory, append: trouble.append };
  const still = trouble.viewsStandStill === true;
  const runtime: Runtime = {
    log,
    origin,
    handling: new CommandHandling(log, origin),
    attachments: openAttachments(directory.path),
    identity,
    drafts,
    vault: vaultIn(directory.path, trouble),
    views: read,
    projector: {
      checkpoint: still ? 0 : 1,
      generation: 1,
      failure: trouble.failure,
      wake: () => undefined,
      reached: async () => !still,
    },
    bookings: { position: 0, untold: trouble.untold ?? [] },
    close: async () => undefined,
  };
  const app = await createApp({ ...config, rateLimit: trouble.rateLimit ?? 'off' }, runtime);
  try {
    await app.listen(0, '127.0.0.1');
    const response = await ask(await app.getUrl());
    return { response, head: await memory.head() };
  } finally {
    await app.close();
    identity.close();
    drafts.close();
    remove();
    directory.remove();
  }
}

function vaultIn(directory: string, { vaultKeyLost }: Trouble): Vault {
  if (vaultKeyLost !== true) return new Vault(directory);
  const before = new Vault(directory);
  before.fingerprint('its key is made with its first use');
  before.close();
  rmSync(join(directory, 'vault.key'));
  return new Vault(directory);
}

const config: Config = {
  port: 0,
  host: '127.0.0.1',
  directory: '',
  name: 'ledger.faults',
  demo: false,
  access: 'token',
  token: TOKEN,
  tokenFrom: 'environment',
  district: '330603',
  logLevel: 'silent',
  attachmentLimitBytes: 1_000_000,
  rateLimit: 'off',
  requestSeconds: 120,
  tlsProxy: false,
  destroyedKeys: '',
  telemetry: { traces: false },
};
