import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { Histories, HistoryRows, historyTables, SqliteStatements, SqliteThings } from '@ledger/readmodel';
import { dateOfDay, history, type When } from '@ledger/views';
import * as fc from 'fast-check';

interface Change {
  readonly set?: string;
  readonly end?: true;
}

/** A thing that hears changes in the order of their dates, and is not there between an end and the next change. */
const thing = history<{ heard: string[] }, Change>({
  name: 'thing',
  version: 1,
  find: ['village'],
  on: {},
  evolve: (state, { set, end }) => {
    if (end === true) return undefined;
    const heard = state?.heard ?? [];
    if (set !== undefined) heard.push(set);
    return { heard };
  },
});

interface Recorded extends When {
  readonly key: string;
  readonly change: Change;
}

const dates = [1, 2, 3, 4, 5].map((day) => `2024-01-0${day}`);

const recorded = fc
  .array(
    fc.record({
      key: fc.constantFrom('a', 'b'),
      effectiveOn: fc.constantFrom(...dates),
      change: fc.oneof(
        fc.constantFrom({ set: 'x' }, { set: 'y' }, { set: 'z' }, {}),
        fc.constant({ end: true as const }),
      ),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((all): Recorded[] => all.map((one, index) => ({ ...one, position: index + 1 })));

/** The rows of a store to which `batchOf` changes at a time are written. */
function stored(all: readonly Recorded[], batchOf: number): Histories {
  const db = new DatabaseSync(':memory:');
  db.exec(historyTables(thing).join(';\n'));
  let waiting: (() => void)[] = [];
  const rows = new HistoryRows(new SqliteThings(db, [thing]), (table, row) => {
    waiting.push(() => db.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row));
  });
  for (const [index, { key, change, ...when }] of all.entries()) {
    rows.post(thing, { key, find: { village: `village of ${key}` }, change }, when);
    if ((index + 1) % batchOf !== 0 && index !== all.length - 1) continue;
    for (const write of waiting) write();
    waiting = [];
    // What is known stays, or is read back.
    if (index % 2 === 0) rows.shrink();
    else rows.clear();
  }
  return new Histories(new SqliteStatements(db), () => undefined);
}

/** What was known then, replayed by date. */
function replayed(all: readonly Recorded[], key: string, asOf: string, knownAt: number): string[] | undefined {
  let heard: string[] | undefined;
  for (const date of dates.filter((day) => day <= asOf)) {
    for (const { change } of all.filter((r) => r.key === key && r.effectiveOn === date && r.position <= knownAt)) {
      if (change.end === true) heard = undefined;
      else heard = [...(heard ?? []), ...(change.set === undefined ? [] : [change.set])];
    }
  }
  return heard;
}

describe('the rows of a history', () => {
  it('answer as a replay does, at every date and position, however the changes were dated and cut into batches', () => {
    let dated = 0;
    fc.assert(
      fc.property(recorded, fc.integer({ min: 1, max: 5 }), (all, batchOf) => {
        const histories = stored(all, batchOf);
        if (
          all.some((r) => all.some((s) => s.key === r.key && s.position < r.position && s.effectiveOn > r.effectiveOn))
        )
          dated++;
        for (const asOf of ['2023-12-31', ...dates, '2025-01-01']) {
          for (let knownAt = 0; knownAt <= all.length; knownAt++) {
            const found = histories.page(thing, {}, { asOf, knownAt });
            for (const key of ['a', 'b']) {
              const expected = replayed(all, key, asOf, knownAt);
              expect(found.find((row) => row.key === key)?.state.heard).toEqual(expected);
              expect(histories.one(thing, key, { asOf, knownAt })?.state.heard).toEqual(expected);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(dated).toBeGreaterThan(75);
  });

  it('are not written again where a late change makes no difference', () => {
    const all: Recorded[] = [
      { key: 'a', effectiveOn: '2024-01-02', position: 1, change: { set: 'x' } },
      { key: 'a', effectiveOn: '2024-01-04', position: 2, change: { set: 'y' } },
      { key: 'a', effectiveOn: '2024-01-03', position: 3, change: {} },
    ];
    const histories = stored(all, 3);
    const at = (asOf: string) => histories.one(thing, 'a', { asOf, knownAt: 3 });
    expect(at('2024-01-03')).toEqual({ key: 'a', validFrom: '2024-01-03', position: 3, state: { heard: ['x'] } });
    expect(at('2024-01-04')).toEqual({ key: 'a', validFrom: '2024-01-04', position: 2, state: { heard: ['x', 'y'] } });
  });

  it('are found by what their things are found by, page by page', () => {
    const all = ['d', 'b', 'a', 'c'].map((key, index): Recorded => {
      return { key, effectiveOn: dateOfDay(20240101), position: index + 1, change: { set: key } };
    });
    const histories = stored(all, 2);
    const at = { asOf: '2024-12-31', knownAt: 4 };
    const keys = (question: Parameters<Histories['page']>[1]) =>
      histories.page(thing, question, at).map(({ key }) => key);
    expect(keys({ limit: 2 })).toEqual(['a', 'b']);
    expect(keys({ after: 'b', limit: 2 })).toEqual(['c', 'd']);
    expect(keys({ find: { village: ['village of d', 'village of a'] } })).toEqual(['a', 'd']);
    expect(keys({ find: { village: [] } })).toEqual([]);
    expect(histories.page(thing, {}, { ...at, knownAt: 2 }).map(({ key }) => key)).toEqual(['b', 'd']);
  });
});
