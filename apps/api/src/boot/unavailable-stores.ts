import { Refusal } from '@ledger/domain';

/**
 * Which of the stores of a cluster has not answered, by the name of the error: a process that keeps files loads nothing of
 * theirs.
 */
const BY_NAME: Readonly<Record<string, 'log' | 'database'>> = {
  Unanswered: 'log',
  OutcomeUnknown: 'log',
  DatabaseUnavailable: 'database',
};

/** The refusal for a store that does not answer; undefined for every other error. */
export function storeUnavailable(error: unknown): Refusal | undefined {
  const store = error instanceof Error ? BY_NAME[error.name] : undefined;
  return store && new Refusal('STORE_UNAVAILABLE', { store });
}
