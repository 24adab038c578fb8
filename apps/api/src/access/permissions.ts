import type { Grant } from '@ledger/domain';
import { Inject, Injectable } from '@nestjs/common';
import { RUNTIME, type Runtime } from '../boot/runtime.js';
import { GrantRegister } from './grant-register.js';
import { mayEverything, operatorPermit, type Permit, type Principal } from './permit.js';
import { notAllowed, operationCalled, rules } from './rules/index.js';
import { grantsOfPlaces } from './rules/own-household.js';
import { SeenAttachments } from './seen-attachments.js';

/** The operationId of every handler of a route. */
export const OPERATIONS = Symbol('OPERATIONS');

/** Finds how far an operation may reach for somebody, by the table of rules and the grants of today. */
@Injectable()
export class Permissions {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(OPERATIONS) private readonly operations: ReadonlyMap<object, string>,
    @Inject(GrantRegister) private readonly register: GrantRegister,
    @Inject(SeenAttachments) private readonly attachments: SeenAttachments,
  ) {}

  operationOf(handler: object): string {
    return this.operations.get(handler) ?? '';
  }

  /** Refuses with `ROLE_NOT_ALLOWED` before anything of what is asked for is looked at, so the answer tells nothing of it. */
  async permit(principal: Principal, handler: object): Promise<Permit> {
    if (mayEverything({ principal })) return operatorPermit;
    const operation = operationCalled(this.operationOf(handler));
    const allowed = rules[operation];
    const held = await this.register.heldBy(principal.id);
    if (allowed === 'everybody') return this.#permitBy(principal, held);
    const grants = held.filter(({ role }) => allowed.includes(role));
    if (grants.length === 0) {
      throw notAllowed(
        operation,
        held.map(({ role }) => role),
      );
    }
    return this.#permitBy(principal, grants, grantsOfPlaces(operation, grants));
  }

  #permitBy(principal: Principal, grants: readonly Grant[], ofPlaces = grants): Permit {
    const permit: Permit = {
      principal,
      grants,
      scope: this.runtime.views.scopes.of(ofPlaces),
      seesAttachment: (sha256) => this.attachments.sees(permit, sha256),
    };
    return permit;
  }
}
