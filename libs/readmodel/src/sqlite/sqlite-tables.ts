import type { History } from '@ledger/views';
import { firstRows, rowTables, standingTables, type Table, tablesOfHistory } from '../schema.js';

/** The statements that make a new file. */
export function createTables(): string {
  return [...[...standingTables, ...rowTables].flatMap(statementsOf), ...firstRows()].join(';\n');
}

/** Those that make the tables of one history. */
export function historyTables(view: History): string[] {
  return tablesOfHistory(view).flatMap(statementsOf);
}

/**
 * Rows stand in the order of their key, in the tree of the key itself. Long texts would stand in the pages through which a
 * seek walks then, a handful to a page: their tables keep a rowid, and the seek walks over keys alone.
 */
function statementsOf({ name, columns, key, unique, indexes = [], isWide = false }: Table): string[] {
  const declared = columns.map(
    (column) => `${column.name} ${column.type.toUpperCase()}${column.nullable === true ? '' : ' NOT NULL'}`,
  );
  const numbered = key.length === 1 && columns.find((column) => column.name === key[0])?.type === 'integer';
  const constraints = [
    `PRIMARY KEY (${key.join(', ')})`,
    ...(unique === undefined ? [] : [`UNIQUE (${unique.join(', ')})`]),
  ];
  const rowid = isWide || numbered ? '' : ', WITHOUT ROWID';
  return [
    `CREATE TABLE ${name} (${[...declared, ...constraints].join(', ')}) STRICT${rowid}`,
    ...indexes.map(
      (index) =>
        `CREATE INDEX ${index.name} ON ${name} (${index.columns.join(', ')})${index.where === undefined ? '' : ` WHERE ${index.where}`}`,
    ),
  ];
}
