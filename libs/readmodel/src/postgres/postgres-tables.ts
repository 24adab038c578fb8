import { firstRows, rowTables, standingTables, type Table } from '../schema.js';

/**
 * The statements that make the tables in the schema of the search path. Rows lie in the order in which they were copied,
 * their keys beside them. Texts compare by their bytes, as they do in a file.
 */
export function createTables(): string {
  return [...[...standingTables, ...rowTables].flatMap(statementsOf), ...firstRows()].join(';\n');
}

function statementsOf({ name, columns, key, unique, indexes = [] }: Table): string[] {
  const declared = columns.map((column) => {
    const type = column.type === 'text' ? 'text COLLATE "C"' : 'bigint';
    return `${column.name} ${type}${column.nullable === true ? '' : ' NOT NULL'}`;
  });
  const constraints = [
    `PRIMARY KEY (${key.join(', ')})`,
    ...(unique === undefined ? [] : [`UNIQUE (${unique.join(', ')})`]),
  ];
  return [
    `CREATE TABLE ${name} (${[...declared, ...constraints].join(', ')})`,
    ...indexes.map((index) => {
      const where = index.where === undefined ? '' : ` WHERE ${index.where}`;
      return `CREATE INDEX ${index.name} ON ${name} (${index.columns.join(', ')})${where}`;
    }),
  ];
}
