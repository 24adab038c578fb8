import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { everything, type ReadModel, type Scope } from '@ledger/readmodel';
import { projected } from '../support/projected.js';
import { refuses } from '../support/given-ledger-year.js';
import { BOOK, DISTRICT, fact, lines, NEIGHBOUR, TOWNSHIP, VILLAGE, VillageLedger } from './village-ledger.js';

const D = '2024-07-01';
const NEW_TOWNSHIP = '330603018000';
const NEW_VILLAGE = '330603018201';
const STREAM = 'divisions-330603';

let remove: () => void;
let read: ReadModel;
/** Positions: before the recode, with it, with the merger, with the end of the merged village. */
const known = { before: 0, recoded: 0, merged: 0, abolished: 0 };

beforeEach(async () => {
  const ledger = new VillageLedger();
  await ledger.open();
  await ledger.divisions();
  await ledger.book();
  await ledger.book('2024-01', { id: 'book-neighbour', village: NEIGHBOUR });
  await ledger.post('2024-06-10', { lines: lines('102', '50102', 500) });
  known.before = await ledger.post('2024-06-20', { lines: lines('102', '50102', 20), book: 'book-neighbour' });
  const villages = [VILLAGE, NEIGHBOUR].map((oldCode) => ({
    oldCode,
    newCode: oldCode.replace('330603008', '330603018'),
  }));
  const recoded = { oldCode: TOWNSHIP, newCode: NEW_TOWNSHIP, villages };
  known.recoded = await ledger.append(STREAM, fact('DivisionRecoded', D, recoded, TOWNSHIP));
  const merged = { from: ['330603018202'], to: NEW_VILLAGE };
  known.merged = await ledger.append(STREAM, fact('VillagesMerged', '2024-08-01', merged, NEW_VILLAGE));
  const abolished = { code: NEW_VILLAGE, reason: '整村搬迁' };
  known.abolished = await ledger.append(STREAM, fact('DivisionAbolished', '2024-09-01', abolished, NEW_VILLAGE));
  ({ read, remove } = await projected(ledger.log));
});
afterEach(() => remove());

const amounts = (division: string, asOf: string, knownAt: number, scope: Scope = everything) =>
  read
    .turnover(
      { division },
      { role: 'income', from: '2024-01', to: '2024-12', basis: 'booked' },
      { asOf, knownAt },
      scope,
    )
    .map(({ village, amountFen }) => [village, amountFen]);

const prefixes = (codes: readonly string[]): Scope => ({
  ...everything,
  includesDivision: (code) => codes.some((own) => code.startsWith(own.replace(/(000)+$/, ''))),
});

describe('sums', () => {
  it('stand under the code of the day, as it was known', () => {
    const old = [
      [VILLAGE, 500],
      [NEIGHBOUR, 20],
    ];
    expect(amounts(TOWNSHIP, D, known.before)).toEqual(old);
    expect(amounts(TOWNSHIP, '2024-06-30', known.recoded)).toEqual(old);
    expect(amounts(TOWNSHIP, D, known.recoded)).toEqual([]);
    expect(amounts(NEW_TOWNSHIP, D, known.recoded)).toEqual([
      [NEW_VILLAGE, 500],
      ['330603018202', 20],
    ]);
    expect(amounts(NEW_TOWNSHIP, '2024-06-30', known.recoded)).toEqual([]);
  });

  it('of a merged village are those of the one that goes on, and of an abolished one those of the township', () => {
    expect(amounts(NEW_VILLAGE, '2024-07-31', known.merged)).toEqual([[NEW_VILLAGE, 500]]);
    // In the order of their books.
    const both = [
      [NEW_VILLAGE, 20],
      [NEW_VILLAGE, 500],
    ];
    expect(amounts(NEW_VILLAGE, '2024-08-01', known.merged)).toEqual(both);
    expect(amounts(NEW_VILLAGE, '2024-09-01', known.abolished)).toEqual([]);
    expect(amounts(NEW_TOWNSHIP, '2024-09-01', known.abolished)).toEqual(both);
    expect(amounts(DISTRICT, '2024-09-01', known.abolished)).toEqual(both);
  });
});

describe('a code', () => {
  it('is refused where it does not hold, and names what does', () => {
    const at = { asOf: D, knownAt: known.abolished };
    refuses(
      () => read.refuseUnknownVillage(VILLAGE, at, everything, 'code'),
      'DIVISION_RECODED',
      { code: VILLAGE, on: D, codeThen: NEW_VILLAGE },
      'code',
    );
    refuses(
      () => read.refuseUnknownDivision('330603018202', { ...at, asOf: '2024-09-01' }, everything, 'division'),
      'VILLAGE_ABOLISHED',
      { village: '330603018202', from: '2024-08-01', how: 'abolished', standsIn: NEW_TOWNSHIP },
      'division',
    );
    expect(() => read.refuseUnknownVillage(NEW_VILLAGE, at, everything, 'code')).not.toThrow();
  });

  it('leads to all others of the division, as they were known', () => {
    for (const division of [VILLAGE, NEW_VILLAGE]) {
      const own = read.scopes.of([{ division }]);
      expect([VILLAGE, NEW_VILLAGE, NEIGHBOUR].map((code) => own.includesDivision(code))).toEqual([true, true, false]);
    }
    const unregistered = read.scopes.of([{ division: '330603077201' }]);
    expect(['330603077201', VILLAGE].map((code) => unregistered.includesDivision(code))).toEqual([true, false]);
  });

  it('of a township stands for all under which things of its villages are recorded', () => {
    const at = { asOf: '2024-09-01', knownAt: known.abolished };
    const villages = [VILLAGE, NEIGHBOUR, NEW_VILLAGE, '330603018202'];
    expect(read.villages(NEW_TOWNSHIP, at, everything)).toEqual(villages);
    expect(read.villages(TOWNSHIP, at, everything)).toEqual([]);
    expect(read.villages(NEW_VILLAGE, { ...at, asOf: '2024-08-01' }, everything)).toEqual(villages);
    expect(read.villages(NEW_TOWNSHIP, at, { ...everything, includesDivision: () => false })).toEqual([]);
    expect(villages.map((code) => read.codeThen(code, { ...at, asOf: '2024-08-01' }))).toEqual(
      Array(4).fill(NEW_VILLAGE),
    );
    expect(read.codeThen(NEW_VILLAGE, { ...at, asOf: '2024-06-30' })).toBe(VILLAGE);
  });
});

describe('a reader of the township', () => {
  it('sees it under every code that it has had, and under one alone only on its days', () => {
    const whole = read.scopes.of([{ division: TOWNSHIP }]);
    expect(amounts(TOWNSHIP, '2024-06-30', known.recoded, whole)).toHaveLength(2);
    expect(amounts(NEW_TOWNSHIP, D, known.recoded, whole)).toHaveLength(2);
    expect(read.book(BOOK, known.recoded, whole)?.village).toBe(NEW_VILLAGE);
    const old = prefixes([TOWNSHIP]);
    expect(amounts(TOWNSHIP, '2024-06-30', known.recoded, old)).toHaveLength(2);
    expect(amounts(NEW_TOWNSHIP, D, known.recoded, old)).toEqual([]);
    expect(read.divisions({ asOf: D, knownAt: known.recoded }, old)).toEqual([]);
    expect(read.book(BOOK, known.recoded, old)).toBeUndefined();
  });

  it('is not told of codes beyond it', () => {
    const at = { asOf: D, knownAt: known.recoded };
    const other = prefixes(['330603002000']);
    refuses(
      () => read.refuseUnknownDivision(TOWNSHIP, at, other, 'code'),
      'DIVISION_UNKNOWN',
      { code: TOWNSHIP },
      'code',
    );
    refuses(
      () => read.refuseUnknownVillage(VILLAGE, at, other, 'code'),
      'VILLAGE_UNKNOWN',
      { village: VILLAGE },
      'code',
    );
  });
});
