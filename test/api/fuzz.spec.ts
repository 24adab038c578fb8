import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { openapiDocument } from '../../apps/api/src/openapi/document.js';
import { controllers } from '../../apps/api/src/controllers.js';
import { expectProblem } from '../support/problems.js';
import { type Answer, type RunningLedger, startLedger } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { VillageBooks } from '../support/village-books.js';

type Json = Readonly<Record<string, unknown>>;

const directory = temporaryDirectory();
let ledger: RunningLedger;
let book: string;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  const books = new VillageBooks(ledger);
  await books.district();
  ({ id: book } = await books.book());
  await books.income(book, '2024-01-20', 100_00);
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

interface Operation {
  readonly requestBody?: { content: { 'application/json': { examples: { example: { value: Json } } } } };
  readonly parameters?: { name?: string; in?: string }[];
}

const paths = JSON.parse(JSON.stringify(openapiDocument(controllers).paths)) as Record<
  string,
  Record<string, Operation>
>;
const operations = Object.entries(paths).filter(([path]) => path.startsWith('/api/'));
/** The feed is left out: it never ends, and has tests of its own. */
const reads = operations.flatMap(([path, { get }]) =>
  get === undefined || path === '/api/v1/feed' ? [] : [{ path, operation: get }],
);
const writes = operations.flatMap(([path, { post }]) => (post === undefined ? [] : [{ path, operation: post }]));

/** What fields are likely to be confused with, beside anything at all. */
const texts = [
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
];
const values = [0, -0, 1, -1, 0.5, 1e13, 1e13 + 1, 2 ** 53, 1e308, null, true, [], {}];
const oddities = fc.constantFrom<unknown>(...texts, ...odd, ...values);
const anything = fc.oneof(oddities, fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary', maxLength: 40 }));
const word = fc.oneof(oddities.map(String), fc.string({ unit: 'grapheme', maxLength: 20 }));

const pathOf = (template: string, words: readonly string[]): string => {
  let used = 0;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = words[used++] ?? '';
    if (text !== '' && !['.', '..'].includes(text)) return encodeURIComponent(text.toWellFormed());
    return { id: book, code: '330603008', period: '2024-01', no: '1', year: '2024' }[name] ?? 'x';
  });
};

/** Answered, or refused in words; never 500, and the process is still there for the next question. */
const sound = ({ status, headers, body }: Answer, good: number): void => {
  if (status !== good) expectProblem({ status, contentType: headers.get('content-type') ?? '', body });
};

it('answers any question about anything', async () => {
  const question = fc.record({
    read: fc.constantFrom(...reads),
    words: fc.array(fc.oneof(fc.constant(''), word), { minLength: 3, maxLength: 3 }),
    query: fc.array(fc.tuple(fc.oneof(fc.nat(9), word), word), { maxLength: 4 }),
    least: fc.option(
      word.filter((text) => /^[\x20-\x7e]*$/.test(text)),
      { nil: undefined, freq: 9 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(question, async ({ read, words, query, least }) => {
      const names = (read.operation.parameters ?? []).flatMap((said) => (said.in === 'query' ? [said.name ?? ''] : []));
      const asked = query.map(([name, value]): [string, string] => [
        (typeof name === 'number' ? (names[name % Math.max(1, names.length)] ?? 'x') : name).toWellFormed(),
        value.toWellFormed(),
      ]);
      const path = `${pathOf(read.path, words)}?${new URLSearchParams(asked).toString()}`;
      sound(await ledger.get(path, least === undefined ? {} : { 'ledger-min-position': least }), 200);
    }),
    { numRuns: 250 },
  );
});

it('takes or refuses any command whose fields are anything', async () => {
  const command = fc.record({
    write: fc.constantFrom(...writes),
    words: fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant('') }, word), { minLength: 3, maxLength: 3 }),
    changes: fc.array(fc.tuple(fc.nat(12), anything), { minLength: 1, maxLength: 3 }),
    whole: fc.option(anything, { nil: undefined, freq: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(command, async ({ write, words, changes, whole }) => {
      const example = write.operation.requestBody?.content['application/json'].examples.example.value ?? {};
      const fields = [
        ...leavesOf(example),
        ['origin'],
        ['sourceDocument'],
        ['correction', 'reason'],
        ['settles', 'voucherNo'],
      ];
      let body: unknown = whole ?? example;
      for (const [at, value] of changes) body = changed(body, fields[at % fields.length] ?? [], value);
      sound(await ledger.post(pathOf(write.path, words), JSON.stringify(body) ?? ''), 201);
    }),
    { numRuns: 250 },
  );
});

it('has recorded nothing that it cannot read again', async () => {
  const { head } = (await ledger.get<{ head: number }>('/health/ready')).body;
  const facts = await ledger.get<{ rows: { position: number; fact: string }[] }>('/events?limit=1000');
  expect(facts.body.rows.map(({ position }) => position)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
  for (const { fact } of facts.body.rows) expect(JSON.stringify(JSON.parse(fact))).toBe(fact);
  const current = await ledger.get('/divisions', { 'ledger-min-position': String(head) });
  expect(current.status).toBe(200);
});

function leavesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

function changed(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.map((item: unknown, i) => (String(i) === name ? changed(item, rest, by) : item));
  const members = value !== null && typeof value === 'object' ? (value as Json) : {};
  return { ...members, [name]: changed(members[name], rest, by) };
}
