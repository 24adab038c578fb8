import { type GrantedScopes, type Scope } from '@ledger/readmodel';
import type { FactPlace } from '@ledger/views';
import { mayEverything, type Permit, scopeForAlso } from './permit.js';
import type { Operation } from './rules/index.js';

/** Whether the asker may be given a fact as it is stored. */
export type FactSight = (fact: FactPlace) => boolean;

/** That of who may see everything: the facts need not be looked into. */
export const seesAll: FactSight = () => true;

/** By the category of its stream, the read that tells the same: to whom that is refused, the fact is too. */
const READ_BY: Readonly<Record<string, Operation>> = {
  divisions: 'getDivisions',
  organization: 'getOrganizations',
  book: 'getBooks',
  handover: 'getBooksHandovers',
  ledger: 'getBooksVouchers',
  assets: 'getAssetsById',
  project: 'getProjectsById',
  household: 'getHouseholdsById',
  indicator: 'getIndicators',
  access: 'getGrants',
};

/** Facts of projects that tell of single households. */
const OF_HOUSEHOLDS: ReadonlySet<string> = new Set([
  'HouseholdEnrolled',
  'HouseholdWithdrawn',
  'JobRecorded',
  'JobEnded',
  'JobWithdrawn',
  'HouseholdGainRecorded',
  'HouseholdGainWithdrawn',
]);

/** A paper behind a posting is read with what came in, also by those who see no vouchers. */
const DOCUMENTS_READ_BY: Readonly<Record<string, Operation>> = { ...READ_BY, ledger: 'getDivisionsIncomeEntries' };

/**
 * Facts are bytes under a leaf and cannot be given in part. So one that touches several villages is there only for who
 * sees all of them: a village reads its own share of a joint project where shares are told one by one.
 */
export function sightOfFacts(permit: Permit, scopes: GrantedScopes): FactSight {
  return sightBy(permit, scopes, READ_BY);
}

/** The same for the attachments that facts name. */
export function sightOfDocuments(permit: Permit, scopes: GrantedScopes): FactSight {
  return sightBy(permit, scopes, DOCUMENTS_READ_BY);
}

/** The read that tells what a fact does; undefined where none does, and nobody is given the fact. */
export function readOf(fact: FactPlace, readBy = READ_BY): Operation | undefined {
  return readBy[categoryOf(fact)];
}

/** That of its stream, but for what fewer are told than the rest of it. */
function categoryOf({ type, stream }: FactPlace): string {
  if (OF_HOUSEHOLDS.has(type)) return 'household';
  return type === 'AccountantHandedOver' ? 'handover' : stream.slice(0, stream.indexOf('-'));
}

/** For the table of rights, which prints them. */
export const factsReadBy: readonly (readonly [category: string, read: Operation])[] = Object.entries(READ_BY);

function sightBy(permit: Permit, scopes: GrantedScopes, readBy: typeof READ_BY): FactSight {
  if (mayEverything(permit)) return seesAll;
  const byRead = new Map<Operation, Scope>();
  const scopeFor = (read: Operation): Scope => {
    const scope = byRead.get(read) ?? scopes.ofPlaces(scopeForAlso(permit, read, scopes));
    byRead.set(read, scope);
    return scope;
  };
  return (fact) => {
    // The name of the ledger stands on every paper.
    if (fact.type === 'LedgerOpened') return true;
    const read = readOf(fact, readBy);
    return read !== undefined && isSeen(fact, scopeFor(read));
  };
}

function isSeen({ touched, book }: FactPlace, scope: Scope): boolean {
  if (!touched.every((code) => scope.includesDivision(code))) return false;
  return book === null || touched.some((village) => scope.includesBook(book, village));
}
