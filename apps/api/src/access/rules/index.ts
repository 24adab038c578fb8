import { accountRules } from './accounts.js';
import type { Rule } from './rule.js';

export type { Rule };

/**
 * Who may do what: one line for each operation of the OpenAPI document. What has no line is allowed to nobody, and a
 * ledger does not start with such an operation.
 */
export const rules: Readonly<Record<string, Rule>> = { ...accountRules };
