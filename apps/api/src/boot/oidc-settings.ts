import type { OidcSettings } from '@ledger/identity';
import { BadConfiguration, secretSetting } from '@ledger/settings';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** The identity provider, where one is to be used. */
export function oidcSettings(env: NodeJS.ProcessEnv): OidcSettings | undefined {
  const issuer = env['LEDGER_OIDC_ISSUER'];
  const clientId = env['LEDGER_OIDC_CLIENT_ID'];
  const redirectUri = env['LEDGER_OIDC_REDIRECT'];
  const clientSecret = secretSetting(env, 'LEDGER_OIDC_CLIENT_SECRET');
  if ([issuer, clientId, redirectUri, clientSecret].every((value) => value === undefined)) return undefined;
  if (issuer === undefined || clientId === undefined || clientId === '' || redirectUri === undefined) {
    throw new BadConfiguration(
      'LEDGER_OIDC_ISSUER、LEDGER_OIDC_CLIENT_ID、LEDGER_OIDC_REDIRECT 须同时设置。LEDGER_OIDC_ISSUER, LEDGER_OIDC_CLIENT_ID and LEDGER_OIDC_REDIRECT must be set together, or none of them.',
    );
  }
  addressOf('LEDGER_OIDC_ISSUER', issuer);
  // As it is registered, and without what the provider adds to it.
  const redirect = addressOf('LEDGER_OIDC_REDIRECT', redirectUri);
  return { issuer, clientId, redirectUri: redirect.href, ...(clientSecret !== undefined && { clientSecret }) };
}

/** What people are sent to must be https; on this machine nobody listens in between. */
function addressOf(name: string, text: string): URL {
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (url !== null && isSafe && url.search === '' && url.hash === '' && url.username === '' && url.password === '') {
    return url;
  }
  throw new BadConfiguration(
    `${name}=${text} 须为https网址(本机可用http),不含参数。${name} must be an https address (http only on this machine) without a query or a fragment.`,
  );
}
