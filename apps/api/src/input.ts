import { Refusal } from '@ledger/domain';

/** A request that is wrong in one field. */
export function wrongInput(field: string, zh: string, en: string): Refusal {
  const named = fieldNamed(field);
  return new Refusal('INPUT_INVALID', { problems: [{ field: named, zh, en }] }, named);
}

/** A query or a body may well have a field without a name, which a sentence still has to point at. */
export function fieldNamed(name: string): string {
  return name === '' ? '""' : name;
}
