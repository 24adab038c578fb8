import { describe, expect, it } from '@jest/globals';
import { MAX_AMOUNT_FEN, MAX_SUM_FEN } from '@ledger/domain';
import { factOf, refuses } from '../../support/given-ledger-year.js';
import {
  close,
  complete,
  decideAfter,
  enrol,
  gain,
  given,
  LEAD,
  PARTNER,
  PROJECT,
  projectOf,
  propose,
  recorded,
  resume,
  sale,
  started,
  suspend,
  THIRD,
  visitors,
  withdraw,
  withdrawCount,
  withdrawGain,
  withdrawJob,
  withdrawSale,
} from '../../support/given-project.js';
import { job } from '../../support/given-project.js';

const begun = started('2024-03-01');

describe('a sale', () => {
  it('is recorded by product, weight and channel, under its number', () => {
    given(...begun, sale('2024-03-01'))
      .when(sale('2024-03-02'))
      .records({
        type: 'SaleRecorded',
        version: 1,
        division: LEAD,
        effectiveOn: '2024-03-02',
        data: {
          project: PROJECT,
          saleNo: 2,
          product: '笋干',
          quantityGrams: 50_000,
          amountFen: 12_800_00,
          channel: 'SHOP',
        },
      });
  });

  it('belongs to a day on which the project was at work, also the day it stopped', () => {
    const over = [...begun, complete('2024-05-01'), close('2024-05-31')];
    expect(recorded([...over, sale('2024-05-01')])).toHaveLength(6);
    given(...over)
      .when(sale('2024-05-02'))
      .refuses(
        'PROJECT_NOT_ACTIVE',
        { project: PROJECT, on: '2024-05-02', needs: ['active'], status: 'completed', since: '2024-05-01' },
        'effectiveOn',
      );
    given(...over)
      .when(sale('2024-06-01'))
      .refuses('PROJECT_CLOSED', { project: PROJECT, on: '2024-06-01', closedOn: '2024-05-31' }, 'effectiveOn');
    given(propose('2024-01-10'))
      .when(sale('2024-06-01'))
      .refuses('PROJECT_NOT_ACTIVE', {
        project: PROJECT,
        on: '2024-06-01',
        needs: ['active'],
        status: 'proposed',
        since: '2024-01-10',
      });
  });

  it('is of a whole amount above zero, through a channel, of no person', () => {
    given(...begun)
      .when(sale('2024-03-02', { amountFen: 0 }))
      .refuses('AMOUNT_NOT_POSITIVE', { amountFen: 0 }, 'amountFen');
    given(...begun)
      .when(sale('2024-03-02', { amountFen: 0.5 }))
      .refuses('AMOUNT_PRECISION', { amount: 0.5 }, 'amountFen');
    given(...begun)
      .when(sale('2024-03-02', { product: '送13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'product');
    expect(() => recorded([...begun, sale('2024-03-02', { channel: 'DRONE' })])).toThrow('CATEGORY_UNKNOWN');
  });

  it('leaves every sum of the project exact', () => {
    const [whole] = recorded([...begun, sale('2024-03-02', { amountFen: MAX_AMOUNT_FEN })]).slice(-1);
    if (whole?.type !== 'SaleRecorded') throw new Error('no sale');
    const many = Array.from({ length: MAX_SUM_FEN / MAX_AMOUNT_FEN }, (_, i) => ({
      ...whole,
      data: { ...whole.data, saleNo: i + 1 },
    }));
    const full = [...recorded(begun), ...many];
    refuses(
      () => decideAfter(full, sale('2024-03-03', { amountFen: 1 })),
      'AMOUNT_TOO_LARGE',
      { amountFen: MAX_SUM_FEN + 1, limitFen: MAX_SUM_FEN },
      'amountFen',
    );
    expect(projectOf([...full, ...decideAfter(full, withdrawSale(1))]).turnoverFen).toBe(MAX_SUM_FEN - MAX_AMOUNT_FEN);
  });
});

describe('visitors', () => {
  it('are counted from one day to another, and the count is known of the last', () =>
    given(...begun)
      .when(visitors('2024-04-01', '2024-04-30'))
      .records({
        type: 'VisitorsCounted',
        version: 1,
        division: LEAD,
        effectiveOn: '2024-04-30',
        data: { project: PROJECT, countNo: 1, from: '2024-04-01', to: '2024-04-30', count: 320, source: 'TICKETS' },
      }));

  it('are counted between the start and the end, a suspension in between or not', () => {
    const paused = [...begun, suspend('2024-04-10'), resume('2024-04-20')];
    expect(recorded([...paused, visitors('2024-04-01', '2024-04-15')])).toHaveLength(6);
    const needs = ['active', 'suspended'];
    given(...begun)
      .when(visitors('2024-02-01', '2024-03-31'))
      .refuses('PROJECT_NOT_ACTIVE', { project: PROJECT, on: '2024-02-01', needs }, 'from');
    given(...begun, complete('2024-05-01'))
      .when(visitors('2024-04-01', '2024-05-31'))
      .refuses(
        'PROJECT_NOT_ACTIVE',
        { project: PROJECT, on: '2024-05-31', needs, status: 'completed', since: '2024-05-01' },
        'to',
      );
  });

  it('are counted forwards, up to today, by a source', () => {
    given(...begun)
      .when(visitors('2024-04-30', '2024-04-01'))
      .refuses('END_BEFORE_START', { from: '2024-04-30', to: '2024-04-01' }, 'to');
    given(...begun)
      .when(visitors('2024-12-01', '2025-01-01'))
      .refuses('DATE_IN_FUTURE', { date: '2025-01-01', today: '2024-12-31' }, 'to');
    expect(() => recorded([...begun, visitors('2024-04-01', '2024-04-30', { source: 'GUESS' })])).toThrow(
      'CATEGORY_UNKNOWN',
    );
  });
});

describe('a gain', () => {
  const population = { of: 'HOUSEHOLD_MEMBERS', count: 4 };
  const enrolled = [...begun, enrol('household-1', '2024-03-01')];

  it('is told of a household, of a village, or of all', () => {
    given(...enrolled)
      .when(gain('2024-10-31', { household: 'household-1', population }))
      .records({
        type: 'HouseholdGainRecorded',
        version: 1,
        division: LEAD,
        concerns: [PARTNER],
        effectiveOn: '2024-10-31',
        data: {
          project: PROJECT,
          gainNo: 1,
          year: 2024,
          amountFen: 360_000_00,
          method: 'SURVEY',
          population,
          household: 'household-1',
          village: PARTNER,
        },
      });
    const whole = recorded([...enrolled, gain('2024-10-31'), gain('2024-10-31', { village: THIRD })]);
    expect(whole.at(-2)?.data).not.toHaveProperty('village');
    expect(whole.at(-1)).toMatchObject({ concerns: [THIRD], data: { gainNo: 2, village: THIRD } });
  });

  it('is told once a year of the same people', () => {
    given(...enrolled, gain('2024-10-31', { household: 'household-1', population }))
      .when(gain('2024-11-01', { household: 'household-1' }))
      .refuses('GAIN_DUPLICATE', { project: PROJECT, year: 2024, gainNo: 1 }, 'year');
    given(...begun, gain('2024-10-31'))
      .when(gain('2024-11-01', { amountFen: 1 }))
      .refuses('GAIN_DUPLICATE', { project: PROJECT, year: 2024, gainNo: 1 });
    expect(recorded([...begun, gain('2024-10-31'), gain('2024-10-31', { population })])).toHaveLength(5);
  });

  it('is of a household that was enrolled in the year', () => {
    const left = [...enrolled, withdraw('household-1', '2024-03-01')];
    given(...left)
      .when(gain('2024-10-31', { household: 'household-1', population }))
      .refuses(
        'HOUSEHOLD_NOT_ENROLLED',
        {
          project: PROJECT,
          household: 'household-1',
          on: '2024',
          spans: [{ from: '2024-03-01', to: '2024-03-01' }],
        },
        'household',
      );
    expect(
      recorded([
        ...enrolled,
        withdraw('household-1', '2024-03-02'),
        gain('2024-10-31', { household: 'household-1', population }),
      ]),
    ).toHaveLength(6);
  });

  it('is told after the start, of a year that has begun, by a method, of a population', () => {
    given(...begun)
      .when(gain('2024-02-29'))
      .refuses('PROJECT_NOT_ACTIVE', {
        project: PROJECT,
        on: '2024-02-29',
        needs: ['active', 'suspended', 'completed'],
      });
    given(...begun)
      .when(gain('2024-10-31', { year: 2025 }))
      .refuses('END_BEFORE_START', { from: '2025-01-01', to: '2024-10-31' }, 'year');
    expect(() => recorded([...begun, gain('2024-10-31', { method: 'GUESS' })])).toThrow('CATEGORY_UNKNOWN');
    expect(() => recorded([...begun, gain('2024-10-31', { population: { of: 'ALL', count: 1 } })])).toThrow(
      'CATEGORY_UNKNOWN',
    );
  });
});

describe('withdrawing', () => {
  const busy = [
    ...begun,
    sale('2024-03-02'),
    visitors('2024-04-01', '2024-04-30'),
    job('worker-7', '2024-04-01', { endedOn: '2024-05-01' }),
    gain('2024-10-31'),
  ];
  const facts = recorded(busy);

  it.each([
    [withdrawSale(1), 'SaleWithdrawn', 3],
    [withdrawCount(1), 'VisitorCountWithdrawn', 4],
    [withdrawJob(1), 'JobWithdrawn', 5],
    [withdrawGain(1), 'HouseholdGainWithdrawn', 7],
  ])('%o repeats the record on its own day and names its fact', (command, type, revision) => {
    const original = facts[revision];
    if (original === undefined) throw new Error('no such fact');
    const { id } = factOf(original, 'project-project-1', revision);
    given(...busy)
      .when(command)
      .records({
        ...original,
        type,
        data: {
          ...original.data,
          ...(type === 'JobWithdrawn' ? { endedOn: '2024-05-01' } : {}),
          corrects: id,
          reason: '重复录入',
        },
      });
  });

  it('leaves nothing behind that a step would rest on, or that is there twice', () => {
    const withdrawn = projectOf(
      recorded([...busy, withdrawSale(1), withdrawCount(1), withdrawJob(1), withdrawGain(1)]),
    );
    const days = Object.values(withdrawn.recordedOn).flatMap((of) => [...of.keys()]);
    expect(days).toStrictEqual([]);
    expect(withdrawn.turnoverFen).toBe(0);
    expect(recorded([...busy, withdrawGain(1), gain('2024-10-31')]).at(-1)?.data).toMatchObject({ gainNo: 2 });
    expect(recorded([...busy, withdrawSale(1), sale('2024-03-02')]).at(-1)?.data).toMatchObject({ saleNo: 2 });
  });

  it('is done once, of what is there, with a reason that names nobody', () => {
    given(...busy, withdrawSale(1))
      .when(withdrawSale(1))
      .refuses('RECORD_WITHDRAWN', { project: PROJECT, record: 'sale', no: 1 }, 'no');
    given(...busy)
      .when(withdrawSale(2))
      .refuses('RECORD_UNKNOWN', { project: PROJECT, record: 'sale', no: 2 }, 'no');
    given(...busy)
      .when(Object.assign(withdrawSale(1), { reason: '13800138000' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'reason');
  });
});
