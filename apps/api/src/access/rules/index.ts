import type { Role } from '@ledger/domain';

/** The roles that may do an operation; `everybody` is whoever has an account. */
export type Rule = readonly Role[] | 'everybody';

/**
 * Who may do what: one line for each operation of the OpenAPI document. What has no line is allowed to nobody, and a
 * ledger does not start with such an operation.
 */
export const rules: Readonly<Record<string, Rule>> = {};
