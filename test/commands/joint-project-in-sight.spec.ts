import { beforeEach, describe, expect, it } from '@jest/globals';
import { householdAggregate, projectAggregate, settlementAggregate } from '@ledger/commands';
import {
  ApproveProject,
  CloseProject,
  CompleteProject,
  CountVisitors,
  EndJob,
  EnrolHousehold,
  JoinVillage,
  LeaveVillage,
  ProposeProject,
  RecordGain,
  RecordJob,
  RegisterHousehold,
  SetAllocationScheme,
  SettleIncome,
  StartProject,
  WithdrawGain,
  WithdrawHousehold,
  WithdrawJob,
} from '@ledger/domain';
import { type Ask, ORGANIZATION, SIGNED, VILLAGE } from '../support/asking.js';
import { goThrough } from '../support/bookings.js';
import { absentId, DAY, idOf, OTHER, PartlySeen, refuses, TOWNSHIP } from '../support/partly-seen.js';

const ON = '2024-02-01';

let ledger: PartlySeen;
/** As the clerk of the second village, which does not lead. */
let other: Ask;
let project = '';
/** Of the second village, and of the first. */
let household = '';
let foreign = '';

beforeEach(async () => {
  ledger = new PartlySeen();
  await ledger.begin();
  other = ledger.within(OTHER);
  const proposal = { name: '一桌土菜', kind: 'VEGETABLE_BRAND', leadVillage: VILLAGE, villages: [OTHER] };
  project = await idOf(ledger.all(projectAggregate, ProposeProject, { ...proposal, effectiveOn: DAY }));
  for (const step of [ApproveProject, StartProject])
    await ledger.all(projectAggregate, step, { project, effectiveOn: DAY });
  household = await idOf(ledger.all(householdAggregate, RegisterHousehold, { village: OTHER, effectiveOn: DAY }));
  foreign = await idOf(ledger.all(householdAggregate, RegisterHousehold, { village: VILLAGE, effectiveOn: DAY }));
});

const enrol = (by: Ask, whom: string) =>
  by(projectAggregate, EnrolHousehold, { project, household: whom, role: 'GROWER', effectiveOn: ON });

const employ = (by: Ask, worker: string, village: string) =>
  by(projectAggregate, RecordJob, { project, worker, kind: 'SEASONAL', village, effectiveOn: ON });

const gain = (by: Ask, village?: string) =>
  by(projectAggregate, RecordGain, {
    project,
    year: 2024,
    amountFen: 100,
    method: 'SURVEY',
    population: { of: 'ENROLLED_HOUSEHOLDS', count: 3 },
    effectiveOn: ON,
    ...(village === undefined ? {} : { village }),
  });

const settle = (by: Ask) =>
  by(settlementAggregate, SettleIncome, {
    project,
    effectiveOn: '2024-01-31',
    amountFen: 100,
    account: '50106',
    settlement: { account: '112' },
    summary: '分成',
    ...SIGNED,
  });

const share = (by: Ask) =>
  by(projectAggregate, SetAllocationScheme, {
    project,
    effectiveOn: DAY,
    shares: [
      { village: VILLAGE, basisPoints: 6_000, organization: ORGANIZATION },
      { village: OTHER, basisPoints: 4_000 },
    ],
  });

const count = (by: Ask) =>
  by(projectAggregate, CountVisitors, { project, from: DAY, to: ON, count: 3, source: 'TICKETS' });
const complete = (by: Ask) => by(projectAggregate, CompleteProject, { project, effectiveOn: '2024-04-20' });
const close = (by: Ask) => by(projectAggregate, CloseProject, { project, effectiveOn: '2024-05-01' });
const join = (by: Ask) => by(projectAggregate, JoinVillage, { project, village: OTHER, effectiveOn: ON });

describe('a joint project of which one village is in sight', () => {
  it('takes what is of that village, and of the others nothing', async () => {
    await enrol(other, household);
    await employ(other, 'worker-1', OTHER);
    await gain(other, OTHER);
    await refuses(ledger, 'HOUSEHOLD_UNKNOWN', (whom) => enrol(other, whom), foreign, absentId(foreign));
    expect(await ledger.refusal(employ(other, 'worker-2', VILLAGE))).toContain('VILLAGE_UNKNOWN');
  });

  it('has no records but those of that village', async () => {
    await employ(ledger.all, 'worker-1', VILLAGE);
    await gain(ledger.all, VILLAGE);
    await gain(ledger.all);
    await enrol(ledger.all, foreign);
    const numbered = [
      async (no: number) => other(projectAggregate, EndJob, { project, no, effectiveOn: ON }),
      async (no: number) => other(projectAggregate, WithdrawJob, { project, no, reason: '重复' }),
      async (no: number) => other(projectAggregate, WithdrawGain, { project, no, reason: '重复' }),
    ];
    for (const request of numbered) await refuses(ledger, 'RECORD_UNKNOWN', request, 1, 77);
    // The second gain is of no village in particular, and so of the one that leads.
    expect(await ledger.refusal(other(projectAggregate, WithdrawGain, { project, no: 2, reason: '重复' }))).toContain(
      'RECORD_UNKNOWN',
    );
    const leave = async (whom: string) =>
      other(projectAggregate, WithdrawHousehold, { project, household: whom, reason: '迁出', effectiveOn: ON });
    await refuses(ledger, 'HOUSEHOLD_NOT_ENROLLED', leave, foreign, absentId(foreign));
    // Nor has it what others took back since.
    await ledger.all(projectAggregate, WithdrawJob, { project, no: 1, reason: '重复' });
    for (const request of numbered) await refuses(ledger, 'RECORD_UNKNOWN', request, 1, 77);
  });

  it('lets a village take back what is its own', async () => {
    await employ(ledger.all, 'worker-1', VILLAGE);
    await employ(other, 'worker-2', OTHER);
    await gain(other, OTHER);
    await enrol(other, household);
    await other(projectAggregate, EndJob, { project, no: 2, effectiveOn: '2024-03-01' });
    await other(projectAggregate, WithdrawJob, { project, no: 2, reason: '重复' });
    await other(projectAggregate, WithdrawGain, { project, no: 1, reason: '重复' });
    await other(projectAggregate, WithdrawHousehold, { project, household, reason: '迁出', effectiveOn: '2024-03-01' });
    const leave = { project, village: OTHER, effectiveOn: '2024-04-01' };
    expect((await other(projectAggregate, LeaveVillage, leave)).receipt.stream).toBe(`project-${project}`);
  });

  it('does not say whose worker somebody is', async () => {
    await employ(ledger.all, 'worker-1', VILLAGE);
    const said = await ledger.refusal(employ(other, 'worker-1', OTHER));
    expect(said).toContain('GRANT_TOO_NARROW');
    expect(said).not.toContain(VILLAGE);
    expect(await ledger.refusal(employ(ledger.all, 'worker-1', OTHER))).toContain('JOB_OVERLAP');
  });

  it('is led by its lead village, and what binds all is for who sees all of them', async () => {
    for (const request of [count, complete]) {
      expect(await ledger.refusal(request(other))).toContain('"needs":"leadVillage"');
    }
    for (const request of [close, settle, share, join]) {
      for (const village of [VILLAGE, OTHER]) {
        const said = await ledger.refusal(request(ledger.within(village)));
        expect(said).toContain('"needs":"allVillages"');
        expect(said).not.toMatch(/330603008/);
      }
    }
    await count(ledger.within(VILLAGE));
    await complete(ledger.within(VILLAGE));
    await close(ledger.within(TOWNSHIP));
  });

  it('is not there for a village that never took part', async () => {
    const stranger = ledger.within('330603009201');
    const start = async (id: string) => stranger(projectAggregate, StartProject, { project: id, effectiveOn: DAY });
    await refuses(ledger, 'PROJECT_UNKNOWN', start, project, absentId(project));
  });

  it('is booked in the books of all villages, whoever settled it', async () => {
    await share(ledger.within(TOWNSHIP));
    await settle(ledger.within(TOWNSHIP));
    await goThrough(ledger.log, ledger.handling);
    const types = (await ledger.log.readAfter(0, 1000)).map(({ fact }) => (JSON.parse(fact) as { type: string }).type);
    expect(types.filter((type) => /^Share|^VoucherPosted/.test(type)).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'ShareBooked',
      'ShareRefused',
      'VoucherPosted',
    ]);
  });
});
