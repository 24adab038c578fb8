import type { Asked, AskedBy } from '@ledger/identity';
import { Refusal } from '@ledger/domain';
import type { FastifyRequest } from 'fastify';
import { askedOf } from '../access/asked-of.js';
import { mayEverything, permitOf } from '../access/permit.js';

/** Where a request came from and what it asks for, as the record of access has it. */
export function asked(request: FastifyRequest): Asked {
  return { address: request.ip, operation: askedOf(request).operation };
}

export function askedBy(request: FastifyRequest): AskedBy {
  return { account: permitOf(request).principal.id, ...asked(request) };
}

/** Whose sessions and tokens the asker may deal with: his own, or for administrators everybody's (undefined). */
export function reachOf(request: FastifyRequest): string | undefined {
  const permit = permitOf(request);
  const administers = mayEverything(permit) || permit.grants.some(({ role }) => role === 'SYS_ADMIN');
  return administers ? undefined : permit.principal.id;
}

/** The id of the asker's session. A token that has leaked must not make others or set a password. */
export function sessionOf(request: FastifyRequest): string {
  const permit = permitOf(request);
  if (mayEverything(permit)) throw new Refusal('ACCOUNTS_NOT_IN_USE', {});
  const { principal } = permit;
  if (principal.via !== 'session' || principal.credential === undefined) throw new Refusal('SESSION_REQUIRED', {});
  return principal.credential;
}
