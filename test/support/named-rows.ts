import { registers, tallies } from '@ledger/views';

type Rows = Record<string, unknown[]>;

/** Columns in which a row has the number of a book, or of a key of a tally, by table. */
const numbered: Readonly<Record<string, readonly (readonly [column: number, of: string])[]>> = {
  book_id: [[0, 'book']],
  book_period: [[0, 'book']],
  ...Object.fromEntries(
    tallies.flatMap(({ name }) => [
      [
        `${name}_key`,
        [
          [0, name],
          [1, 'book'],
        ],
      ],
      [name, [[0, name]]],
    ]),
  ),
  ...Object.fromEntries(
    registers.map(({ name, columns }) => [
      name,
      Object.values(columns).flatMap((type, column): [number, string][] =>
        type === 'book' ? [[column, 'book']] : typeof type === 'object' ? [[column, type.name]] : [],
      ),
    ]),
  ),
};

/** Rows with the names of books and keys in the place of their numbers, as texts, in an order of their own; all but how far they go. */
export function namedRows(rows: Rows): Rows {
  const names = new Map<string, string>();
  const nameOf = (of: string, cell: unknown): unknown => {
    if (cell === null) return null;
    const number = Number(cell);
    const name = names.get(`${of} ${number}`);
    if (name === undefined) throw new Error(`no ${of} has the number ${number}`);
    return name;
  };
  for (const [id, book] of rows['book_id'] as [number, string][]) names.set(`book ${id}`, book);
  for (const { name } of tallies) {
    for (const [id, book, ...parts] of rows[`${name}_key`] as [number, number, ...string[]][]) {
      names.set(`${name} ${id}`, [nameOf('book', book), ...parts].join('\n'));
    }
  }
  const named = Object.entries(rows).flatMap(([table, own]): [string, unknown[]][] => {
    if (table === 'generation') return [];
    const renamed = (own as unknown[][]).map((row) => {
      const cells = [...row];
      for (const [column, of] of numbered[table] ?? []) cells[column] = nameOf(of, cells[column]);
      return JSON.stringify(cells);
    });
    return [[table, renamed.toSorted()]];
  });
  return Object.fromEntries(named);
}
