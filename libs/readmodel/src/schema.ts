import {
  histories,
  type History,
  receivable,
  type Register,
  registers,
  tallies,
  type Tally,
  type View,
  views,
} from '@ledger/views';

/** Bumped when this lib lays its tables out differently; a view that changes bumps its own version. */
export const FORMAT = 2;

export interface Column {
  readonly name: string;
  readonly type: 'text' | 'integer';
  readonly nullable?: boolean;
}

/** A table of rows that are added and never changed, whichever database it is in. */
export interface Table {
  readonly name: string;
  /** Those of the key come first. */
  readonly columns: readonly Column[];
  /** Makes a row unique; rows are written in this order. */
  readonly key: readonly string[];
  readonly unique?: readonly string[];
  readonly indexes?: readonly { readonly name: string; readonly columns: readonly string[]; readonly where?: string }[];
  /** Its rows are long texts, which a seek had better not walk through. */
  readonly isWide?: boolean;
  /** The projector itself never reads its rows back. */
  readonly isOnlyWritten?: boolean;
}

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

/**
 * Every table that facts make rows of. `book_period` is what keeps a late `asOf` with an old `knownAt` from walking over
 * months that were not known then.
 */
export const rowTables: readonly Table[] = [
  { name: 'book_id', columns: [integer('id'), text('book')], key: ['id'], unique: ['book'] },
  {
    name: 'book_period',
    columns: [integer('book'), integer('period'), integer('first_position')],
    key: ['book', 'period'],
  },
  ...tallies.flatMap(tablesOfTally),
  ...registers.map(tableOfRegister),
  ...histories.flatMap(tablesOfHistory),
];

/**
 * `generation` says how far the rows go and the leaf of the fact there, which no other log has at that position; it is
 * written in the transaction of the rows. It has a row a shard; in a file there is one.
 */
export const standingTables: readonly Table[] = [
  {
    name: 'generation',
    columns: [integer('shard'), integer('format'), text('leaf'), integer('position')],
    key: ['shard'],
  },
  { name: 'view_version', columns: [text('name'), integer('version')], key: ['name'] },
];

/** What the tables hold before the first fact. */
export function firstRows(shards = 1): string[] {
  return [
    ...Array.from({ length: shards }, (_, shard) => `INSERT INTO generation VALUES (${shard}, ${FORMAT}, '', 0)`),
    ...views.map(({ name, version }) => `INSERT INTO view_version VALUES ('${name}', ${version})`),
  ];
}

export function tablesOfHistory(view: History): readonly Table[] {
  const { name, find } = view;
  const keys = keyTable(view);
  return [
    {
      name: keys,
      columns: [text('key'), integer('first_position'), ...find.map(text)],
      key: ['key'],
      indexes: find.map((column) => ({ name: `${keys}_${column}`, columns: [column, 'key'] })),
    },
    {
      name: changeTable(view),
      columns: [text('key'), integer('effective_on'), integer('position'), text('change')],
      key: ['key', 'effective_on', 'position'],
      isWide: true,
    },
    {
      name,
      columns: [text('key'), integer('valid_from'), integer('position'), { ...text('state'), nullable: true }],
      key: ['key', 'valid_from', 'position'],
      isWide: true,
    },
  ];
}

function tablesOfTally(view: Tally): readonly Table[] {
  return [
    {
      name: keyTable(view),
      columns: [integer('id'), integer('book'), ...view.key.map(text)],
      key: ['id'],
      unique: ['book', ...view.key],
    },
    { name: view.name, columns: columnsOf(view).map(integer), key: ['key', 'period', 'position'] },
  ];
}

/** A book or a key of a tally is stored as its number. */
function tableOfRegister(view: Register): Table {
  const { name, columns, key, index } = view;
  return {
    name,
    columns: Object.entries(columns).map(([column, type]) => ({
      name: column,
      type: type === 'text' ? 'text' : 'integer',
      nullable: !key.includes(column),
    })),
    key,
    isOnlyWritten: view !== receivable,
    ...(index === undefined ? {} : { indexes: [{ name: `${name}_index`, ...index }] }),
  };
}

function text(name: string): Column {
  return { name, type: 'text' };
}

function integer(name: string): Column {
  return { name, type: 'integer' };
}
