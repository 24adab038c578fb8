import { readFileSync } from 'node:fs';
import type { Role } from '@ledger/domain';

/** Where what is asked about lies, seen from the grant; or that there is no grant that holds. */
export const situations = ['own_village', 'other_village', 'other_township', 'none', 'expired'] as const;
export type Situation = (typeof situations)[number];

export type Cell = 'allow' | 'deny' | 'hidden' | 'filtered' | '-';

export interface ExpectedRow {
  readonly operationId: string;
  readonly role: Role;
  readonly cells: Readonly<Record<Situation, Cell>>;
}

/** The cells that are kept by hand, of the files beside this one; see matrix.md for what they mean. */
export function expectedRows(): ExpectedRow[] {
  return ['matrix.csv', 'matrix-later.csv'].flatMap((name) => {
    const [head = '', ...lines] = readFileSync(new URL(name, import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const columns = head.split(',');
    return lines.map((line) => {
      const fields = line.split(',');
      const field = (column: string): string => fields[columns.indexOf(column)] ?? '';
      const cells = Object.fromEntries(situations.map((situation) => [situation, field(situation) as Cell]));
      return {
        operationId: field('operationId'),
        role: field('role') as Role,
        cells: cells as Record<Situation, Cell>,
      };
    });
  });
}
