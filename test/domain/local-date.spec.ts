import { describe, expect, it } from '@jest/globals';
import {
  clampInto,
  december,
  firstDay,
  isLocalDate,
  isPeriod,
  lastDay,
  nextPeriod,
  periodOf,
  previousPeriod,
  shanghaiDate,
  shanghaiTime,
  yearOf,
} from '@ledger/domain';
import * as fc from 'fast-check';

describe('local date', () => {
  it('is the day in Shanghai, eight hours ahead of the clock of the server', () => {
    expect(shanghaiDate(Date.parse('2024-12-31T15:59:59.999Z'))).toBe('2024-12-31');
    expect(shanghaiDate(Date.parse('2024-12-31T16:00:00.000Z'))).toBe('2025-01-01');
  });

  it('is said to the minute, as the clock on the wall has it', () => {
    expect(shanghaiTime('2024-12-31T15:59:59.999Z')).toBe('2024-12-31 23:59');
    expect(shanghaiTime('2024-12-31T16:00:00.000Z')).toBe('2025-01-01 00:00');
  });

  it('is that of each instant, in whatever order instants are asked for', () => {
    const midnightMs = Date.parse('2024-12-31T16:00:00.000Z');
    const days = [0, -1, 0, 86_400_000, 86_399_999, -1, -86_400_001].map((ms) => shanghaiDate(midnightMs + ms));
    expect(days).toEqual([
      '2025-01-01',
      '2024-12-31',
      '2025-01-01',
      '2025-01-02',
      '2025-01-01',
      '2024-12-31',
      '2024-12-30',
    ]);
    expect(shanghaiDate(-1)).toBe('1970-01-01');
    expect(() => shanghaiDate(Number.NaN)).toThrow(RangeError);
    expect(shanghaiDate(midnightMs)).toBe('2025-01-01');
  });

  it.each(['1949-10-01', '2024-02-29', '2024-12-31', '9999-12-31'])('exists: %s', (day) =>
    expect(isLocalDate(day)).toBe(true),
  );

  it.each([
    '1949-09-30',
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '20240101',
    '2024-01-01T00:00:00Z',
    ' 2024-01-01',
    '2024-01-01\n',
    '',
    20_240_101,
    null,
    undefined,
    new Date(0),
    ['2024-01-01'],
  ])('does not exist: %p', (day) => expect(isLocalDate(day)).toBe(false));
});

describe('period', () => {
  it.each(['1950-01', '2024-12', '9999-12'])('exists: %s', (period) => expect(isPeriod(period)).toBe(true));
  it.each(['1949-12', '2024-00', '2024-13', '2024-1', '2024', '2024-01-01', '2024-01\n', 202_401, null, undefined])(
    'does not exist: %p',
    (period) => expect(isPeriod(period)).toBe(false),
  );

  it('follows and precedes over the end of a year', () => {
    expect(nextPeriod('2024-12')).toBe('2025-01');
    expect(previousPeriod('2025-01')).toBe('2024-12');
    expect(december(2024)).toBe('2024-12');
    expect(yearOf('2024-12')).toBe(2024);
  });

  it('has a first and a last day', () => {
    expect([firstDay('2024-02'), lastDay('2024-02'), lastDay('2023-02')]).toStrictEqual([
      '2024-02-01',
      '2024-02-29',
      '2023-02-28',
    ]);
  });

  it('clamps a day to its nearest one', () => {
    expect(clampInto('2024-01-31', '2024-02')).toBe('2024-02-01');
    expect(clampInto('2024-02-10', '2024-02')).toBe('2024-02-10');
    expect(clampInto('2024-06-15', '2024-02')).toBe('2024-02-29');
  });

  it('holds whatever is clamped into it', () =>
    fc.assert(
      fc.property(fc.nat(2_000_000_000_000), fc.nat(2_000_000_000_000), (a, b) => {
        const period = periodOf(shanghaiDate(b));
        expect(periodOf(clampInto(shanghaiDate(a), period))).toBe(period);
        expect(previousPeriod(nextPeriod(period))).toBe(period);
      }),
    ));
});
