import { describe, expect, it } from '@jest/globals';
import {
  AdjustSettlement,
  allocate,
  decideProject,
  decideSettlement,
  evolveProject,
  type Project,
  projectStream,
  Refusal,
  schemeOn,
  SetAllocationScheme,
  settledOf,
  settledPeriods,
  SettleIncome,
} from '@ledger/domain';
import * as fc from 'fast-check';
import { factOf } from '../../support/given-ledger-year.js';
import {
  join,
  LEAD,
  PARTNER,
  PROJECT,
  projectOf,
  recorded,
  settingOf,
  started,
  THIRD,
} from '../../support/given-project.js';

const VILLAGES = [LEAD, PARTNER, THIRD];
const MONTHS = ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31'];
const STAFF = { preparedBy: 'accountant-1', reviewedBy: 'reviewer-1' };

const day = fc.constantFrom(...MONTHS, '2024-01-10', '2024-03-01', '2024-04-02');
const amountFen = fc.integer({ min: 1, max: 9_999_999_99 });
const parts = fc.tuple(fc.integer({ min: 1, max: 9998 }), fc.integer({ min: 1, max: 9998 })).map(([a, b]) => {
  const first = Math.max(1, Math.min(a, 9998));
  const second = Math.max(1, Math.min(b, 9999 - first));
  return [first, second, 10_000 - first - second];
});

const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ settle: fc.constantFrom(...MONTHS), amountFen }) },
  { weight: 1, arbitrary: fc.record({ adjust: fc.constantFrom(...MONTHS), amountFen }) },
  { weight: 2, arbitrary: fc.record({ scheme: day, parts }) },
);

type Step = typeof command extends fc.Arbitrary<infer T> ? T : never;

function asked(project: Project, step: Step) {
  const setting = settingOf();
  if ('settle' in step) {
    const said = { project: PROJECT, effectiveOn: step.settle, amountFen: step.amountFen, account: '50106', ...STAFF };
    const terms = { settlement: { account: '112' }, summary: '分成' };
    return decideSettlement(Object.assign(new SettleIncome(), said, terms), project, setting);
  }
  if ('adjust' in step) {
    const said = {
      project: PROJECT,
      period: step.adjust.slice(0, 7),
      amountFen: step.amountFen,
      reason: '更正',
      ...STAFF,
    };
    return decideSettlement(Object.assign(new AdjustSettlement(), said), project, setting);
  }
  const shares = VILLAGES.map((village, i) => ({ village, basisPoints: step.parts[i] ?? 0 }));
  const said = { project: PROJECT, effectiveOn: step.scheme, shares };
  return decideProject(Object.assign(new SetAllocationScheme(), said), project, setting);
}

describe('what villages share of a project', () => {
  it('adds up to what was settled, to the fen, and is what the scheme of the day gives, after any history', () => {
    let reallocated = 0;
    fc.assert(
      fc.property(fc.array(command, { minLength: 4, maxLength: 14 }), (steps) => {
        const project = projectOf(recorded([...started('2024-01-01'), join(THIRD, '2024-01-01')]));
        for (const step of steps) {
          try {
            for (const fact of asked(project, step)) {
              if (fact.type === 'IncomeReallocated') reallocated++;
              evolveProject(project, factOf(fact, projectStream(PROJECT), 0));
            }
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
        for (const [period, on] of settledPeriods(project.allocations)) {
          const settled = settledOf(project.allocations, period);
          const byVillage = [...(settled?.byVillage ?? [])].filter(([, fen]) => fen !== 0);
          expect(byVillage.reduce((sum, [, fen]) => sum + fen, 0)).toBe(settled?.amountFen);
          const given = allocate(settled?.amountFen ?? 0, schemeOn(project, on)?.shares ?? []);
          expect(new Map(byVillage)).toEqual(
            new Map(given.filter((share) => share.amountFen !== 0).map((share) => [share.village, share.amountFen])),
          );
        }
      }),
      { numRuns: 300 },
    );
    expect(reallocated).toBeGreaterThan(150);
  });
});
