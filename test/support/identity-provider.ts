import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export const CLIENT_ID = 'gongfu-ledger';
export const CLIENT_SECRET = 'secret-of-the-ledger-at-its-provider';
/** A client of the same provider that is not the ledger. */
export const OTHER_CLIENT_ID = 'some-other-program';
export const REDIRECT = 'http://127.0.0.1:9/signed-in';

/** A real OpenID provider on loopback, which lets in without asking whoever the test says. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Who logs in next. */
  subject: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** Answers 503 while it is true. */
  down: boolean;
  /** From now on ID tokens are signed with a new key, and the old one is published no more. */
  rotate(): void;
  /** What a browser is sent back to with, after following an authorization URL. */
  visit(authorizationUrl: string): Promise<string>;
  /** Signs ID tokens with the key that it has now, for ever. */
  signer(): (claims: object) => string;
  close(): Promise<void>;
}

/** What a ledger is told of it in its environment. */
export function oidcEnvironment({ issuer }: Pick<IdentityProvider, 'issuer'>): Record<string, string> {
  return {
    LEDGER_OIDC_ISSUER: issuer,
    LEDGER_OIDC_CLIENT_ID: CLIENT_ID,
    LEDGER_OIDC_CLIENT_SECRET: CLIENT_SECRET,
    LEDGER_OIDC_REDIRECT: REDIRECT,
  };
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  let [key, provider, serve] = [newKey(), undefined as Provider | undefined, undefined as RequestListener | undefined];
  const asked: string[] = [];
  const kept: Kept = new Map();
  const server = createServer((request, response) => {
    asked.push((request.url ?? '').split('?')[0] ?? '');
    if (started.down) response.writeHead(503).end();
    else if (request.url?.startsWith('/interaction/') === true) void letIn(request, response);
    else serve?.(request, response);
  });
  const letIn = async (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    provider?.interactionFinished(request, response, { login: { accountId: started.subject } });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const begin = (): void => {
    provider = new Provider(issuer, configurationWith(key, kept));
    serve = provider.callback();
  };
  const started: IdentityProvider = {
    issuer,
    subject: 'subject-1',
    asked,
    down: false,
    rotate: () => {
      key = newKey();
      begin();
    },
    visit,
    signer: () => {
      const present = key;
      return (claims) => signed(claims, present);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  begin();
  return started;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

function newKey(): SigningKey {
  return { kid: randomUUID(), privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey };
}

const client = (id: string) => ({ client_id: id, client_secret: CLIENT_SECRET, redirect_uris: [REDIRECT] });

function configurationWith({ kid, privateKey }: SigningKey, kept: Kept): object {
  return {
    adapter: adapterOver(kept),
    clients: [client(CLIENT_ID), client(OTHER_CLIENT_ID)],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only-for-the-tests'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    // Nobody is asked whether the ledger may know who he is.
    loadExistingGrant: async ({ oidc }: Context) => {
      const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: Object.fromEntries(
      ['AccessToken', 'AuthorizationCode', 'Grant', 'IdToken', 'Interaction', 'Session'].map((name) => [name, 600]),
    ),
  };
}

/** What the provider has given out; it outlives a change of keys. */
type Kept = Map<string, Record<string, unknown>>;

function adapterOver(kept: Kept) {
  return (model: string) => ({
    upsert: async (id: string, payload: Record<string, unknown>) => void kept.set(`${model} ${id}`, payload),
    find: async (id: string) => kept.get(`${model} ${id}`),
    findByUid: async (uid: string) => [...kept.values()].find((payload) => payload['uid'] === uid),
    consume: async (id: string) => void Object.assign(kept.get(`${model} ${id}`) ?? {}, { consumed: 1 }),
    destroy: async (id: string) => void kept.delete(`${model} ${id}`),
    revokeByGrantId: async (grantId: string) => {
      for (const [key, payload] of kept) if (payload['grantId'] === grantId) kept.delete(key);
    },
  });
}

interface Context {
  readonly oidc: {
    readonly provider: Provider;
    readonly session: { readonly accountId: string };
    readonly client: { readonly clientId: string };
  };
}

/** A browser without a memory of earlier visits: follows redirects with its cookies, up to the page of the ledger. */
async function visit(authorizationUrl: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = authorizationUrl;
  for (let steps = 0; steps < 10; steps++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${url} leads nowhere: ${response.status} ${await response.text()}`);
    url = new URL(location, url).href;
    if (url.startsWith(REDIRECT)) return url;
  }
  throw new Error(`${authorizationUrl} never comes back`);
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims: object, { kid, privateKey }: SigningKey): string {
  const text = `${part({ alg: 'RS256', kid })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}
