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

/** Kinds of organisation in a village and the categories (positions 1 and 2) that their codes carry. */
export const organizationCategories = {
  COLLECTIVE: 'N2',
  VILLAGE_COMMITTEE: '54',
  COMPANY: '91',
  FARMER_COOPERATIVE: '93',
} as const;

export type OrganizationKind = keyof typeof organizationCategories;
