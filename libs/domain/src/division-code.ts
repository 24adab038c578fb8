/**
 * Statistical division codes (统计用区划代码): twelve digits, 2 province + 2 city + 2 district + 3 township + 3 village,
 * the missing levels padded with zeros. People may leave the padding off; the ledger stores all twelve.
 */

export type DivisionLevel = 'district' | 'township' | 'village';

const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/;

/** The twelve-digit form of a 6, 9 or 12-digit code, or undefined when it cannot be a division code. */
export function divisionCode(text: string): string | undefined {
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(text)) return undefined;
  const code = text.padEnd(12, '0');
  if (!PROVINCES.test(code) || code.slice(2, 4) === '00' || code.slice(4, 6) === '00') return undefined;
  const township = code.slice(6, 9);
  const village = code.slice(9, 12);
  if (township === '000') return village === '000' ? code : undefined;
  return township < '600' ? code : undefined;
}

export function levelOf(code: string): DivisionLevel {
  if (code.endsWith('000000')) return 'district';
  return code.endsWith('000') ? 'township' : 'village';
}

/** The code of the division above, or undefined for a district, the root of its tree. */
export function divisionAbove(code: string): string | undefined {
  const level = levelOf(code);
  if (level === 'district') return undefined;
  return level === 'township' ? `${code.slice(0, 6)}000000` : `${code.slice(0, 9)}000`;
}

/** Whether a division is another one or lies below it, by the digits that they share; codes of one day only compare so. */
export function isWithin(code: string, division: string): boolean {
  return code.startsWith(division.slice(0, OWN_DIGITS[levelOf(division)]));
}

const OWN_DIGITS: Readonly<Record<DivisionLevel, number>> = { district: 6, township: 9, village: 12 };

/** The six digits that name the district's stream. */
export function districtOf(code: string): string {
  return code.slice(0, 6);
}
