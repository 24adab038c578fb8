import { isLocalDate } from './local-date.js';

export type PersonalDataKind = 'residentId' | 'mobile' | 'bankCard';

/**
 * Finds what identifies a person in free text: a resident identity number with a right check digit (GB 11643-1999), a
 * mobile number, or 16 to 19 digits that pass the Luhn check of bank cards. Full-width digits and digits set apart by
 * single spaces or hyphens are read too, unless `grouped` is false (document numbers are written in groups).
 */
export function personalDataIn(text: string, { grouped = true } = {}): PersonalDataKind | undefined {
  const plain = text.normalize('NFKC');
  const candidates = grouped ? [plain, plain.replace(/(?<=\d)[ -](?=[\dXx])/g, '')] : [plain];
  for (const candidate of candidates) {
    for (const [run] of candidate.matchAll(/(?<!\d)\d{17}[\dXx](?!\d)/g)) {
      if (isResidentId(run)) return 'residentId';
    }
    if (/(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/.test(candidate)) return 'mobile';
    for (const [run] of candidate.matchAll(/(?<!\d)\d{16,19}(?!\d)/g)) {
      if (passesLuhn(run)) return 'bankCard';
    }
  }
  return undefined;
}

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECKS = '10X98765432';

/** GB 11643-1999: 17 weighted digits modulo 11 give the check character; digits 7 to 14 are a birth date. */
export function isResidentId(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false;
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!isLocalDate(birth) && !(birth >= '1900-01-01' && birth < '1949-10-01')) return false;
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, i) => total + weight * Number(text.charAt(i)), 0);
  return RESIDENT_CHECKS.charAt(sum % 11) === text.charAt(17).toUpperCase();
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.charAt(digits.length - 1 - i));
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^0+$/.test(digits);
}
