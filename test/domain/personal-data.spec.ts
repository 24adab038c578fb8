import { describe, expect, it } from '@jest/globals';
import { isResidentId, personalDataIn } from '@ledger/domain';

/** The sample number printed in GB 11643-1999 itself. */
const SAMPLE = '11010519491231002X';

describe('resident identity number', () => {
  it('has a birth date and a check character', () => {
    expect(isResidentId(SAMPLE)).toBe(true);
    expect(isResidentId('11010519491231002x')).toBe(true);
    expect(isResidentId('110105194912310021')).toBe(false);
    expect(isResidentId('11010519491331002X')).toBe(false);
    expect(isResidentId('1101051949123100')).toBe(false);
  });

  it.each([
    SAMPLE,
    `付${SAMPLE}工资`,
    '付11010519491231002x工资',
    '110105 19491231 002X',
    '110105-19491231-002X',
    '110105 1949 1231 002 X',
    '1１010519491231００２Ｘ',
    '１１０１０５１９４９１２３１００２Ｘ',
    'party-11010519491231002X',
  ])('is found in %s', (text) => expect(personalDataIn(text)).toBe('residentId'));
});

describe('mobile number', () => {
  it.each([
    '13800138000',
    '电话13800138000。',
    '138 0013 8000',
    '138-0013-8000',
    '138 00138000',
    '+86 138 0013 8000',
    '8613800138000',
    '１３８００１３８０００',
    '1 3 8 0 0 1 3 8 0 0 0',
    'tenant-13800138000',
  ])('is found in %s', (text) => expect(personalDataIn(text)).toBe('mobile'));
});

describe('bank card', () => {
  it.each([
    '6222021234567890128',
    '卡号6222 0212 3456 7890 128',
    '6222-0212-3456-7890-128',
    '622202 1234567890128',
    '4111111111111111',
    '4111 1111 1111 1111',
    '４１１１１１１１１１１１１１１１',
  ])('is found in %s', (text) => expect(personalDataIn(text)).toBe('bankCard'));
});

describe('no false alarm', () => {
  it.each([
    ['an amount', '收租金 12,800.00 元'],
    ['amounts in a row', '12800 25600 38400 51200'],
    ['the largest amount in fen', '10000000000000'],
    ['a date', '2024-01-20 付款'],
    ['two dates', '2024-01-20 2024-02-20'],
    ['a span of dates that would pass as a card', '2024-01-01 2024-01-03'],
    ['eight-digit dates', '20240101-20241231'],
    ['a count before a date', '收15户 15 2024-01-20'],
    ['a 20-digit invoice number', '发票24332000000123456789'],
    ['an 8-digit invoice number', '发票12345678'],
    ['a land line', '0575-84120000'],
    ['a credit code', 'N2330603MF0000013M'],
    ['a credit code of digits', '付914403001922038216货款'],
    ['a credit code that ends in a letter', '91330100799655058B'],
    ['a reference with a UUID', 'project-a1391234-1234-8567-8123-13800138000b'],
    ['an account', 'rural-collective-2024:50102'],
    ['zeros', '0000000000000000'],
    ['a division code', '330603008201'],
    ['no text', ''],
  ])('on %s', (_, text) => expect(personalDataIn(text)).toBeUndefined());

  it('on any two dates of a year written side by side', () => {
    const days = Array.from({ length: 366 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10));
    const alarms = days
      .flatMap((a) => days.map((b) => `${a} ${b}`))
      .filter((text) => personalDataIn(text) !== undefined);
    expect(alarms).toStrictEqual([]);
  });

  it('on document numbers in groups, but on the number itself', () => {
    expect(personalDataIn('138-0013-8000', { grouped: false })).toBeUndefined();
    expect(personalDataIn('13800138000', { grouped: false })).toBe('mobile');
    expect(personalDataIn(SAMPLE, { grouped: false })).toBe('residentId');
  });
});
