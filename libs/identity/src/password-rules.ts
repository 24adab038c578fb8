import { randomInt } from 'node:crypto';
import { type PasswordFault, Refusal } from '@ledger/domain';
import { COMMON_PASSWORDS } from './common-passwords.js';

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;

/**
 * Length, not the account's name, not among the commonest; no rules of composition, which make passwords worse (NIST SP
 * 800-63B, 3.1.1.2). Length is counted in characters as people see them in Unicode.
 */
export function refusePassword(password: string, account: string): void {
  const because = faultOf(password.normalize('NFKC'), account);
  if (because !== undefined) throw passwordNotAllowed(because);
}

export function passwordNotAllowed(because: PasswordFault): Refusal {
  return new Refusal(
    'PASSWORD_NOT_ALLOWED',
    { because, minLength: MIN_PASSWORD_LENGTH, maxLength: MAX_PASSWORD_LENGTH },
    'newPassword',
  );
}

/** No letter or digit that can be taken for another; it is read from a screen and typed. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A password of 100 random bits for one use, such as `k7mwp-3fzqa-x9c2h-tu5be`. */
export function oneTimePassword(): string {
  return Array.from({ length: GROUPS }, oneGroup).join('-');
}

function oneGroup(): string {
  return Array.from({ length: GROUP_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}

function faultOf(password: string, account: string): PasswordFault | undefined {
  const length = [...password].length;
  const plain = password.toLowerCase();
  if (length < MIN_PASSWORD_LENGTH || length > MAX_PASSWORD_LENGTH) return 'length';
  // Who repeats the name to reach the length has given the name.
  if (plain.replaceAll(account, '').trim() === '') return 'account';
  if (COMMON_PASSWORDS.has(plain) || new Set(plain).size < 3) return 'common';
  return undefined;
}
