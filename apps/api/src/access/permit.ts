import type { Grant, Role } from '@ledger/domain';
import { everything, type GrantedScopes, type Scope } from '@ledger/readmodel';
import type { FastifyRequest } from 'fastify';
import { type Operation, rules } from './rules/index.js';
import { grantsOfPlaces } from './rules/own-household.js';

/** Who asks. */
export interface Principal {
  /** The id of the account; becomes the `actor` of facts. */
  readonly id: string;
  /** By what it was known: `token` is the one token of a ledger without accounts. */
  readonly via: 'token' | 'session' | 'api-token';
  /** The id under which its session or API token is listed. */
  readonly credential?: string;
  /** Its password is for one use: nothing else is allowed before it is changed. */
  readonly mustChangePassword?: boolean;
}

/** What the guard found for a request: who asks, and how far what is asked may reach. */
export interface Permit {
  readonly principal: Principal;
  /** Those grants of today that allow the operation; none where one token does everything. */
  readonly grants: readonly Grant[];
  readonly scope: Scope;
  /** Whether the asker may see a file that is stored; asked only where one is named. */
  readonly seesAttachment: (sha256: string) => boolean;
}

/** Where there is one token (`LEDGER_ACCESS=token`), whoever holds it is the operator. */
export const operatorPermit: Permit = {
  principal: { id: 'operator', via: 'token' },
  grants: [],
  scope: everything,
  seesAttachment: () => true,
};

/** Whether everything is his who asks: nothing is hidden from him, and nobody else has to sign. */
export function mayEverything({ principal }: Pick<Permit, 'principal'>): boolean {
  return principal.via === 'token';
}

interface Admitted {
  readonly permit: Permit;
  readonly renewed: () => Promise<Permit>;
}

const admitted = new WeakMap<object, Admitted>();

/** Called by the guard, once a request; `renewed` asks once more who it is and whether he may. */
export function setPermit(request: FastifyRequest, permit: Permit, renewed: () => Promise<Permit>): void {
  admitted.set(request, { permit, renewed });
}

/** Throws for a request that the guard has not let in: a route that is open has no permit. */
export function permitOf(request: FastifyRequest): Permit {
  return admittedOf(request).permit;
}

/** The permit as it would be given now, for an answer that goes on; rejects as the guard does once there is none. */
export function renewedPermit(request: FastifyRequest): Promise<Permit> {
  return admittedOf(request).renewed();
}

/** What the asker may see; reads and writes leave the rest out, as if it were not there. */
export function scopeOf(request: FastifyRequest): Scope {
  return permitOf(request).scope;
}

/** How far a permit would reach for another operation too: the places where its grants allow both. */
export function scopeForAlso(permit: Permit, operation: Operation, scopes: GrantedScopes): Scope {
  const rule = rules[operation];
  if (mayEverything(permit) || rule === 'everybody') return permit.scope;
  const allowed = permit.grants.filter(({ role }) => rule.includes(role));
  return scopes.of(grantsOfPlaces(operation, allowed));
}

/** Who asks; becomes the `actor` of facts. */
export function actorOf(request: FastifyRequest): string {
  return permitOf(request).principal.id;
}

/** By what roles the asker reaches a place: a grant for another allows nothing here. `undefined` is who may do everything. */
export function rolesAt(permit: Permit, code: string, scopes: GrantedScopes): Role[] | undefined {
  if (mayEverything(permit)) return undefined;
  return permit.grants.filter((grant) => scopes.of([grant]).includesDivision(code)).map(({ role }) => role);
}

/**
 * The books that sums over a place are made of, where the asker sees it by grants of some books alone: it is said with
 * them, since a part must not look like the whole.
 */
export function onlyBooks(permit: Permit, code: string, scopes: GrantedScopes): { onlyBooks?: string[] } {
  const { grants } = permit;
  const books = [...new Set(grants.flatMap(({ books: only = [] }) => only))].toSorted();
  if (mayEverything(permit) || books.length === 0) return {};
  const isWhole = scopes.of(grants.filter((grant) => grant.books === undefined)).includesDivision(code);
  return isWhole ? {} : { onlyBooks: books };
}

/** The same for sums over several places: it is said of all of them where one of them is seen in part. */
export function onlyBooksOfSome(
  permit: Permit,
  codes: readonly string[],
  scopes: GrantedScopes,
): { onlyBooks?: string[] } {
  const limits = codes.map((code) => onlyBooks(permit, code, scopes));
  return limits.find((limit) => limit.onlyBooks !== undefined) ?? {};
}

/** Tells whether what is said of a village goes to the public: to somebody whom nothing but being a villager there lets ask. */
export function publicPlaces(permit: Permit, scopes: GrantedScopes): (village: string) => boolean {
  if (mayEverything(permit)) return () => false;
  const offices = scopes.of(permit.grants.filter(({ role }) => role !== 'VILLAGER'));
  return (village) => !offices.includesDivision(village);
}

function admittedOf(request: FastifyRequest): Admitted {
  const found = admitted.get(request);
  if (found === undefined) throw new Error(`no permit for ${request.method} ${request.routeOptions.url ?? ''}`);
  return found;
}
