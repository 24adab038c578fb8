import { divisionCode } from '../division-code.js';

const PROVINCE_OR_CITY = /^((?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{2})00(?:0{3}|0{6})?$/;

/**
 * What a published figure is about, in twelve digits: a division, or the province or city above the districts. No tree
 * of the ledger holds those, yet their figures stand in the same articles. Undefined when it cannot be such a code.
 */
export function scopeCode(text: string): string | undefined {
  return PROVINCE_OR_CITY.test(text) ? text.padEnd(12, '0') : divisionCode(text);
}

/** Whether a scope is in the tree of a district. */
export function isInDistrict(scope: string): boolean {
  return scope.slice(4, 6) !== '00';
}
