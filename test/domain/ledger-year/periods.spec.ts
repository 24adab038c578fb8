import { describe, expect, it } from '@jest/globals';
import { type BookMonths, oldestOpen, periodFor } from '@ledger/domain';
import { bookOf, close, closed, given, income, recorded, refuses } from '../../support/given-ledger-year.js';

const correction = { reason: '发票迟到' };

describe('the month of an entry', () => {
  it('is that of its business date, though older months are open', () =>
    given()
      .when(income({ effectiveOn: '2024-05-31' }))
      .recordsData({ period: '2024-05', bookedOn: '2024-05-31' }));

  it('opens by its first posting, and several stay open', () =>
    given(...recorded([income({ effectiveOn: '2024-05-31' })]))
      .when(income({ effectiveOn: '2024-02-01' }))
      .recordsData({ period: '2024-02', voucherNo: 1 }));

  it('is refused once closed, when no correction is named', () =>
    given(closed('2024-01'), closed('2024-02'))
      .when(income({ effectiveOn: '2024-01-20' }))
      .refuses('PERIOD_CLOSED', { period: '2024-01', lastClosed: '2024-02', oldestOpen: '2024-03' }, 'effectiveOn'));

  it('is the oldest open one for a correction, which names the closed month and why', () => {
    const [fact] = recorded([income({ effectiveOn: '2024-01-20', correction })], { lastClosed: '2024-02' });
    expect(fact).toMatchObject({
      effectiveOn: '2024-01-20',
      data: {
        period: '2024-03',
        bookedOn: '2024-03-31',
        voucherNo: 1,
        corrects: { period: '2024-01', reason: '发票迟到' },
      },
    });
  });

  it('books a correction today when the oldest open month runs', () =>
    given()
      .beside({ lastClosed: '2024-05' })
      .when(income({ effectiveOn: '2024-01-20', correction }))
      .recordsData({ period: '2024-06', bookedOn: '2024-06-15' }));

  it('takes no correction while open, whose reason would be recorded nowhere', () => {
    given().when(income({ correction })).refuses('CORRECTION_NOT_NEEDED', { period: '2024-01' }, 'correction');
    given(closed('2024-01'))
      .when(income({ effectiveOn: '2024-02-01', correction }))
      .refuses('CORRECTION_NOT_NEEDED', { period: '2024-02' }, 'correction');
  });

  it('is refused before the book starts, with a correction too', () => {
    const facts = { period: '2024-01', startPeriod: '2024-03', oldestOpen: '2024-03' };
    const late = given().beside({ book: bookOf('rural-collective-2024', '2024-03') });
    late.when(income()).refuses('PERIOD_NOT_OPEN', facts, 'effectiveOn');
    late.when(income({ correction })).refuses('PERIOD_NOT_OPEN', facts, 'effectiveOn');
  });

  it('waits while the running month is closed already', () =>
    given()
      .beside({ lastClosed: '2024-06' })
      .when(income({ effectiveOn: '2024-06-15', correction }))
      .refuses('PERIOD_NOT_OPEN', { period: '2024-07', startPeriod: '2024-01', oldestOpen: '2024-07' }, 'effectiveOn'));

  it('gives a reason without personal data', () =>
    given(...recorded([close('2024-01')]))
      .when(income({ correction: { reason: '问13800138000' } }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'correction.reason'));
});

describe('over the end of a year', () => {
  const months: BookMonths = { startPeriod: '2023-01', lastClosed: '2024-10', today: '2025-01-15' };

  it('two years are open at once', () => {
    expect(periodFor('2024-11-05', undefined, months)).toStrictEqual({ period: '2024-11' });
    expect(periodFor('2024-12-31', undefined, months)).toStrictEqual({ period: '2024-12' });
    expect(periodFor('2025-01-10', undefined, months)).toStrictEqual({ period: '2025-01' });
  });

  it('a correction goes to the old year while that is open, of an older year too', () => {
    for (const effectiveOn of ['2024-03-05', '2023-03-05']) {
      const period = effectiveOn.slice(0, 7);
      expect(periodFor(effectiveOn, correction, months)).toStrictEqual({
        period: '2024-11',
        corrects: { period, ...correction },
      });
    }
  });

  it('and into the new year once the old one is closed', () =>
    expect(periodFor('2024-03-05', correction, { ...months, lastClosed: '2024-12' })).toStrictEqual({
      period: '2025-01',
      corrects: { period: '2024-03', ...correction },
    }));

  it('the oldest open month follows December with January', () => {
    expect(oldestOpen({ ...months, lastClosed: '2024-12' })).toBe('2025-01');
    expect(oldestOpen({ startPeriod: '2023-01', today: '2025-01-15' })).toBe('2023-01');
  });

  it('refuses with the numbers of the case', () =>
    refuses(() => periodFor('2024-03-05', undefined, months), 'PERIOD_CLOSED', {
      period: '2024-03',
      lastClosed: '2024-10',
      oldestOpen: '2024-11',
    }));
});
