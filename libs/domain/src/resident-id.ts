import type { LocalDate } from './local-date.js';
import { isResidentId } from './personal-data.js';
import { Refusal } from './refusal.js';

/**
 * A resident identity number (GB 11643-1999) as it is kept: `x` in capitals. Refused without a word of what was sent.
 * Districts that were abolished stay in old cards, so the first six digits are not looked up.
 */
export function validResidentId(text: string, today: LocalDate, field: string): string {
  const number = text.normalize('NFKC').trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) throw new Refusal('ID_CHECKSUM', { fault: 'shape' }, field);
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (birth > today) throw new Refusal('ID_CHECKSUM', { fault: 'birthDate' }, field);
  if (!isResidentId(number)) throw new Refusal('ID_CHECKSUM', { fault: 'checkDigit' }, field);
  return number;
}
