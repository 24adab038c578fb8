const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * The unified social credit code of GB 32100-2015: 18 characters, the last a check over the other seventeen
 * (weights 3^i mod 31).
 */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false;
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < 17; i++) {
    const value = ALPHABET.indexOf(text.charAt(i));
    if (value < 0) return false;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31) === text.charAt(17);
}

const ORGANIZATION_CODE = /^[0-9A-Z]{8}[0-9X]$/;
const ORGANIZATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORGANIZATION_CHECKS = '0123456789X0';

/**
 * The organisation code of GB 11714-1997: nine characters, the last a check over the other eight, in which A counts 10 and
 * Z 35 (11 minus the sum mod 11; X for 10, 0 for 11).
 */
export function isOrganizationCode(text: string): boolean {
  if (!ORGANIZATION_CODE.test(text)) return false;
  const sum = ORGANIZATION_WEIGHTS.reduce(
    (total, weight, i) => total + weight * Number.parseInt(text.charAt(i), 36),
    0,
  );
  return ORGANIZATION_CHECKS.charAt(11 - (sum % 11)) === text.charAt(8);
}

/** Positions 9 to 17 of a credit code. */
export const organizationCodeIn = (creditCode: string): string => creditCode.slice(8, 17);

/** Kinds of organisation in a village and the categories (positions 1 and 2) that their codes carry. */
export const organizationCategories = {
  COLLECTIVE: 'N2',
  VILLAGE_COMMITTEE: '54',
  COMPANY: '91',
  FARMER_COOPERATIVE: '93',
} as const;

export type OrganizationKind = keyof typeof organizationCategories;
