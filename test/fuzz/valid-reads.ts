import * as fc from 'fast-check';
import type { Draw } from './draw.js';
import { pdf } from '../support/sample-files.js';
import type { Operation } from './operations.js';
import type { Recipe } from './valid-writes.js';
import { anyText, dayOf2024 } from './values.js';
import type { Said, World } from './world.js';

/** What to put into a path: by the segment before the parameter and its name, or by its name alone. */
const IN_PATH: Readonly<Record<string, (world: World, any: Draw) => string>> = {
  'books/id': ({ made }, any) => any(fc.constantFrom(...made.books)).id,
  'projects/id': ({ made }, any) => any(fc.constantFrom(...made.projects)).id,
  'assets/id': ({ made }, any) => any(fc.constantFrom(...made.assets)),
  'households/id': ({ made }, any) => any(fc.constantFrom(...made.households)),
  'villages/code': ({ made }, any) => any(fc.constantFrom(...made.books)).village,
  'divisions/code': (world, any) => any(division(world)),
  // Grants, drafts, sessions: only those who made them know their ids.
  id: () => '00000000-0000-8000-8000-000000000000',
  'problems/code': (_, any) => any(fc.constantFrom('PERIOD_CLOSED', 'INPUT_INVALID', 'TOKEN_REQUIRED')),
  'indicators/scope': ({ made }, any) => any(fc.constantFrom(...made.readings)),
  'shares/allocationNo': () => '1',
  village: ({ made }, any) => any(fc.constantFrom(...made.villages)),
  household: ({ made }, any) => any(fc.constantFrom(...made.households)),
  code: () => '50107',
  period: () => '2024-01',
  year: () => '2024',
  no: () => '1',
  voucherNo: () => '1',
  measure: () => 'collectiveTotalIncome',
  sha256: ({ made }, any) => any(fc.constantFrom(...made.papers)),
};

/** What to ask with, where it is asked for; a parameter that must be there always is. */
const IN_QUERY: Readonly<Record<string, (world: World) => fc.Arbitrary<string>>> = {
  asOf: () => dayOf2024.map((day) => day.replace('2024', '2025')),
  knownAt: ({ head }) => fc.integer({ min: Math.max(1, head - 20), max: head }).map(String),
  since: ({ head }) => fc.integer({ min: Math.max(1, head - 40), max: Math.max(1, head - 20) }).map(String),
  limit: () => fc.integer({ min: 1, max: 1000 }).map(String),
  basis: () => fc.constantFrom('booked', 'restated'),
  books: () => fc.constantFrom('collective', 'all'),
  closing: () => fc.constantFrom('included', 'excluded'),
  division,
  scope: division,
  measure: () => fc.constant('collectiveTotalIncome'),
  from: () => fc.constantFrom('2024-01', '2024-02'),
  to: () => fc.constantFrom('2024-02', '2024-06', '2024-12'),
  period: () => fc.constantFrom('2024-01', '2024-03'),
  format: () => fc.constantFrom('json', 'html', 'xlsx', 'csv'),
};

/** What the document says, of what there is: for reads it is answered as a rule, for writes it may come too late. */
export function asDocumented(operation: Operation): Recipe {
  return async (world, any): Promise<Said> => {
    const parts = operation.path.split('/');
    const path = Object.fromEntries(
      parts.flatMap((part, i): [string, string][] => {
        const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
        if (name === undefined) return [];
        const value = IN_PATH[`${parts[i - 1]}/${name}`] ?? IN_PATH[name];
        if (value === undefined) throw new Error(`nothing to put for {${name}} of ${operation.path}`);
        return [[name, value(world, any)]];
      }),
    );
    const query = operation.query.flatMap(({ name, required, schema }): [string, string][] => {
      const known = IN_QUERY[name]?.(world);
      const values = (schema['enum'] as string[] | undefined) ?? [];
      const value = values.length > 0 ? fc.constantFrom(...values) : known;
      if (value === undefined) return [];
      return required === true || any(fc.boolean()) ? [[name, any(value)]] : [];
    });
    return { path, query, ...(operation.example && { body: operation.example }) };
  };
}

/** Reads that need something made for them. */
export const validReads: Readonly<Record<string, Recipe>> = {
  putAttachmentsBySha256: async (_, any) => {
    const { bytes, sha256 } = pdf(any(fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[^a-z]/g, ''))));
    return { path: { sha256 }, body: bytes };
  },
  getBooksVouchersByPeriodAndVoucherNo: async (world, any) => {
    if (world.made.vouchers.length === 0) await world.income((await world.villageBook({ name: any(anyText) })).id);
    return { path: { id: any(fc.constantFrom(...world.made.vouchers)), period: '2024-01', voucherNo: '1' } };
  },
};

function division({ made }: World): fc.Arbitrary<string> {
  const villages = made.books.map(({ village }) => village);
  return fc.constantFrom('330603', '330603100', ...villages);
}
