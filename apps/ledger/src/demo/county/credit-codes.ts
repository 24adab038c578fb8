import { isCreditCode } from '@ledger/domain';

const CHECKS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** A made-up code of a collective whose checks hold: that of the organisation code (GB 11714), and that of the whole. */
export function creditCodeOf(serial: number): string {
  const body = `MF${String(serial).padStart(6, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number.parseInt(body.charAt(i), 36), 0);
  const code = `N2330603${body}${'0123456789X0'.charAt(11 - (sum % 11))}`;
  const check = [...CHECKS].find((each) => isCreditCode(`${code}${each}`));
  if (check === undefined) throw new Error(`${code} has no check character`);
  return `${code}${check}`;
}
