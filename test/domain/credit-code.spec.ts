import { describe, expect, it } from '@jest/globals';
import { isCreditCode, isOrganizationCode, organizationCategories, organizationCodeIn } from '@ledger/domain';
import * as fc from 'fast-check';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const codes = [
  '91330100799655058B',
  '9144030071526726XG',
  '914403001922038216',
  'N2330603MF0000013M',
  'N2330603MF0000021G',
  'N2330603MF000003X8',
  'N2330603MF00000488',
  'N2330603MF00000563',
];

describe('credit code', () => {
  it.each(codes)('accepts %s', (code) => expect(isCreditCode(code)).toBe(true));

  it.each([
    ['lower case', 'n2330603mf0000013m'],
    ['seventeen characters', 'N2330603MF0000013'],
    ['nineteen characters', 'N2330603MF0000013M0'],
    ['the letter O for a zero', 'N233O603MF0000013M'],
    ['nothing', ''],
  ])('refuses %s', (_, code) => expect(isCreditCode(code)).toBe(false));

  it('refuses a code in which any one character is another', () =>
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.nat(17), fc.constantFrom(...ALPHABET.split('')), (code, at, other) => {
        fc.pre(code.charAt(at) !== other);
        expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
      }),
    ));

  it.each(codes)('has in %s an organisation code, in which no other check holds', (code) => {
    const organization = organizationCodeIn(code);
    const checks = ALPHABET.split('').filter((check) => isOrganizationCode(organization.slice(0, 8) + check));
    expect(checks).toEqual([organization.charAt(8)]);
  });

  it.each(['', 'MF000001', 'MF0000013M', 'mf0000013', 'MF000001A'])('takes %s for no organisation code', (text) =>
    expect(isOrganizationCode(text)).toBe(false),
  );

  it('knows the categories of the four kinds of organisation', () =>
    expect(organizationCategories).toStrictEqual({
      COLLECTIVE: 'N2',
      VILLAGE_COMMITTEE: '54',
      COMPANY: '91',
      FARMER_COOPERATIVE: '93',
    }));
});
