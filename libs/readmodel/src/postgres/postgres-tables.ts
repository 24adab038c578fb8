import { firstRows, rowTables, standingTables, type Table } from '../schema.js';
import { homeTable } from './own-things.js';

/**
 * The statements that make the tables of a generation in the schema of the search path. Rows lie in the order in which they
 * were copied, their keys beside them. Texts compare by their bytes, as they do in a file. Of tables that the projector does
 * not read back the keys are made last, by `createKeys`: measured, that takes half the time.
 */
export function createTables(shards: number): string {
  const tables = [...standingTables, homeTable, ...rowTables];
  return [...tables.map(tableOf), ...tables.filter(isReadBack).flatMap(keysOf), ...firstRows(shards)].join(';\n');
}

export function createKeys(): string {
  return rowTables
    .filter((table) => !isReadBack(table))
    .flatMap(keysOf)
    .join(';\n');
}

function isReadBack({ isOnlyWritten = false }: Table): boolean {
  return !isOnlyWritten;
}

function tableOf({ name, columns }: Table): string {
  const declared = columns.map((column) => {
    const type = column.type === 'text' ? 'text COLLATE "C"' : 'bigint';
    return `${column.name} ${type}${column.nullable === true ? '' : ' NOT NULL'}`;
  });
  return `CREATE TABLE ${name} (${declared.join(', ')})`;
}

function keysOf({ name, key, unique, indexes = [] }: Table): string[] {
  return [
    `ALTER TABLE ${name} ADD PRIMARY KEY (${key.join(', ')})`,
    ...(unique === undefined ? [] : [`ALTER TABLE ${name} ADD UNIQUE (${unique.join(', ')})`]),
    ...indexes.map((index) => {
      const where = index.where === undefined ? '' : ` WHERE ${index.where}`;
      return `CREATE INDEX ${index.name} ON ${name} (${index.columns.join(', ')})${where}`;
    }),
  ];
}
