import { isCreditCode } from './credit-code.js';
import { isLocalDate } from './local-date.js';

export type PersonalDataKind = 'residentId' | 'mobile' | 'bankCard';

/**
 * Finds what identifies a person in free text: a resident identity number with a right check digit (GB 11643-1999), a
 * mobile number, or 16 to 19 digits that pass the Luhn check of bank cards. Full-width digits are read too, and digits
 * set apart by single spaces or hyphens, unless `grouped` is false (document numbers are written in groups).
 */
export function personalDataIn(text: string, { grouped = true } = {}): PersonalDataKind | undefined {
  const plain = text.normalize('NFKC');
  if (digitsIn(plain) < SHORTEST) return undefined;
  const joined = grouped ? plain.replace(/(?<=\d)[ -](?=[\dXx])/g, '') : plain;
  // Checksum and birth date together are so rare by chance that any grouping may be joined.
  if (hasResidentId(plain) || hasResidentId(joined)) return 'residentId';
  const read = [withoutIds(plain), ...(grouped ? [inGroups(withoutIds(plain))] : [])];
  if (read.some((candidate) => /(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/.test(candidate))) return 'mobile';
  if (read.some(hasBankCard)) return 'bankCard';
  return undefined;
}

/** The digits of a mobile number; what has fewer names nobody by number. */
const SHORTEST = 11;

function digitsIn(text: string): number {
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
  }
  return digits;
}

/**
 * Joins digits only where they are grouped as people write mobile and card numbers (3-4-4, fours, one by one):
 * two dates or a row of amounts side by side would otherwise pass for a card once in ten times.
 */
function inGroups(text: string): string {
  return text
    .replace(/(?<!\d)\d(?:[ -]\d){10,}(?!\d)/g, digitsOf)
    .replace(/(?<!\d)(?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g, digitsOf)
    .replace(/(?<!\d)\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1?\d{1,3})?(?!\d)/g, digitsOf)
    .replace(/(?<!\d)\d{6}[ -]\d{10,13}(?!\d)/g, digitsOf);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** Credit codes of organisations and UUIDs name nobody, and their digits can look like a card or a mobile number. */
function withoutIds(text: string): string {
  return text
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '#')
    .replace(/(?<![\dA-Z])[\dA-Z]{18}(?![\dA-Z])/g, (code) =>
      isCreditCode(code) && /^[159AN]/.test(code) ? '#' : code,
    );
}

function hasResidentId(text: string): boolean {
  return [...text.matchAll(/(?<!\d)\d{17}[\dXx](?!\d)/g)].some(([run]) => isResidentId(run));
}

function hasBankCard(text: string): boolean {
  return [...text.matchAll(/(?<!\d)\d{16,19}(?!\d)/g)].some(([run]) => passesLuhn(run));
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

/** The check digit of bank cards; the accounts of savings books have none. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.charAt(digits.length - 1 - i));
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^0+$/.test(digits);
}
