import { hash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@ledger/domain';
import { everything, type Scope } from '@ledger/readmodel';
import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { CONFIG } from '../boot/runtime.js';
import type { Config } from '../boot/config.js';

/** A route that anybody may call: health and the documents of the interface. */
export const Open = () => SetMetadata(OPEN, true);
const OPEN = 'open';

/** Until there are accounts and roles, whoever holds the token is the operator. */
const OPERATOR = 'operator';

/** Wants the token on every route that is not marked open. */
@Injectable()
export class TokenGuard implements CanActivate {
  readonly #expected: Buffer;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {
    this.#expected = digest(config.token);
  }

  canActivate(execution: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(OPEN, [execution.getHandler(), execution.getClass()])) return true;
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const token = tokenOf(request);
    // Digests have one length, so the comparison tells nothing about the token's.
    if (token === undefined || !timingSafeEqual(digest(token), this.#expected)) throw new Refusal('TOKEN_REQUIRED', {});
    return true;
  }
}

/**
 * A program sends the token as it is. A browser that follows a link asks for a name and a password: the name may be any,
 * the password is the token. It sends them by itself from then on, so they count for reading only.
 */
function tokenOf({ method, headers }: FastifyRequest): string | undefined {
  const [, scheme = '', credentials] = /^(Bearer|Basic) ([\x21-\x7e]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (credentials === undefined || scheme.toLowerCase() === 'bearer') return credentials;
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  return /^[^:]*:(.+)$/.exec(Buffer.from(credentials, 'base64').toString())?.[1];
}

/** What the asker may see. The operator sees everything. */
export function scopeOf(_request: FastifyRequest): Scope {
  return everything;
}

/** Who asks; becomes the `actor` of facts. */
export function principalOf(_request: FastifyRequest): string {
  return OPERATOR;
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
