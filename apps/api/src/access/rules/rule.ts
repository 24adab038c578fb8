import type { Role } from '@ledger/domain';

/** The roles that may do an operation; `everybody` is whoever has an account. */
export type Rule = readonly Role[] | 'everybody';

export type Rules = Readonly<Record<string, Rule>>;
