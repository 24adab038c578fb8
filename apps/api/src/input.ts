import { Refusal } from '@ledger/domain';

/** A request that is wrong in one field. */
export function wrongInput(field: string, zh: string, en: string): Refusal {
  return new Refusal('INPUT_INVALID', { problems: [{ field, zh, en }] }, field);
}
