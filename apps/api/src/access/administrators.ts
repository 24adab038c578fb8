import { Turns } from '@ledger/commands';
import { type Grant, lastingAdministrators, Refusal } from '@ledger/domain';
import { canLogIn } from '@ledger/identity';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { GrantRegister } from './grant-register.js';
import { mayEverything, permitOf } from './permit.js';

/** What an administrator may lose: the grant, or the account by which he logs in, or how he does. */
export type Taken = { readonly grant: string } | { readonly account: string };

const TURN = 'administrators';

/** Those who let others in. One is always left who can log in: with nobody there, nobody could be let in again. */
@Injectable()
export class Administrators {
  readonly #turns = new Turns();

  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(GrantRegister) private readonly register: GrantRegister,
  ) {}

  /** Takes it away, unless nobody would be left. One after another: two who shut each other out at once would both succeed. */
  async butOne<T>(taken: Taken, request: FastifyRequest, takeAway: () => T | Promise<T>): Promise<T> {
    const alone = async (stillAlone: () => void): Promise<T> => {
      // With one token for all, nobody logs in, and the grants alone are looked at.
      if (!mayEverything(permitOf(request))) await this.#refuseLast(taken, request);
      stillAlone();
      return takeAway();
    };
    return this.#turns.take(TURN, () => this.runtime.identity.alone(TURN, alone));
  }

  async #refuseLast(taken: Taken, request: FastifyRequest): Promise<void> {
    const grants = await this.register.all();
    const isTaken = ({ grant, account }: Grant): boolean =>
      'grant' in taken ? grant === taken.grant : account === taken.account;
    const lost = [...grants.byId.values()].find(
      (grant) => grant.role === 'SYS_ADMIN' && !grants.revoked.has(grant.grant) && isTaken(grant),
    );
    if (lost === undefined || isRefusedAnyway(lost, taken, request)) return;
    const { identity, oidc } = this.runtime;
    const isLeft = lastingAdministrators(grants, this.register.today).some((grant) => {
      const account = isTaken(grant) ? undefined : identity.accounts.find(grant.account);
      return account !== undefined && canLogIn(account, oidc?.issuer);
    });
    if (isLeft) return;
    throw new Refusal('LAST_ADMINISTRATOR', { account: lost.account }, 'grant' in taken ? 'grant' : 'id');
  }
}

/** Out of sight there is no grant, and nobody takes away his own account: that is said before this. */
function isRefusedAnyway({ division }: Grant, taken: Taken, request: FastifyRequest): boolean {
  const { principal, scope } = permitOf(request);
  return 'grant' in taken ? !scope.includesDivision(division) : taken.account === principal.id;
}
