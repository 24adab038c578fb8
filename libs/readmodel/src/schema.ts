import {
  type ColumnType,
  histories,
  type History,
  type Register,
  registers,
  tallies,
  type Tally,
  type View,
  views,
} from '@ledger/views';

/** Bumped when this lib lays its tables out differently; a view that changes bumps its own version. */
export const FORMAT = 2;

/**
 * The keys of a view. Those of a tally name a key by a number, so that its many rows stay narrow; those of a history say
 * by what its things are found.
 */
export const keyTable = ({ name }: Tally | History): string => `${name}_key`;

/** The changes of a history's things, for folding a thing anew. */
export const changeTable = ({ name }: History): string => `${name}_change`;

/** The columns of a view's rows, in the order in which they are stored. */
export function columnsOf(view: View): readonly string[] {
  if (view.kind === 'tally') return ['key', 'period', 'position', ...view.sums, ...view.carried];
  if (view.kind === 'history') return ['key', 'valid_from', 'position', 'state'];
  return Object.keys(view.columns);
}

/** Whether no column is a text: a book or a key of a tally is stored as its number. */
export function holdsOnlyNumbers(view: View): boolean {
  return (
    view.kind === 'tally' || (view.kind === 'register' && Object.values(view.columns).every((type) => type !== 'text'))
  );
}

export function primaryKeyOf(view: View): readonly string[] {
  if (view.kind === 'tally') return ['key', 'period', 'position'];
  if (view.kind === 'history') return ['key', 'valid_from', 'position'];
  return view.key;
}

/**
 * `generation` says how far the rows go and the leaf of the fact there, which no other log has at that position; it is
 * written in the transaction of the rows.
 * `book_period` is what keeps a late `asOf` with an old `knownAt` from walking over months that were not known then.
 */
export function createTables(): string {
  return [
    `CREATE TABLE generation (
       one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, leaf TEXT NOT NULL, position INTEGER NOT NULL
     ) STRICT`,
    'CREATE TABLE view_version (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    'CREATE TABLE book_id (id INTEGER PRIMARY KEY, book TEXT NOT NULL UNIQUE) STRICT',
    `CREATE TABLE book_period (
       book INTEGER NOT NULL, period INTEGER NOT NULL, first_position INTEGER NOT NULL, PRIMARY KEY (book, period)
     ) STRICT, WITHOUT ROWID`,
    ...tallies.flatMap(tallyTables),
    ...registers.flatMap(registerTables),
    ...histories.flatMap(historyTables),
    `INSERT INTO generation VALUES (1, ${FORMAT}, '', 0)`,
    ...views.map(({ name, version }) => `INSERT INTO view_version VALUES ('${name}', ${version})`),
  ].join(';\n');
}

function tallyTables(view: Tally): string[] {
  const parts = view.key.map((part) => `${part} TEXT NOT NULL`).join(', ');
  const columns = columnsOf(view).map((column) => `${column} INTEGER NOT NULL`);
  return [
    `CREATE TABLE ${keyTable(view)} (
       id INTEGER PRIMARY KEY, book INTEGER NOT NULL, ${parts}, UNIQUE (book, ${view.key.join(', ')})
     ) STRICT`,
    `CREATE TABLE ${view.name} (${columns.join(', ')}, PRIMARY KEY (key, period, position)) STRICT, WITHOUT ROWID`,
  ];
}

function registerTables(view: Register): string[] {
  const columns = Object.entries(view.columns).map(([name, type]) => `${name} ${sqlType(type)}`);
  const { name, index } = view;
  return [
    `CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (${view.key.join(', ')})) STRICT, WITHOUT ROWID`,
    ...(index === undefined
      ? []
      : [`CREATE INDEX ${name}_index ON ${name} (${index.columns.join(', ')}) WHERE ${index.where}`]),
  ];
}

/**
 * The tables of one history. States and changes are long texts: in a table without rowid they would stand in the pages
 * through which a seek walks, a handful to a page; here it walks over keys alone.
 */
export function historyTables(view: History): string[] {
  const { name, find } = view;
  const keys = keyTable(view);
  const columns = find.map((column) => `, ${column} TEXT NOT NULL`).join('');
  return [
    `CREATE TABLE ${keys} (
       key TEXT PRIMARY KEY, first_position INTEGER NOT NULL${columns}
     ) STRICT, WITHOUT ROWID`,
    ...find.map((column) => `CREATE INDEX ${keys}_${column} ON ${keys} (${column}, key)`),
    `CREATE TABLE ${changeTable(view)} (
       key TEXT NOT NULL, effective_on INTEGER NOT NULL, position INTEGER NOT NULL, change TEXT NOT NULL,
       PRIMARY KEY (key, effective_on, position)
     ) STRICT`,
    `CREATE TABLE ${name} (
       key TEXT NOT NULL, valid_from INTEGER NOT NULL, position INTEGER NOT NULL, state TEXT,
       PRIMARY KEY (key, valid_from, position)
     ) STRICT`,
  ];
}

function sqlType(type: ColumnType): 'TEXT' | 'INTEGER' {
  return type === 'text' ? 'TEXT' : 'INTEGER';
}
