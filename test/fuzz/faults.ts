import * as fc from 'fast-check';
import type { Operation } from './operations.js';
import type { Request } from './request.js';
import { anything, anyWord } from './values.js';

type Fault = (request: Request) => Request;
type Members = Readonly<Record<string, unknown>>;

/** Tokens that open nothing, the last of them none at all. */
export const WRONG_TOKENS = [
  'Bearer wrong-token-that-nobody-has',
  'Bearer ',
  'Basic b3BlcmF0b3I6d3Jvbmc=',
  'Digest username="operator"',
  undefined,
];

/** What makes a request wrong in any case: each operation must refuse these in words. */
export function surelyRefused(operation: Operation, wrongTokens: readonly (string | undefined)[]): fc.Arbitrary<Fault> {
  const query = anyWord.map((value): Fault => (request) => ({
    ...request,
    query: [...request.query, ['colour', value]],
  }));
  if (operation.open && !operation.takesJson) return query;
  const token = fc.constantFrom(...wrongTokens).map((said): Fault => ({ authorization: _, ...request }) => ({
    ...request,
    ...(said === undefined ? {} : { authorization: said }),
  }));
  if (!operation.takesJson) return fc.oneof({ weight: 3, arbitrary: query }, { weight: 1, arbitrary: token });
  const field = anything.map((value): Fault => (request) => ({
    ...request,
    body: changed(request.body, ['colour'], value),
  }));
  const noKey = fc.constant<Fault>((request) => ({ ...request, headers: {} }));
  const broken = fc
    .constantFrom('', '{', 'null', '[]', '"x"', '{"a":1e400}')
    .map((body): Fault => (request) => ({ ...request, body }));
  return operation.isWrite
    ? fc.oneof(query, token, field, noKey, broken)
    : operation.open
      ? fc.oneof(query, field, broken)
      : fc.oneof(query, token, field, broken);
}

/** Up to three parts of a request changed into anything; some of what comes out may be taken. */
export function anyFault(operation: Operation): fc.Arbitrary<Fault> {
  const names = operation.query.map(({ name }) => name);
  const pathNames = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const faults: fc.Arbitrary<Fault>[] = [
    fc
      .tuple(fc.oneof(fc.constantFrom('asOf', ...names), anyWord), anyWord)
      .map(([name, value]): Fault => (request) => ({
        ...request,
        query: [...request.query.filter(([said]) => said !== name), [name, value]],
      })),
    fc.constantFrom('x', '999999999999999', '-1', '1').map((least): Fault => (request) => ({
      ...request,
      headers: { ...request.headers, 'ledger-min-position': least },
    })),
  ];
  if (pathNames.length > 0) {
    const place = fc.tuple(fc.constantFrom(...pathNames), anyWord);
    faults.push(
      place.map(([name, word]): Fault => (request) => ({ ...request, path: { ...request.path, [name]: word } })),
    );
  }
  if (operation.takesJson) {
    const field = fc.tuple(fc.nat(40), anything).map(([at, value]): Fault => (request) => {
      const places = [
        ...leavesOf(request.body),
        ['origin'],
        ['evidence'],
        ['correction', 'reason'],
        ['sourceDocument'],
      ];
      return { ...request, body: changed(request.body, places[at % places.length] ?? [], value) };
    });
    const header = fc.constantFrom(
      ['if-match', '"999999"'],
      ['if-match', '1'],
      ['idempotency-key', 'a b'],
      ['content-type', 'text/plain'],
    );
    faults.push(
      field,
      field,
      field,
      header.map(([name = '', value = '']): Fault => (request) => ({
        ...request,
        headers: { ...request.headers, [name]: value },
      })),
    );
  }
  return fc.array(fc.oneof(...faults), { minLength: 1, maxLength: 3 }).map(
    (all): Fault =>
      (request) =>
        all.reduce((faulty, fault) => fault(faulty), request),
  );
}

function leavesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return [path];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

function changed(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, i) => (String(i) === name ? changed(item, rest, by) : item));
  }
  const members = value !== null && typeof value === 'object' ? (value as Members) : {};
  return { ...members, [name]: changed(members[name], rest, by) };
}
