import { describe, expect, it } from '@jest/globals';
import { maskedBankAccount, maskedMobile, maskedName, maskedResidentId, validResidentId } from '@ledger/domain';
import { refuses } from '../support/given-ledger-year.js';
import { residentIdOf } from '../support/people.js';

const TODAY = '2024-06-15';
/** The sample that the standard itself prints. */
const SAMPLE = '11010519491231002X';
const check = (text: string) => validResidentId(text, TODAY, 'people.0.residentId');

describe('a resident identity number', () => {
  it('is kept with a capital X and plain digits', () => {
    expect(check(SAMPLE)).toBe(SAMPLE);
    expect(check('11010519491231002x')).toBe(SAMPLE);
    expect(check(' 11010519491231002X ')).toBe(SAMPLE);
    expect(check(residentIdOf(1))).toBe(residentIdOf(1));
  });

  it.each(['1101051949123100', '110105194912310020X', 'A1010519491231002X', '110105491231002', ''])(
    'is refused where it has not 18 characters of the right kind: %s',
    (text) => refuses(() => check(text), 'ID_CHECKSUM', { fault: 'shape' }, 'people.0.residentId'),
  );

  it('is refused for a wrong check digit, whichever', () => {
    for (const digit of '0123456789') {
      refuses(() => check(SAMPLE.slice(0, 17) + digit), 'ID_CHECKSUM', { fault: 'checkDigit' }, 'people.0.residentId');
    }
  });

  it('is refused for a day that there is not, and for one to come', () => {
    refuses(() => check(residentIdOf(1, { born: '20230229' })), 'ID_CHECKSUM', { fault: 'checkDigit' });
    refuses(() => check(residentIdOf(1, { born: '20240616' })), 'ID_CHECKSUM', { fault: 'birthDate' });
    expect(check(residentIdOf(1, { born: '20240615' }))).toBe(residentIdOf(1, { born: '20240615' }));
  });

  it('is never repeated by what refuses it', () => {
    try {
      check(SAMPLE.replace('X', '1'));
    } catch (error) {
      const { message, messageZh, facts } = error as { message: string; messageZh: string; facts: object };
      expect(`${message}${messageZh}${JSON.stringify(facts)}`).not.toMatch(/110105|1949/);
      return;
    }
    throw new Error('it was not refused');
  });
});

describe('what is shown of people', () => {
  it('is the first character of a name, and never how long it is', () => {
    expect(maskedName('张三')).toBe('张**');
    expect(maskedName('欧阳某某')).toBe('欧**');
    expect(maskedName('𠮷田')).toBe('𠮷**');
    expect(maskedName('张')).toBe('**');
  });

  it('is the ends of a number', () => {
    expect(maskedResidentId(SAMPLE)).toBe('1101************2X');
    expect(maskedMobile('13812341234')).toBe('138****1234');
    expect(maskedBankAccount('6222021234567890')).toBe('************7890');
    expect(maskedBankAccount('7890')).toBe('****');
  });
});
