import { Refusal } from '@ledger/domain';
import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RATES, type Rates } from '../boot/rates.js';
import { noteAsked } from './asked-of.js';
import { AUTHENTICATOR, type Authenticator } from './authenticators.js';
import { Permissions } from './permissions.js';
import { mayEverything, type Permit, type Principal, setPermit } from './permit.js';

/** A route that anybody may call: health and the documents of the interface. */
export const Open = () => SetMetadata(OPEN, true);
export const OPEN = 'open';

/** What an account with a one-time password may do before it has changed it. */
export const BeforePasswordChange = () => SetMetadata(BEFORE_PASSWORD_CHANGE, true);
const BEFORE_PASSWORD_CHANGE = 'before-password-change';

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** Asks who it is and whether he may, on every route that is not marked open. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(Permissions) private readonly permissions: Permissions,
    @Inject(RATES) private readonly rates: Rates,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const handler = execution.getHandler();
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const operation = this.permissions.operationOf(handler);
    noteAsked(request, { operation });
    if (this.reflector.getAllAndOverride<boolean>(OPEN, [handler, execution.getClass()])) return true;
    const principal = await this.#principalOf(request);
    noteAsked(request, { operation, principal });
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    await this.rates.admit(principal.id, request, reply);
    const renewed = async () => this.#permit(await this.#principalOf(request), handler);
    const permit = await this.#permit(principal, handler);
    // Who may not ask takes nobody's turn; and while somebody waits for his, his grant or session may have ended.
    const waited = await this.rates.turn(principal.id, request, reply);
    setPermit(request, waited ? await renewed() : permit, renewed);
    return true;
  }

  async #permit(principal: Principal, handler: Handler): Promise<Permit> {
    if (principal.mustChangePassword === true && !this.reflector.get<boolean>(BEFORE_PASSWORD_CHANGE, handler)) {
      throw new Refusal('PASSWORD_CHANGE_REQUIRED', {});
    }
    return this.permissions.permit(principal, handler);
  }

  async #principalOf(request: FastifyRequest): Promise<Principal> {
    const given = tokenOf(request);
    const principal = given && (await this.authenticator.authenticate(given.token));
    if (given === undefined || principal === undefined) throw new Refusal('TOKEN_REQUIRED', {});
    // With accounts, a browser says whose token it is, and has a token that was made for programs.
    const isOfBrowser = given.name === principal.id && principal.via === 'api-token';
    if (given.name !== undefined && !mayEverything({ principal }) && !isOfBrowser)
      throw new Refusal('TOKEN_REQUIRED', {});
    return principal;
  }
}

interface Given {
  readonly token: string;
  /** What a browser was given beside it. */
  readonly name?: string;
}

/**
 * A program sends the token as it is. A browser that follows a link asks for a name and a password: the name is the
 * account (any, where there is one token for all), the password is the token. It sends them by itself from then on, so
 * they count for reading only.
 */
function tokenOf({ method, headers }: FastifyRequest): Given | undefined {
  const [, scheme = '', credentials] = /^(Bearer|Basic) ([\x21-\x7e]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (credentials === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { token: credentials };
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const [, name, token] = /^([^:]*):(.+)$/.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
  return name === undefined || token === undefined ? undefined : { name, token };
}
