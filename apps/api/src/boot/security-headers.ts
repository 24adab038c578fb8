import { hash } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.js';

type Directives = Readonly<Record<string, readonly string[]>>;

/** Nothing may be loaded, framed or sent from an answer; a page says what it needs beside that. */
const NOTHING: Directives = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
const DOCUMENTS = '/docs';
const ONE_YEAR_SECONDS = 31_536_000;

export function contentSecurityPolicy(more: Directives): string {
  const directives = Object.entries({ ...NOTHING, ...more });
  return directives.map(([name, sources]) => `${name} ${sources.join(' ')}`).join('; ');
}

/**
 * What every answer tells a browser: to take it for what it says it is, to keep no copy, to show it in no frame, and to
 * say to nobody where a link was. No other site's pages may read an answer: there is no CORS header, so a preflight gets
 * no permission. HSTS is sent only where a browser comes over TLS.
 */
export async function tellBrowsers(fastify: FastifyInstance, { tlsProxy }: Pick<Config, 'tlsProxy'>): Promise<void> {
  await fastify.register(helmet, {
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: tlsProxy && { maxAge: ONE_YEAR_SECONDS, includeSubDomains: false },
    // Says only what an old browser's filter should do, which modern ones do not have.
    xXssProtection: false,
  });
  const policy = contentSecurityPolicy({});
  fastify.addHook('onRequest', async (_, reply) => {
    reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-store' });
  });
  fastify.addHook('onSend', async ({ routeOptions: { url } }, reply, payload) => {
    const page = url === DOCUMENTS && typeof payload === 'string' ? payload : undefined;
    if (page !== undefined) void reply.header('content-security-policy', documentsPolicy(page));
    return payload;
  });
}

/** The one style sheet that the scripts of the documents' page put into it. */
const PUT_IN_BY_SCRIPT = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

/** The page of the documents is the same for everybody: its own scripts, and the styles that are written in it. */
function documentsPolicy(page: string): string {
  const sheets = [...page.matchAll(/<style>(.*?)<\/style>/gs)].map(([, sheet = '']) => sheet);
  const attributes = [...page.matchAll(/ style="(.*?)"/g)].map(([, style = '']) => style);
  return contentSecurityPolicy({
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-hashes'", PUT_IN_BY_SCRIPT, ...new Set([...sheets, ...attributes].map(sourceOf))],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
  });
}

function sourceOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}
