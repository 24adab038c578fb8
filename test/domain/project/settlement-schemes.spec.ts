import { describe, expect, it } from '@jest/globals';
import { join, LEAD, leave, PARTNER, scheme, THIRD } from '../../support/given-project.js';
import { COLLECTIVE, given, OTHER, schemeOf, settle, sharesOf } from '../../support/given-settlement.js';

describe('a scheme that is dated back', () => {
  const settled = [settle('2024-02-29', 100_00), settle('2024-03-31', 100_01), settle('2024-05-31', 70_00)] as const;

  it('changes what was settled from its day on, month by month, by differences that add up to zero', () => {
    const facts = given(...settled)
      .when(scheme('2024-03-01', { [LEAD]: 5000, [PARTNER]: 5000 }))
      .decided();
    expect(facts[0]?.type).toBe('AllocationSchemeSet');
    expect(sharesOf(facts)).toEqual([
      {
        type: 'IncomeReallocated',
        no: 4,
        period: '2024-03',
        on: '2024-03-31',
        amountFen: 100_01,
        201: -10_00,
        202: 10_00,
      },
      {
        type: 'IncomeReallocated',
        no: 5,
        period: '2024-05',
        on: '2024-05-31',
        amountFen: 70_00,
        201: -7_00,
        202: 7_00,
      },
    ]);
  });

  it('changes nothing from the day on which the next scheme holds', () => {
    const facts = given(...settled, scheme('2024-05-01', { [LEAD]: 1000, [PARTNER]: 9000 }))
      .when(scheme('2024-03-01', { [LEAD]: 5000, [PARTNER]: 5000 }))
      .decided();
    expect(sharesOf(facts).map(({ period }) => period)).toEqual(['2024-03']);
  });

  it('gives to villages that had nothing and takes all from those that are left out', () => {
    const facts = given(settle('2024-02-29', 100_00), join(THIRD, '2024-02-01'))
      .when(scheme('2024-02-01', { [LEAD]: 6000, [THIRD]: 4000 }))
      .decided();
    expect(sharesOf(facts)).toEqual([
      {
        type: 'IncomeReallocated',
        no: 2,
        period: '2024-02',
        on: '2024-02-29',
        amountFen: 100_00,
        202: -40_00,
        203: 40_00,
      },
    ]);
  });

  it('takes back from the book in which the share stands, whatever collective the new scheme names', () => {
    const [first, second] = [schemeOf('2024-01-01', 6000, COLLECTIVE), schemeOf('2024-01-01', 5000, OTHER)] as const;
    const facts = given(first, settle('2024-02-29', 100_00)).when(second).decided();
    expect(facts[1]).toMatchObject({
      data: {
        shares: [
          { village: LEAD, organization: COLLECTIVE, amountFen: -10_00 },
          { village: PARTNER, amountFen: 10_00 },
        ],
      },
    });
    const later = given(first, settle('2024-02-29', 100_00), second).when(settle('2024-03-31', 100_00)).decided();
    expect(later[0]).toMatchObject({ data: { shares: [{ organization: OTHER, amountFen: 50_00 }, {}] } });
  });

  it('that says the same changes nothing', () =>
    expect(
      given(...settled)
        .when(scheme('2024-03-01', { [LEAD]: 6000, [PARTNER]: 4000 }))
        .decided(),
    ).toHaveLength(1));

  it('does not matter to a village that has left before', () => {
    const facts = given(
      settle('2024-02-29', 10_00),
      scheme('2024-03-01', { [LEAD]: 10_000 }),
      leave(PARTNER, '2024-03-01'),
    )
      .when(settle('2024-03-31', 10_00))
      .decided();
    expect(sharesOf(facts)).toEqual([
      { type: 'IncomeAllocated', no: 2, period: '2024-03', on: '2024-03-31', amountFen: 10_00, 201: 10_00 },
    ]);
  });
});
