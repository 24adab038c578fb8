import { Refusal, type Role } from '@ledger/domain';
import { accessRules } from './access.js';
import { accountRules } from './accounts.js';
import { assetRules } from './assets.js';
import { bookRules } from './books.js';
import { draftRules } from './drafts.js';
import { personalDataRules } from './personal-data.js';
import { peopleRules } from './people.js';
import { placeRules } from './places.js';
import { projectRules } from './projects.js';
import { reportRules } from './reports.js';
import type { Rule, Rules } from './rule.js';

export type { Rule } from './rule.js';

/**
 * Who may do what: one line for each operation of the OpenAPI document that is not open to all. The roles come from the
 * matrix of rights; where it has no row for an operation, from its nearest. Where a role may act, its grant says.
 */
const all = {
  ...placeRules,
  ...bookRules,
  ...peopleRules,
  ...personalDataRules,
  ...projectRules,
  ...assetRules,
  ...reportRules,
  ...accessRules,
  ...accountRules,
  ...draftRules,
} as const satisfies Rules;

/** The operationId of an operation that has a rule: one that is mistyped would allow nothing, and nobody would notice. */
export type Operation = keyof typeof all;

export const rules: Readonly<Record<Operation, Rule>> = all;

export function isRuled(operation: string): operation is Operation {
  return Object.hasOwn(rules, operation);
}

/** Throws for a name that is known only when it is used, and is none of an operation. */
export function operationCalled(name: string): Operation {
  if (!isRuled(name)) throw new Error(`no rule says who may do ${name}: see access/rules`);
  return name;
}

/** Says whose the operation is, and what is held instead: the table is no secret, and one's own grants are none. */
export function notAllowed(operation: Operation, held: readonly Role[]): Refusal {
  const rule = rules[operation];
  const roles = rule === 'everybody' ? [] : rule;
  return new Refusal('ROLE_NOT_ALLOWED', { operation, roles, held: [...new Set(held)] });
}

/** Stops the start with an operation that nobody has ruled on, or with a rule for none: both are mistakes of a release. */
export function refuseUnruled(operations: Iterable<string>): void {
  const known = new Set(operations);
  const unruled = [...known].filter((operation) => !isRuled(operation));
  const stale = Object.keys(rules).filter((operation) => !known.has(operation));
  if (unruled.length > 0) throw new Error(`no rule says who may do ${unruled.join(', ')}: see access/rules`);
  if (stale.length > 0) throw new Error(`a rule names ${stale.join(', ')}, which no route is: see access/rules`);
}
