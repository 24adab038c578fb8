import { describe, expect, it } from '@jest/globals';
import {
  endJob,
  given,
  job,
  LEAD,
  PARTNER,
  PROJECT,
  recorded,
  started,
  suspend,
  THIRD,
  withdrawJob,
} from '../../support/given-project.js';

const begun = started('2024-03-01');

describe('a job', () => {
  it('begins and ends', () => {
    given(...begun)
      .when(job('worker-7', '2024-04-01', { household: 'household-1' }))
      .records({
        type: 'JobRecorded',
        version: 1,
        division: LEAD,
        concerns: [PARTNER],
        effectiveOn: '2024-04-01',
        data: {
          project: PROJECT,
          jobNo: 1,
          worker: 'worker-7',
          household: 'household-1',
          village: PARTNER,
          kind: 'SEASONAL',
        },
      });
    given(...begun, job('worker-7', '2024-04-01'), job('worker-8', '2024-04-01'))
      .when(endJob(2, '2024-05-01'))
      .records({
        type: 'JobEnded',
        version: 1,
        division: LEAD,
        effectiveOn: '2024-05-01',
        data: { project: PROJECT, jobNo: 2, worker: 'worker-8', village: LEAD },
      });
  });

  it('counts in the village of its household, else in the one that is named, else in the lead village', () => {
    const villages = [{ household: 'household-1' }, { village: THIRD }, {}].map(
      (said) => recorded([...begun, job('worker-7', '2024-04-01', said)]).at(-1)?.data,
    );
    expect(villages).toMatchObject([{ village: PARTNER }, { village: THIRD }, { village: LEAD }]);
    given(...begun)
      .when(job('worker-7', '2024-04-01', { household: 'household-1', village: THIRD }))
      .refuses('HOUSEHOLD_ELSEWHERE', { household: 'household-1', village: PARTNER, stated: THIRD }, 'village');
    given(...begun)
      .when(job('worker-7', '2024-04-01', { village: '330603008299' }))
      .refuses('VILLAGE_UNKNOWN', { village: '330603008299' }, 'village');
  });

  it('is recorded with its end in one go, and before one that is known', () => {
    const later = [...begun, job('worker-7', '2024-06-01')];
    expect(
      recorded([...later, job('worker-7', '2024-04-01', { endedOn: '2024-06-01' })])
        .slice(-2)
        .map(({ type, effectiveOn, data }) => ({ type, effectiveOn, ...data })),
    ).toMatchObject([
      { type: 'JobRecorded', effectiveOn: '2024-04-01', jobNo: 2 },
      { type: 'JobEnded', effectiveOn: '2024-06-01', jobNo: 2 },
    ]);
    given(...later)
      .when(job('worker-7', '2024-04-01', { endedOn: '2024-06-02' }))
      .refuses('JOB_OVERLAP', { worker: 'worker-7', on: '2024-04-01', jobNo: 1, from: '2024-06-01' }, 'worker');
  });

  it('does not overlap another of the same worker', () => {
    given(...begun, job('worker-7', '2024-04-01', { endedOn: '2024-05-01' }))
      .when(job('worker-7', '2024-04-30'))
      .refuses('JOB_OVERLAP', {
        worker: 'worker-7',
        on: '2024-04-30',
        jobNo: 1,
        from: '2024-04-01',
        endedOn: '2024-05-01',
      });
    given(...begun, job('worker-7', '2024-04-01'))
      .when(job('worker-7', '2024-03-01'))
      .refuses('JOB_OVERLAP', { worker: 'worker-7', on: '2024-03-01', jobNo: 1, from: '2024-04-01' });
    const again = [...begun, job('worker-7', '2024-04-01'), endJob(1, '2024-05-01'), job('worker-7', '2024-05-01')];
    expect(recorded(again)).toHaveLength(6);
    expect(recorded([...begun, job('worker-7', '2024-04-01'), job('worker-8', '2024-04-01')])).toHaveLength(5);
    expect(
      recorded([...begun, job('worker-7', '2024-04-01'), withdrawJob(1), job('worker-7', '2024-04-01')]),
    ).toHaveLength(6);
  });

  it('ends once, not before it began', () => {
    given(...begun, job('worker-7', '2024-04-01'))
      .when(endJob(1, '2024-03-31'))
      .refuses('END_BEFORE_START', { from: '2024-04-01', to: '2024-03-31' }, 'effectiveOn');
    given(...begun)
      .when(job('worker-7', '2024-04-01', { endedOn: '2024-03-31' }))
      .refuses('END_BEFORE_START', { from: '2024-04-01', to: '2024-03-31' }, 'endedOn');
    given(...begun, job('worker-7', '2024-04-01', { endedOn: '2024-05-01' }))
      .when(endJob(1, '2024-06-01'))
      .refuses('JOB_ENDED', { project: PROJECT, jobNo: 1, endedOn: '2024-05-01' }, 'no');
    given(...begun)
      .when(endJob(1, '2024-06-01'))
      .refuses('RECORD_UNKNOWN', { project: PROJECT, record: 'job', no: 1 }, 'no');
    given(...begun)
      .when(job('worker-7', '2024-04-01', { endedOn: '2025-01-01' }))
      .refuses('DATE_IN_FUTURE', { date: '2025-01-01', today: '2024-12-31' }, 'endedOn');
  });

  it('begins in a project that goes on, under a pseudonym', () => {
    given(...begun, suspend('2024-04-01'))
      .when(job('worker-7', '2024-04-01'))
      .refuses(
        'PROJECT_NOT_ACTIVE',
        { project: PROJECT, on: '2024-04-01', needs: ['active'], status: 'suspended', since: '2024-04-01' },
        'effectiveOn',
      );
    given(...begun)
      .when(job('w13800138000', '2024-04-01'))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'worker');
    expect(() => recorded([...begun, job('worker-7', '2024-04-01', { kind: 'NIGHT' })])).toThrow('CATEGORY_UNKNOWN');
  });
});
