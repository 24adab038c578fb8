import { Refusal } from '@ledger/domain';
import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AUTHENTICATOR, type Authenticator } from './authenticators.js';
import { Permissions } from './permissions.js';
import { setPermit } from './permit.js';

/** A route that anybody may call: health and the documents of the interface. */
export const Open = () => SetMetadata(OPEN, true);
const OPEN = 'open';

/** Asks who it is and whether he may, on every route that is not marked open. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(Permissions) private readonly permissions: Permissions,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(OPEN, [execution.getHandler(), execution.getClass()])) return true;
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const token = tokenOf(request);
    const principal = token === undefined ? undefined : await this.authenticator.authenticate(token);
    if (principal === undefined) throw new Refusal('TOKEN_REQUIRED', {});
    setPermit(request, await this.permissions.permit(principal, execution.getHandler()));
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
