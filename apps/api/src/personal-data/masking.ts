import { maskedBankAccount, maskedMobile, maskedName, maskedResidentId } from '@ledger/domain';
import type { SubjectDocument } from '@ledger/vault';

const HIDDEN = '***';

/** How each field is shown to somebody who has not said what for; one that is not named here is not shown at all. */
const MASKS: Readonly<Record<string, (value: string) => string>> = {
  name: maskedName,
  residentId: maskedResidentId,
  phone: maskedMobile,
  bankAccount: maskedBankAccount,
  relation: (value) => value,
  bank: (value) => value,
  memberSince: (value) => value,
  retainUntil: (value) => value,
};

export function masked(document: SubjectDocument): SubjectDocument {
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, maskedValue(name, value)]));
}

function maskedValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => maskedValue(name, one));
  if (typeof value === 'object' && value !== null) return masked(value as SubjectDocument);
  return MASKS[name]?.(String(value)) ?? HIDDEN;
}

/** The names of the fields that a document has, those of its people too: what a fact may say of it. */
export function fieldsOf(document: SubjectDocument, path = ''): string[] {
  const fields = Object.entries(document).flatMap(([name, value]) => {
    const members = Array.isArray(value) ? (value as unknown[]) : [value];
    const nested = members.filter((one) => typeof one === 'object' && one !== null) as SubjectDocument[];
    return nested.length === 0 ? [`${path}${name}`] : nested.flatMap((one) => fieldsOf(one, `${path}${name}.`));
  });
  return [...new Set(fields)].toSorted();
}
