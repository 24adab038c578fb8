import * as fc from 'fast-check';

/** Small enough that sums over thousands of requests stay within every limit. */
export const anyFen = fc.integer({ min: 1, max: 1_000_000_00 });

export const dayOf2024 = fc
  .integer({ min: 0, max: 330 })
  .map((days) => new Date(Date.UTC(2024, 0, 15 + days)).toISOString().slice(0, 10));

/** What a clerk would write, in the scripts that a county has. */
export const anyText = fc
  .array(fc.constantFrom('商铺', '租金', '𠮷', '(补)', 'é', 'Rent', ' — ', '、', '甲', "'", '"', '<b>', '%', '😀'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((words) => `记${words.join('')}。`);

/** A field that may as well be left out. */
export function maybe<T>(name: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc.option(value, { nil: undefined }).map((said) => (said === undefined ? {} : { [name]: said }));
}

/** What fields are likely to be confused with, beside anything at all. */
const likely = [
  '',
  ' ',
  '0',
  '-1',
  '2024-01',
  '2024-01-20',
  '9999-12-31',
  '330603',
  '330603008201',
  '102',
  '50102',
  'debit',
];
const odd = [
  'SEED',
  '\u0000',
  '\ud800',
  '\u202e',
  'x'.repeat(501),
  '𠮷'.repeat(251),
  "'; DROP TABLE fact; --",
  '../..',
  '__proto__',
  'constructor',
];
const values = [0, -0, 1, -1, 0.5, 1e13, 1e13 + 1, 2 ** 53, 1e308, null, true, [], {}];
const oddities = fc.constantFrom<unknown>(...likely, ...odd, ...values);

export const anything = fc.oneof(oddities, fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary', maxLength: 40 }));
export const anyWord = fc.oneof(oddities.map(String), fc.string({ unit: 'grapheme', maxLength: 20 }));
