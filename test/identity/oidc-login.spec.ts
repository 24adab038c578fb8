import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OidcLogin, openIdProvider } from '@ledger/identity';
import { refusedWith } from '../support/given-identity.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type IdentityProvider,
  OTHER_CLIENT_ID,
  REDIRECT,
  startIdentityProvider,
} from '../support/identity-provider.js';

const MINUTE_MS = 60_000;
const ADDRESS = '203.0.113.1';
let provider: IdentityProvider;
let nowMs: number;
let errors: string[];
/** What takes the place of the ID token that the provider gave. */
let forge: ((claims: Record<string, unknown>) => string) | undefined;

beforeAll(async () => {
  provider = await startIdentityProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  nowMs = Date.now();
  errors = [];
  forge = undefined;
  provider.subject = 'subject-1';
});
afterEach(() => {
  provider.down = false;
});

/** What the ledger asks goes to the real provider; only an ID token on its way back may be exchanged. */
const asThroughAProxy = async (url: string, options: object): Promise<Response> => {
  const response = await fetch(url, options);
  if (forge === undefined || !url.endsWith('/token')) return response;
  const body = (await response.json()) as { id_token: string };
  const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1] ?? '', 'base64url').toString()) as object;
  const exchanged = { ...body, id_token: forge({ ...claims }) };
  return new Response(JSON.stringify(exchanged), { status: 200, headers: { 'content-type': 'application/json' } });
};

const ledgerAt = (more: object = {}): OidcLogin =>
  openIdProvider(
    { issuer: provider.issuer, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, redirectUri: REDIRECT, ...more },
    { now: () => nowMs, onError: (reason) => errors.push(reason), fetch: asThroughAProxy },
  );

const throughTheBrowser = async (ledger: OidcLogin, address = ADDRESS) => {
  const { authorizationUrl, flow } = await ledger.begin(address);
  return { flow, callback: await provider.visit(authorizationUrl) };
};

it('lets the provider say who it is, and asks for nothing but that, with PKCE, state and nonce', async () => {
  const ledger = ledgerAt();
  const { authorizationUrl, flow } = await ledger.begin(ADDRESS);
  const asked = new URL(authorizationUrl).searchParams;
  expect(asked.get('scope')).toBe('openid');
  expect(asked.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
  const callback = await provider.visit(authorizationUrl);
  expect(await ledger.complete(flow, callback)).toEqual({ issuer: provider.issuer, subject: 'subject-1' });
  expect(errors).toEqual([]);
});

it('follows the provider to another key at once, and believes the one before no more', async () => {
  const ledger = ledgerAt();
  const before = await throughTheBrowser(ledger);
  expect(await ledger.complete(before.flow, before.callback)).toMatchObject({ subject: 'subject-1' });
  const withOldKey = provider.signer();

  provider.rotate();
  provider.subject = 'subject-2';
  const after = await throughTheBrowser(ledger);
  expect(await ledger.complete(after.flow, after.callback)).toMatchObject({ subject: 'subject-2' });

  const forged = await throughTheBrowser(ledger);
  forge = withOldKey;
  expect(await refusedWith(() => ledger.complete(forged.flow, forged.callback))).toBe('OIDC_LOGIN_FAILED');
  expect(errors).toEqual([expect.stringContaining('no applicable keys found')]);
});

it('understands a rotation between the two halves of a log-in', async () => {
  const ledger = ledgerAt();
  const under = await throughTheBrowser(ledger);
  provider.rotate();
  expect(await ledger.complete(under.flow, under.callback)).toMatchObject({ subject: 'subject-1' });
});

describe('a log-in', () => {
  it('counts once', async () => {
    const ledger = ledgerAt();
    const { flow, callback } = await throughTheBrowser(ledger);
    await ledger.complete(flow, callback);
    expect(await refusedWith(() => ledger.complete(flow, callback))).toBe('OIDC_FLOW_UNKNOWN');
  });

  it('counts once even if it failed', async () => {
    const ledger = ledgerAt();
    const { flow, callback } = await throughTheBrowser(ledger);
    expect(await refusedWith(() => ledger.complete(flow, `${callback}x`))).toBe('OIDC_LOGIN_FAILED');
    expect(await refusedWith(() => ledger.complete(flow, callback))).toBe('OIDC_FLOW_UNKNOWN');
  });

  it('is over after ten minutes, and one that nobody began is none', async () => {
    const ledger = ledgerAt();
    const { flow, callback } = await throughTheBrowser(ledger);
    nowMs += 10 * MINUTE_MS;
    expect(await refusedWith(() => ledger.complete(flow, callback))).toBe('OIDC_FLOW_UNKNOWN');
    expect(await refusedWith(() => ledger.complete(`gff_${'A'.repeat(43)}`, callback))).toBe('OIDC_FLOW_UNKNOWN');
  });

  it('that another began is not completed with one’s own code: state and flow belong together', async () => {
    const ledger = ledgerAt();
    const [victims, attackers] = [await throughTheBrowser(ledger), await throughTheBrowser(ledger)];
    expect(await refusedWith(() => ledger.complete(victims.flow, attackers.callback))).toBe('OIDC_LOGIN_FAILED');
    expect(errors).toEqual([expect.stringMatching(/state/)]);
  });

  it('does not take a code twice: the provider has seen it', async () => {
    const ledger = ledgerAt();
    const first = await throughTheBrowser(ledger);
    await ledger.complete(first.flow, first.callback);
    const second = await throughTheBrowser(ledger);
    const replayed = new URL(second.callback);
    replayed.searchParams.set('code', new URL(first.callback).searchParams.get('code') ?? '');
    expect(await refusedWith(() => ledger.complete(second.flow, replayed.href))).toBe('OIDC_LOGIN_FAILED');
  });

  it('does not take a code that was given to another client of the provider', async () => {
    const [ledger, other] = [ledgerAt(), ledgerAt({ clientId: OTHER_CLIENT_ID })];
    const [mine, theirs] = [await throughTheBrowser(ledger), await throughTheBrowser(other)];
    const stolen = new URL(mine.callback);
    stolen.searchParams.set('code', new URL(theirs.callback).searchParams.get('code') ?? '');
    expect(await refusedWith(() => ledger.complete(mine.flow, stolen.href))).toBe('OIDC_LOGIN_FAILED');
  });

  it('comes back to the registered page, from the provider that was asked', async () => {
    const ledger = ledgerAt();
    for (const change of [
      (url: URL) => (url.hostname = 'localhost'),
      (url: URL) => (url.pathname = '/elsewhere'),
      (url: URL) => url.searchParams.set('iss', 'https://other.example'),
      (url: URL) => url.searchParams.delete('iss'),
      (url: URL) => url.searchParams.delete('state'),
      (url: URL) => url.searchParams.append('state', 'x'),
    ]) {
      const { flow, callback } = await throughTheBrowser(ledger);
      const url = new URL(callback);
      change(url);
      expect([url.href, await refusedWith(() => ledger.complete(flow, url.href))]).toEqual([
        url.href,
        'OIDC_LOGIN_FAILED',
      ]);
    }
    const { flow } = await ledger.begin(ADDRESS);
    expect(await refusedWith(() => ledger.complete(flow, 'no address'))).toBe('OIDC_LOGIN_FAILED');
    const denied = await ledger.begin(ADDRESS);
    const callback = `${REDIRECT}?error=access_denied&state=${new URL(denied.authorizationUrl).searchParams.get('state')}&iss=${encodeURIComponent(provider.issuer)}`;
    expect(await refusedWith(() => ledger.complete(denied.flow, callback))).toBe('OIDC_LOGIN_FAILED');
  });
});

const withForged = async (change: (claims: Record<string, unknown>) => object) => {
  const ledger = ledgerAt();
  const { flow, callback } = await throughTheBrowser(ledger);
  forge = (claims) => provider.signer()({ ...claims, ...change(claims) });
  return { code: await refusedWith(() => ledger.complete(flow, callback)), reason: errors.join() };
};

describe('an ID token', () => {
  // The claim that is wrong, or none.
  it.each<[string, string, (claims: Record<string, unknown>) => object]>([
    ['that is as it was', '', () => ({})],
    ['for another audience', '"aud"', () => ({ aud: OTHER_CLIENT_ID })],
    ['of another issuer', '"iss"', () => ({ iss: 'https://other.example' })],
    ['of another log-in', '"nonce"', () => ({ nonce: 'n'.repeat(43) })],
    ['of no log-in', '"nonce"', () => ({ nonce: undefined })],
    ['that is over', '"exp"', ({ iat }) => ({ iat: Number(iat) - 7_200, exp: Number(iat) - 3_600 })],
    ['that names nobody', '"sub"', () => ({ sub: undefined })],
    ['handed on by another client', '"aud"', () => ({ aud: [CLIENT_ID, OTHER_CLIENT_ID] })],
  ])('%s is refused for %s', async (_, claim, change) =>
    expect(await withForged(change)).toEqual({
      code: claim === '' ? 'nothing' : 'OIDC_LOGIN_FAILED',
      reason: expect.stringContaining(claim),
    }),
  );

  it('with a signature of nobody, or none, is refused', async () => {
    const ledger = ledgerAt();
    for (const tamper of [
      (token: string) => `${token.slice(0, -6)}AAAAAA`,
      (token: string) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`,
      (token: string) => token.split('.').slice(0, 2).join('.'),
    ]) {
      const { flow, callback } = await throughTheBrowser(ledger);
      forge = (claims) => tamper(provider.signer()(claims));
      expect(await refusedWith(() => ledger.complete(flow, callback))).toBe('OIDC_LOGIN_FAILED');
    }
  });
});

describe('a provider', () => {
  it('that is not there is said to be out of reach, and asked again the next time', async () => {
    const ledger = ledgerAt();
    provider.down = true;
    expect(await refusedWith(() => ledger.begin(ADDRESS))).toBe('OIDC_UNAVAILABLE');
    provider.down = false;
    const { flow, callback } = await throughTheBrowser(ledger);
    provider.down = true;
    expect(await refusedWith(() => ledger.complete(flow, callback))).toBe('OIDC_UNAVAILABLE');
    const nowhere = ledgerAt({ issuer: 'http://127.0.0.1:9' });
    expect(await refusedWith(() => nowhere.begin(ADDRESS))).toBe('OIDC_UNAVAILABLE');
  });

  it('that calls itself otherwise than it is called is not asked', async () => {
    const ledger = ledgerAt({ issuer: provider.issuer.replace('127.0.0.1', 'localhost') });
    expect(await refusedWith(() => ledger.begin(ADDRESS))).toBe('OIDC_UNAVAILABLE');
  });

  it('is asked what it is once in ten minutes, and for its keys at every log-in', async () => {
    const ledger = ledgerAt();
    provider.asked.length = 0;
    const many = (path: string) => provider.asked.filter((asked) => asked === path).length;
    for (let i = 0; i < 3; i++) {
      const { flow, callback } = await throughTheBrowser(ledger);
      await ledger.complete(flow, callback);
    }
    expect([many('/.well-known/openid-configuration'), many('/jwks')]).toEqual([1, 3]);
    nowMs += 10 * MINUTE_MS;
    await ledger.begin(ADDRESS);
    expect(many('/.well-known/openid-configuration')).toBe(2);
  });

  it('does not keep ten thousand log-ins and one: the oldest ends', async () => {
    const ledger = ledgerAt();
    const first = await throughTheBrowser(ledger);
    for (let i = 0; i < 10_000; i++) await ledger.begin(`198.51.${i >> 8}.${i & 255}`);
    expect(await refusedWith(() => ledger.complete(first.flow, first.callback))).toBe('OIDC_FLOW_UNKNOWN');
  });

  it('keeps a hundred of a network, whose oldest ends; those of others stay', async () => {
    const ledger = ledgerAt();
    const [other, first] = [await throughTheBrowser(ledger), await throughTheBrowser(ledger, '2001:db8:1:2::1')];
    const second = await throughTheBrowser(ledger, '2001:db8:1:2::2');
    for (let i = 0; i < 99; i++) await ledger.begin(`2001:db8:1:2:ffff::${i}`);
    expect(await refusedWith(() => ledger.complete(first.flow, first.callback))).toBe('OIDC_FLOW_UNKNOWN');
    expect(await ledger.complete(second.flow, second.callback)).toMatchObject({ subject: 'subject-1' });
    for (let i = 0; i < 10_000; i++) await ledger.begin('2001:db8:1:2::3');
    expect(await ledger.complete(other.flow, other.callback)).toMatchObject({ subject: 'subject-1' });
  });
});
