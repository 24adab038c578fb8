import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openapiDocument } from '../../apps/api/src/openapi/document.js';
import { controllers } from '../../apps/api/src/controllers.js';
import { expectProblem } from '../support/problems.js';
import { rawRequest, requestText } from '../support/raw-http.js';
import { type Answer, type RunningLedger, startLedger, TOKEN } from '../support/running-ledger.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { expenseBody, incomeBody, VillageBooks, voucherBody } from '../support/village-books.js';

type Json = Readonly<Record<string, unknown>>;

const directory = temporaryDirectory();
let ledger: RunningLedger;
let book: string;
let headBefore: number;

const head = async (): Promise<number> => (await ledger.get<{ head: number }>('/health/ready')).body.head;

beforeAll(async () => {
  ledger = await startLedger(directory.path);
  const books = new VillageBooks(ledger);
  await books.district();
  ({ id: book } = await books.book());
  headBefore = await head();
});

afterAll(async () => {
  await ledger.stop();
  directory.remove();
});

const refused = ({ status, headers, body }: Answer) =>
  expectProblem({ status, contentType: headers.get('content-type') ?? '', body });

/** Every field of a command with its schema, in nested objects too, from what the classes declare. */
const document = JSON.parse(JSON.stringify(openapiDocument(controllers))) as { paths: Json; components: Json };
const schemas = document.components['schemas'] as Record<string, Json>;
const resolved = (schema: Json): Json => schemas[String(schema['$ref']).split('/').at(-1) ?? ''] ?? schema;

const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  string: [1, true, null, {}, [], ['2024-01-20']],
  pattern: ['', '\u0000', '\ud800', 'NaN\n', '\u202e反', 'x'.repeat(501)],
  integer: ['1', 'NaN', true, null, {}, [], [1], '1280000'],
  number: ['1', 'NaN', true, null, {}, [], [1], '1280000'],
  boolean: ['true', 1, 0, null, {}, []],
  array: ['x', 1, null, {}, { 0: {}, length: 1 }, [null], [1], [[]]],
  object: ['x', 1, true, null, [], [{}]],
};

interface Wrong {
  readonly field: string;
  readonly body: Json;
}

function wrongsOf(schema: Json, path: string, place: (value: unknown) => Json): Wrong[] {
  const { type, properties, items, ...limits } = resolved(schema) as { type?: string; properties?: Json; items?: Json };
  const limited = 'pattern' in limits || 'enum' in limits;
  const wrong = [...(WRONG[type ?? 'object'] ?? []), ...((limited && WRONG['pattern']) || [])];
  const own = wrong.map((value) => ({ field: path, body: place(value) }));
  const inObject = Object.entries(properties ?? {}).flatMap(([name, member]) =>
    wrongsOf(member as Json, `${path}.${name}`, (value) => place({ [name]: value })),
  );
  const inList = items === undefined ? [] : wrongsOf(items, `${path}.0`, (value) => place([value]));
  // In a list of texts a text is of the right kind, and what it says is for the rules.
  if (items !== undefined && resolved(items)['type'] !== 'string') own.push({ field: path, body: place(['x']) });
  return [...own, ...inObject, ...inList];
}

interface Post {
  readonly requestBody?: { content: { 'application/json': { schema: Json; examples: { example: { value: Json } } } } };
}

const writes = Object.entries(document.paths).flatMap(([path, item]) => {
  const { post } = item as { post?: Post };
  // Some routes take no body: what they do is said by their path.
  if (post?.requestBody === undefined) return [];
  const { schema, examples } = post.requestBody.content['application/json'];
  const { properties = {}, required = [] } = resolved(schema) as { properties?: Json; required?: readonly string[] };
  return [{ path, fields: properties as Record<string, Json>, required, example: examples.example.value }];
});

const pathOf = (template: string): string =>
  Object.entries({ id: book, period: '2024-01', no: '1', allocationNo: '1', year: '2024', code: '330603' }).reduce(
    (path, [name, value]) => path.replace(`{${name}}`, value),
    template,
  );

describe('a field of the wrong kind', () => {
  it.each(writes)('is named, whichever it is, and nothing is recorded: $path', async ({ path, fields, example }) => {
    const wrongs = Object.entries(fields).flatMap(([name, schema]) =>
      wrongsOf(schema, name, (value) => ({ ...example, [name]: value })),
    );
    expect(wrongs.length).toBeGreaterThan(4 * Object.keys(fields).length);
    for (const { field, body } of wrongs) {
      const answer = await ledger.post(pathOf(path), body);
      const said = JSON.stringify(body);
      expect([said, answer.status, refused(answer)]).toEqual([said, 400, 'INPUT_INVALID']);
      const { problems } = answer.body['facts'] as { problems: { field: string }[] };
      const fieldOf = field.replace(/\.0$/, '');
      const named = problems.map((problem) => problem.field);
      expect([said, named.filter((name) => name.startsWith(fieldOf) || fieldOf.startsWith(name))]).not.toEqual([
        said,
        [],
      ]);
    }
    expect(await head()).toBe(headBefore);
  });

  it.each(writes)('that is missing, or that nobody knows, is named: $path', async ({ path, required, example }) => {
    for (const name of ['colour', 'context', 'book', 'constructor', 'toString', '__defineGetter__', 'hasOwnProperty']) {
      const answer = await ledger.post(pathOf(path), { ...example, [name]: 'x' });
      expect([name, refused(answer)]).toEqual([name, 'INPUT_INVALID']);
      expect(answer.body['facts']).toMatchObject({
        problems: [{ field: name, en: 'is not a known field; leave it out' }],
      });
    }
    // What has no required field is asked of a thing that is not there, and refused for that, or wants one of several.
    const missing = refused(await ledger.post(pathOf(path), {}));
    if (required.length > 0) expect(missing).toBe('INPUT_INVALID');
    else expect(missing).toMatch(/_UNKNOWN$|^INPUT_INVALID$/);
    expect(await head()).toBe(headBefore);
  });

  it('is said to be missing, not too long', async () => {
    const answer = await ledger.post('/divisions', { name: '示例村', effectiveOn: '2024-01-01' });
    expect(answer.body['facts']).toEqual({
      problems: [{ field: 'code', zh: '必填,请补上', en: 'is required; add it' }],
    });
  });
});

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

describe('a body', () => {
  const bodies: Record<string, string> = {
    empty: '',
    blank: ' ',
    null: 'null',
    'a list': '[]',
    'a list of bodies': JSON.stringify([incomeBody('2024-01-20', 100)]),
    'a text': '"income"',
    'a number': '1',
    broken: '{"amountFen":',
    'with a comma too many': '{"amountFen":1,}',
    'with NaN': '{"amountFen":NaN}',
    'with a prototype': '{"__proto__":{"admin":true}}',
    'with a nested prototype': JSON.stringify(incomeBody('2024-01-20', 100)).replace('"102"', '"102","__proto__":{}'),
    'with a constructor': '{"constructor":{"prototype":{"admin":true}}}',
    '100,000 lists deep': nested(100_000, '[', ']'),
    '100,000 objects deep': nested(100_000, '{"a":', '}').replace('}', '1}'),
    'never closed': '['.repeat(500_000),
    'of many fields': `{${Array.from({ length: 50_000 }, (_, i) => `"f${i}":1`).join(',')}}`,
    'of many lines': JSON.stringify(
      voucherBody(
        '2024-01-20',
        Array.from({ length: 20_000 }, () => ({})),
      ),
    ),
    'with a byte order mark': '\ufeff{}',
    'in two values': '{}{}',
    'with a raw control character': '{"summary":"a\u0001"}',
  };

  it.each(Object.entries(bodies))('that is %s is refused', async (_, body) => {
    for (const path of ['/divisions', `/books/${book}/income`, `/books/${book}/vouchers`]) {
      expect(refused(await ledger.post(path, body))).toBe('INPUT_INVALID');
    }
    expect(await head()).toBe(headBefore);
  });

  it('of ten million bytes is too large, said at once or as it grows', async () => {
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'idempotency-key': 'large',
    };
    const opening = '{"name":"';
    const declared = { ...headers, 'content-length': '10000000' };
    const said = await rawRequest(ledger.url, requestText('POST /api/v1/divisions', declared, opening));
    expect(expectProblem(said)).toBe('BODY_TOO_LARGE');

    const chunked = { ...headers, 'content-length': '', 'transfer-encoding': 'chunked' };
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`.repeat(17);
    const grown = await rawRequest(ledger.url, requestText('POST /api/v1/divisions', chunked, chunk));
    expect(expectProblem(grown)).toBe('BODY_TOO_LARGE');
    expect(await head()).toBe(headBefore);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonp',
    'application/json-patch+json',
    'x'.repeat(3000),
    '/',
  ])('of type %s is not read', async (contentType) => {
    const body = 'code=330604&name=柯桥区&effectiveOn=2024-01-01';
    const answer = await ledger.post('/divisions', body, { 'content-type': contentType });
    expect(refused(answer)).toBe('MEDIA_TYPE_UNKNOWN');
    expect(await head()).toBe(headBefore);
  });
});

const line = (side: string) => ({ account: '102', side, amountFen: 424242 });

describe('an amount', () => {
  afterEach(async () => expect(await head()).toBe(headBefore));

  const amounts: [string, string][] = [
    ['1e400', 'INPUT_INVALID'],
    ['-1e400', 'INPUT_INVALID'],
    ['-0', 'AMOUNT_NOT_POSITIVE'],
    ['0', 'AMOUNT_NOT_POSITIVE'],
    ['-1', 'AMOUNT_NOT_POSITIVE'],
    ['0.1', 'AMOUNT_PRECISION'],
    ['1e-7', 'AMOUNT_PRECISION'],
    ['1e-400', 'AMOUNT_NOT_POSITIVE'],
    ['10000000000001', 'AMOUNT_TOO_LARGE'],
    ['9007199254740990.6', 'AMOUNT_TOO_LARGE'],
    ['9007199254740993', 'AMOUNT_TOO_LARGE'],
    ['1e21', 'AMOUNT_TOO_LARGE'],
    ['1.7976931348623157e308', 'AMOUNT_TOO_LARGE'],
    ['"100"', 'INPUT_INVALID'],
    ['"NaN"', 'INPUT_INVALID'],
    ['[100]', 'INPUT_INVALID'],
  ];

  it.each(amounts)('of %s is refused as %s wherever it stands', async (amount, code) => {
    const put = (body: object) => JSON.stringify(body).replace('424242', amount);
    expect(refused(await ledger.post(`/books/${book}/income`, put(incomeBody('2024-01-20', 424242))))).toBe(code);
    expect(refused(await ledger.post(`/books/${book}/expenses`, put(expenseBody('2024-01-20', 424242))))).toBe(code);
    const voucher = put(voucherBody('2024-01-20', [line('debit'), { ...line('credit'), amountFen: 100 }]));
    expect(refused(await ledger.post(`/books/${book}/vouchers`, voucher))).toBe(code);
    // Income may well be without tax.
    if (amount === '0' || amount === '-0' || amount === '1e-400') return;
    const taxed = put(incomeBody('2024-01-20', 100, { taxFen: 424242 }));
    expect(refused(await ledger.post(`/books/${book}/income`, taxed))).toBe(code);
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-1-5',
    '0000-00-00',
    '1949-09-30',
    '20240120',
    '2024-01-20T00:00:00Z',
    ' 2024-01-20',
    '2024-01-20 ',
    '2024‐01‐20',
    '２０２４-01-20',
    '+2024-01-20',
    'today',
  ])('on %s is on no day', async (effectiveOn) => {
    const answer = await ledger.post(`/books/${book}/income`, incomeBody(effectiveOn, 100));
    expect(refused(answer)).toBe('INPUT_INVALID');
    expect(answer.body['facts']).toMatchObject({ problems: [{ field: 'effectiveOn' }] });
  });
});
