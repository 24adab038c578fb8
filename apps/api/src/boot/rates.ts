import rateLimit, { type CreateRateLimitOptions } from '@fastify/rate-limit';
import { Refusal } from '@ledger/domain';
import { networkOf } from '@ledger/identity';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Going } from './at-once.js';
import { Attempts, letsIn } from './attempts.js';
import type { Config } from './config.js';
import { heavyReads } from './heavy-reads.js';

export const RATES = Symbol('RATES');

/** Counts what one person asks, once it is known who it is. */
export interface Rates {
  /** Throws when it is too often. */
  admit(principal: string, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Throws when it is too much at once. What is heavy waits for its turn: true, where that may have taken long. */
  turn(principal: string, request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}

type Counter = ReturnType<FastifyInstance['createRateLimit']>;
type Counted = Awaited<ReturnType<Counter>>;
type Policy = 'address' | 'failures' | 'principal';

const WINDOW_SECONDS = 60;
/** The people of an office share one address. */
const PERSONS_AT_ADDRESS = 10;
/** A program whose token has ended asks again every few seconds; one that guesses asks as fast as it can. */
const REQUESTS_PER_FAILURE = 6;

/**
 * Limits how often an address and a person may ask in a minute, how often an address may fail to say who asks, and how
 * much of what is heavy a person may have at once. The plugin counts; it writes the headers of an early draft, so those
 * of draft-ietf-httpapi-ratelimit-headers-10 (`RateLimit-Policy` and `RateLimit`, structured fields) are written here.
 * Each process counts for itself, and anew when it starts.
 */
export async function limitRates(
  fastify: FastifyInstance,
  { rateLimit: limit }: Pick<Config, 'rateLimit'>,
): Promise<Rates> {
  const going = new Going();
  const heavy = heavyReads(fastify);
  const turn: Rates['turn'] = async (principal, request, reply) => {
    going.begin(principal, request, reply);
    return heavy.turn(principal, request, reply);
  };
  if (limit === 'off') return { admit: async () => undefined, turn };

  await fastify.register(rateLimit, { global: false });
  const counter = (max: number, more: CreateRateLimitOptions = {}): Counter =>
    fastify.createRateLimit({ max, timeWindow: WINDOW_SECONDS * 1000, ...more });
  const persons = new WeakMap<FastifyRequest, string>();
  const byNetwork = { keyGenerator: ({ ip }: FastifyRequest) => networkOf(ip) };
  const ofAddress = counter(limit * PERSONS_AT_ADDRESS, byNetwork);
  const failures = counter(Math.ceil(limit / REQUESTS_PER_FAILURE), byNetwork);
  const ofPerson = counter(limit, { keyGenerator: (request) => persons.get(request) ?? '' });

  const attempts = new Attempts();

  const refuseFailing = async (request: FastifyRequest, reply: FastifyReply, underWay: number): Promise<void> => {
    const failed = await failures(request, { increment: false });
    // Those before are counted, this one is not: where nothing is left it would be one too many.
    if (!failed.isAllowed && failed.remaining <= underWay) refuse('failures', failed, reply);
  };

  fastify.addHook('onRequest', async (request, reply) => {
    await refuseFailing(request, reply, 0);
    const asked = await ofAddress(request);
    if (!asked.isAllowed && asked.isExceeded) refuse('address', asked, reply);
  });
  // When the body has come: from here on there is an answer, whether or not its client waits for it.
  fastify.addHook('preHandler', async (request, reply) => {
    if (!letsIn(request)) return;
    await refuseFailing(request, reply, attempts.of(request));
    attempts.begin(request);
  });
  // Not once the answer is sent: it never is to a client that hangs up first.
  fastify.addHook('onSend', async (request, { statusCode }) => {
    if (statusCode === 401) await failures(request);
    attempts.end(request);
  });
  return {
    admit: async (principal, request, reply) => {
      persons.set(request, principal);
      const asked = await ofPerson(request);
      if (!asked.isAllowed && asked.isExceeded) refuse('principal', asked, reply);
      say('principal', asked, reply);
    },
    turn,
  };
}

function refuse(policy: Policy, counted: Counted, reply: FastifyReply): never {
  say(policy, counted, reply);
  if (counted.isAllowed) throw new Error('what is allowed is not refused');
  const seconds = Math.max(1, counted.ttlInSeconds);
  throw new Refusal('RATE_LIMITED', {
    policy,
    limit: counted.max,
    windowSeconds: WINDOW_SECONDS,
    waitSeconds: seconds,
  });
}

function say(policy: Policy, counted: Counted, reply: FastifyReply): void {
  if (counted.isAllowed) return;
  const { max, remaining, ttlInSeconds } = counted;
  reply.headers({
    'ratelimit-policy': `"${policy}";q=${max};w=${WINDOW_SECONDS}`,
    ratelimit: `"${policy}";r=${remaining};t=${ttlInSeconds}`,
  });
}
