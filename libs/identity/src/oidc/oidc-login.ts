import { Refusal } from '@ledger/domain';
import * as client from 'openid-client';
import type { OidcSubject } from '../accounts.js';
import { type BegunFlows, Flows } from './flows.js';

export interface OidcSettings {
  /** An https address; http only on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** A public client has none; PKCE protects both. */
  readonly clientSecret?: string;
  /** The page to which the provider sends people back, exactly as it is registered there. */
  readonly redirectUri: string;
}

export interface BegunLogin {
  readonly authorizationUrl: string;
  /** To be kept by the page that began, and sent with what comes back. */
  readonly flow: string;
}

/** Log-in at an identity provider: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 9700). */
export interface OidcLogin {
  readonly issuer: string;
  /** From one network so many at once: its oldest go first. */
  begin(address: string): Promise<BegunLogin>;
  /** Whom the provider vouches for; refuses what it did not say to whoever began this flow. */
  complete(flow: string, callbackUrl: string): Promise<OidcSubject>;
}

interface Surroundings {
  readonly now: () => number;
  /** Told why a log-in did not hold; the asker is told only that it did not. */
  readonly onError: (reason: string) => void;
  readonly fetch?: client.CustomFetch;
  /** Where another process may complete what this one begins. */
  readonly flows?: BegunFlows | undefined;
}

/** What a provider says of itself is asked again after ten minutes. */
const DISCOVERY_HOLDS_MS = 10 * 60_000;
const ANSWERS_WITHIN_SECONDS = 10;
const CODE_CHALLENGE_METHOD = 'S256';

export function openIdProvider(
  settings: OidcSettings,
  { now, onError, fetch, flows = new Flows(now) }: Surroundings,
): OidcLogin {
  const provider = new Provider(settings, now, fetch);
  return {
    issuer: settings.issuer,
    async begin(address) {
      const configuration = await provider.configuration().catch((error: unknown) => {
        onError(reasonOf(error));
        throw new Refusal('OIDC_UNAVAILABLE', {});
      });
      const flow = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: settings.redirectUri,
        // Nothing but who it is: no name, no address.
        scope: 'openid',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.codeVerifier),
        code_challenge_method: CODE_CHALLENGE_METHOD,
      });
      return { authorizationUrl: url.href, flow: flows.begin(flow, address) };
    },
    async complete(secret, callbackUrl) {
      const flow = flows.take(secret);
      if (flow === undefined) throw new Refusal('OIDC_FLOW_UNKNOWN', {}, 'flow');
      try {
        return await vouchedFor(await provider.configuration(), flow, callbackOf(callbackUrl, settings.redirectUri));
      } catch (error) {
        onError(reasonOf(error));
        throw new Refusal(isOutOfReach(error) ? 'OIDC_UNAVAILABLE' : 'OIDC_LOGIN_FAILED', {});
      }
    },
  };
}

async function vouchedFor(
  configuration: client.Configuration,
  { state, nonce, codeVerifier }: { state: string; nonce: string; codeVerifier: string },
  callback: URL,
): Promise<OidcSubject> {
  const tokens = await client.authorizationCodeGrant(configuration, callback, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('the provider gave no ID token');
  return { issuer: claims.iss, subject: claims.sub };
}

/** Only what came to the registered page is what the provider has sent. */
function callbackOf(text: string, redirectUri: string): URL {
  const callback = URL.parse(text);
  if (callback === null || `${callback.origin}${callback.pathname}` !== new URL(redirectUri).href) {
    throw new Error('what came back did not come to the registered page');
  }
  return callback;
}

class Provider {
  #metadata: { readonly of: Promise<client.ServerMetadata>; readonly untilMs: number } | undefined;

  constructor(
    private readonly settings: OidcSettings,
    private readonly now: () => number,
    private readonly fetch: client.CustomFetch | undefined,
  ) {}

  /**
   * A new configuration has no keys yet, so they are fetched for every log-in: a key that the provider has begun to use
   * is known at once, and one that it has withdrawn is believed no more.
   */
  async configuration(): Promise<client.Configuration> {
    const metadata = await this.#discovered();
    const configuration = new client.Configuration(metadata, this.settings.clientId, undefined, this.#authentication);
    this.#set(configuration);
    // The signature of an ID token is checked even though it comes straight from the provider.
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  #discovered(): Promise<client.ServerMetadata> {
    if (this.#metadata !== undefined && this.now() < this.#metadata.untilMs) return this.#metadata.of;
    const { issuer, clientId } = this.settings;
    const discovery = client.discovery(new URL(issuer), clientId, undefined, this.#authentication, {
      timeout: ANSWERS_WITHIN_SECONDS,
      execute: this.#isOnThisMachine ? [client.allowInsecureRequests] : [],
      ...(this.fetch && { [client.customFetch]: this.fetch }),
    });
    const of = discovery.then((found) => found.serverMetadata());
    this.#metadata = { of, untilMs: this.now() + DISCOVERY_HOLDS_MS };
    // A provider that could not be reached is asked again at once.
    of.catch(() => (this.#metadata = undefined));
    return of;
  }

  #set(configuration: client.Configuration): void {
    configuration.timeout = ANSWERS_WITHIN_SECONDS;
    if (this.#isOnThisMachine) client.allowInsecureRequests(configuration);
    if (this.fetch !== undefined) configuration[client.customFetch] = this.fetch;
  }

  get #authentication(): client.ClientAuth {
    const { clientSecret } = this.settings;
    return clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
  }

  get #isOnThisMachine(): boolean {
    return new URL(this.settings.issuer).protocol === 'http:';
  }
}

/** The library says what was wrong in the cause, by names and without values. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? `${String(error)}: ${cause.message}` : String(error);
}

/** The network failed, or the provider answers 5xx: it is not what the asker sent. */
function isOutOfReach(error: unknown): boolean {
  const { code, cause, status } = error as { code?: string; cause?: unknown; status?: number };
  if (code === 'OAUTH_TIMEOUT' || error instanceof TypeError) return true;
  if (status !== undefined) return status >= 500;
  return cause instanceof Response && cause.status >= 500;
}
