import { describe, expect, it } from '@jest/globals';
import { everything } from '@ledger/readmodel';
import { household } from '@ledger/views';
import * as fc from 'fast-check';
import { projected } from '../support/projected.js';
import { fact, NEIGHBOUR, VILLAGE, VillageLedger } from './village-ledger.js';

const days = ['2024-01-31', '2024-02-01', '2024-02-02', '2024-02-03', '2024-02-04'];
const day = fc.constantFrom(...days.slice(1));

interface Told {
  readonly village: string;
  readonly from: string;
  /** Later than its beginning by so many of the days above; recorded where in the order it falls. */
  readonly dissolved: { readonly after: number; readonly order: number } | undefined;
  readonly order: number;
}

const told = fc.array(
  fc.record({
    village: fc.constantFrom(VILLAGE, NEIGHBOUR),
    from: day,
    order: fc.nat(100),
    dissolved: fc.option(fc.record({ after: fc.nat(3), order: fc.nat(100) }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
);

interface Recorded {
  readonly id: string;
  readonly village: string;
  readonly on: string;
  readonly position: number;
  readonly end: boolean;
}

/** Registrations and dissolutions in any order that has each household registered first. */
async function recorded(ledger: VillageLedger, all: readonly Told[]): Promise<Recorded[]> {
  const planned = all.flatMap(({ village, from, order, dissolved }, i) => {
    const id = `household-${i}`;
    const begins = { id, village, on: from, order, end: false };
    if (dissolved === undefined) return [begins];
    const on = days[days.indexOf(from) + dissolved.after] ?? '2024-02-05';
    return [begins, { ...begins, on, order: order + dissolved.order, end: true }];
  });
  const done: Recorded[] = [];
  for (const { id, village, on, end } of planned.toSorted((a, b) => a.order - b.order)) {
    const data = end ? { household: id, reason: '迁出' } : { household: id, village };
    const draft = fact(end ? 'HouseholdDissolved' : 'HouseholdRegistered', on, data, village);
    done.push({ id, village, on, end, position: await ledger.append(`household-${id}`, draft) });
  }
  return done;
}

describe('households', () => {
  it('are counted and listed as a look through all facts does, at every day and position', async () => {
    let datedBack = 0;
    await fc.assert(
      fc.asyncProperty(told, fc.integer({ min: 1, max: 4 }), async (all, batch) => {
        const ledger = new VillageLedger();
        await ledger.open();
        const first = await ledger.divisions();
        const facts = await recorded(ledger, all);
        if (facts.some((f) => facts.some((g) => g.position < f.position && g.on > f.on))) datedBack++;
        const { read, remove } = await projected(ledger.log, batch);
        for (const asOf of days) {
          for (let knownAt = first; knownAt <= first + facts.length; knownAt++) {
            const known = facts.filter(({ on, position }) => on <= asOf && position <= knownAt);
            const there = known.filter(({ id, end }) => !end && !known.some((other) => other.id === id && other.end));
            const villages = read.recordedVillages(VILLAGE, { asOf, knownAt }, everything);
            expect([...villages]).toEqual([[VILLAGE, VILLAGE]]);
            const expected = there.filter(({ village }) => village === VILLAGE);
            const counts = read.householdCounts([VILLAGE], { asOf, knownAt });
            expect(counts).toEqual(expected.length === 0 ? [] : [{ village: VILLAGE, households: expected.length }]);
            const rows = read.history.page(household, { find: { village: [VILLAGE] } }, { asOf, knownAt });
            const listed = rows.filter(({ state }) => state.dissolvedOn === null).map(({ key }) => key);
            expect(listed).toEqual(expected.map(({ id }) => id).toSorted());
          }
        }
        remove();
      }),
      { numRuns: 40 },
    );
    expect(datedBack).toBeGreaterThan(8);
  });
});

describe('published figures', () => {
  const said = fc.record({
    measure: fc.constantFrom('workshops', 'ideas'),
    on: day,
    value: fc.nat(5),
    corrects: fc.option(fc.nat(7), { nil: undefined }),
  });

  it('are read as a look through all facts does, at every day and position', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 10 }), async (all) => {
        const ledger = new VillageLedger();
        const first = await ledger.open();
        const facts: { id: string; measure: string; on: string; position: number; corrects?: string }[] = [];
        for (const { measure, on, value, corrects } of all) {
          const of = facts.filter((known) => known.measure === measure);
          const free = of.filter(({ id }) => !of.some((other) => other.corrects === id));
          const corrected = corrects === undefined ? undefined : free[corrects % Math.max(1, free.length)]?.id;
          const more = corrected === undefined ? {} : { corrects: corrected };
          const source = { document: '示例年报', line: '1' };
          const reading = { scope: VILLAGE, measure, value, unit: 'items', qualifier: 'exact', asOf: on, source };
          const draft = fact('IndicatorReported', on, { ...reading, ...more });
          const position = await ledger.append(`indicator-${VILLAGE}-${measure}`, draft);
          const [written] = await ledger.log.readAfter(position - 1, 1);
          const { id } = JSON.parse(written?.fact ?? '') as { id: string };
          facts.push({ id, measure, on, position, ...more });
        }
        const { read, remove } = await projected(ledger.log, 3);
        for (const asOf of days) {
          for (let knownAt = first; knownAt <= first + facts.length; knownAt++) {
            const known = facts.filter(({ position }) => position <= knownAt);
            const current = known.filter(({ id }) => !known.some(({ corrects }) => corrects === id));
            for (const measure of [undefined, 'workshops', 'ideas']) {
              const expected = current.filter((f) => f.on <= asOf && (measure === undefined || f.measure === measure));
              const wanted = { scope: VILLAGE, ...(measure === undefined ? {} : { measure }), after: 0, limit: 100 };
              const { rows, next } = read.readings(wanted, { asOf, knownAt }, everything);
              expect(rows.map(({ reading }) => reading)).toEqual(expected.map(({ id }) => id));
              expect(next).toBeNull();
            }
          }
        }
        remove();
      }),
      { numRuns: 40 },
    );
  });

  it('of a scope that a reader may not see are left out, and the pages go on behind them', async () => {
    const ledger = new VillageLedger();
    await ledger.open();
    for (const scope of [NEIGHBOUR, NEIGHBOUR, VILLAGE]) {
      const source = { document: '示例年报', line: '1' };
      const reading = { scope, measure: 'ideas', value: 1, unit: 'items', qualifier: 'exact', asOf: '2024', source };
      await ledger.append(`indicator-${scope}-ideas`, fact('IndicatorReported', '2024-12-31', reading));
    }
    const { read, remove } = await projected(ledger.log);
    const at = { asOf: '2024-12-31', knownAt: 4 };
    const mine = { ...everything, includesDivision: (code: string) => code === VILLAGE };
    const { rows, next } = read.readings({ after: 0, limit: 2 }, at, mine);
    expect([rows.map((row) => row.scope), next]).toEqual([[VILLAGE], null]);
    expect(read.readings({ after: 0, limit: 1 }, at, mine).next).toBe(rows[0]?.position);
    remove();
  });
});
