import type { Fact, FactDraft } from '../fact.js';
import type { LocalDate } from '../local-date.js';
import type { Role } from './roles.js';

/** Who may do what where, and when. */
export interface Grant {
  readonly grant: string;
  readonly account: string;
  readonly role: Role;
  /** The 12-digit code that it was given for. */
  readonly division: string;
  readonly books?: readonly string[];
  /** A villager's own, which he reads wherever its village has gone since. */
  readonly household?: string;
  readonly from: LocalDate;
  /** The last day; without one it goes on until it is taken back. */
  readonly to?: LocalDate;
}

export type RoleGranted = FactDraft<'RoleGranted', Grant>;
export type RoleRevoked = FactDraft<'RoleRevoked', { grant: string; account: string; role: Role; reason: string }>;
export type AccessFact = RoleGranted | RoleRevoked;

/** Every grant that was ever given. */
export interface Grants {
  readonly byId: Map<string, Grant>;
  readonly byAccount: Map<string, Grant[]>;
  readonly revoked: Set<string>;
}

/** One for the whole ledger: who administers is looked at together. */
export const accessStream = 'access-grants';

export function emptyGrants(): Grants {
  return { byId: new Map(), byAccount: new Map(), revoked: new Set() };
}

export function evolveGrants(grants: Grants, fact: Fact): Grants {
  const stated = fact as unknown as AccessFact;
  switch (stated.type) {
    case 'RoleGranted': {
      const { data } = stated;
      grants.byId.set(data.grant, data);
      const own = grants.byAccount.get(data.account);
      if (own === undefined) grants.byAccount.set(data.account, [data]);
      else own.push(data);
      break;
    }
    case 'RoleRevoked':
      grants.revoked.add(stated.data.grant);
      break;
  }
  return grants;
}

/** What an account holds on a day. */
export function grantsOn({ byAccount, revoked }: Grants, account: string, on: LocalDate): Grant[] {
  return (byAccount.get(account) ?? []).filter((grant) => !revoked.has(grant.grant) && holdsOn(grant, on));
}

/** Those of administrators that hold and have no end: the ledger must not be without one when a day is over. */
export function lastingAdministrators({ byId, revoked }: Grants, on: LocalDate): Grant[] {
  return [...byId.values()].filter(
    (grant) => grant.role === 'SYS_ADMIN' && !revoked.has(grant.grant) && grant.to === undefined && holdsOn(grant, on),
  );
}

export function holdsOn({ from, to }: Grant, on: LocalDate): boolean {
  return from <= on && (to === undefined || on <= to);
}
