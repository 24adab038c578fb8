import type { Place } from '../../support/villages-apart.js';
import type { Json, Operation } from './operations.js';

/** Where an operation names something of a village: a variable of its path, a field of its body or of its query. */
export interface Slot {
  readonly at: string;
  readonly names: keyof Place;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Everything in an operation that names something of a village. */
export function slotsOf(operation: Operation): Slot[] {
  const inPath = [...operation.path.matchAll(PATH_VARIABLE)].flatMap(([, before = '', name = '']) =>
    slot(`${before}/${name}`, pathSlot(before, name)),
  );
  const inBody = leavesOf(bodyOf(operation)).flatMap((path) => slot(path.join('.'), bodySlot(operation.id, path)));
  const inQuery = operation.query.flatMap(({ name }) => slot(`?${name}`, QUERY_SLOTS[name]));
  return [...inPath, ...inBody, ...inQuery];
}

/** One request of an operation by an account; `placeOf` says of which village each slot names something. */
export function requestOf(operation: Operation, account: string, placeOf: (slot: Slot) => Place): Request {
  const { id, method } = operation;
  const path = operation.path.replace(PATH_VARIABLE, (_, before: string, name: string) => {
    const names = pathSlot(before, name);
    const fixed = PATH_VALUES[`${id}/${name}`] ?? PATH_VALUES[name] ?? name;
    return `${before}/${names === undefined ? fixed : placeOf({ at: `${before}/${name}`, names })[names]}`;
  });
  const query = operation.query.flatMap(({ name }) => {
    const names = QUERY_SLOTS[name];
    const value = names === undefined ? QUERY_VALUES[name] : placeOf({ at: `?${name}`, names })[names];
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  const url = query.length === 0 ? path : `${path}?${query.join('&')}`;
  if (operation.example === undefined) return { method, path: url };
  const filled = leavesOf(bodyOf(operation)).map(([...leaf]): [string[], unknown] => {
    const names = bodySlot(id, leaf);
    if (names !== undefined) return [leaf, placeOf({ at: leaf.join('.'), names })[names]];
    const [name = ''] = leaf.slice(-1);
    return [leaf, name === 'preparedBy' || name === 'closedBy' ? account : undefined];
  });
  const body = structuredClone(bodyOf(operation));
  for (const [leaf, value] of filled) if (value !== undefined) put(body, leaf, value);
  return { method, path: url, body };
}

/** With what stands before it, if that is no variable itself. */
const PATH_VARIABLE = /([\w-]*)\/\{(\w+)\}/g;

const PATH_SLOTS: Readonly<Record<string, keyof Place>> = {
  'books/id': 'book',
  'projects/id': 'project',
  'assets/id': 'asset',
  'households/id': 'household',
  'grants/id': 'grant',
  'drafts/id': 'draft',
  'villages/code': 'village',
  'divisions/code': 'village',
  household: 'household',
  village: 'village',
  scope: 'village',
  sha256: 'evidence',
};

/** Of what every village has one alike. */
const PATH_VALUES: Readonly<Record<string, string>> = {
  period: '2024-02',
  'adjustSettlement/period': '2024-05',
  voucherNo: '1',
  year: '2024',
  no: '1',
  allocationNo: '1',
  measure: 'collectiveTotalIncome',
  code: '50107',
};

const QUERY_SLOTS: Readonly<Record<string, keyof Place>> = {
  division: 'village',
  scope: 'village',
  project: 'project',
};

/** What a question needs to be one, of the months in which every village has business. */
const QUERY_VALUES: Readonly<Record<string, string>> = { period: '2024-02', from: '2024-01', to: '2024-06' };

const BODY_SLOTS: Readonly<Record<string, keyof Place>> = {
  village: 'village',
  villages: 'village',
  leadVillage: 'village',
  division: 'village',
  organization: 'organization',
  creditCode: 'organization',
  household: 'otherHousehold',
  project: 'project',
  evidence: 'evidence',
  'registerDivision.code': 'village',
  'mergeVillages.from': 'village',
  'mergeVillages.to': 'village',
};

/** What a body may say beside its example, or what the example says of another case than these villages. */
const MORE: Readonly<Record<string, Json>> = {
  grantRole: { account: 'somebody', role: 'VILLAGER', household: '' },
  addAccount: { code: '50108' },
  recodeDivision: { newCode: '330603008377' },
  recordIncome: { project: '' },
  recordExpense: { project: '' },
  postVoucher: {
    lines: [
      { account: '102', side: 'debit', amountFen: 1, project: '' },
      { account: '241', side: 'credit', amountFen: 1, grant: 'road-2024' },
    ],
  },
  setAllocationScheme: { shares: [{ village: '', basisPoints: 10_000, organization: '' }] },
  recordGain: { household: '', village: '' },
  recordJob: { village: '' },
  retryShare: { organization: '' },
};

function bodyOf({ id, example, isWrite }: Operation): Json {
  if (example === undefined) return {};
  return { ...example, ...MORE[id], ...(isWrite ? { evidence: [''] } : {}) };
}

function slot(at: string, names: keyof Place | undefined): Slot[] {
  return names === undefined ? [] : [{ at, names }];
}

function pathSlot(before: string, name: string): keyof Place | undefined {
  return PATH_SLOTS[`${before}/${name}`] ?? PATH_SLOTS[name];
}

function bodySlot(id: string, leaf: readonly string[]): keyof Place | undefined {
  const name = leaf.findLast((part) => !/^\d+$/.test(part)) ?? '';
  return BODY_SLOTS[`${id}.${name}`] ?? BODY_SLOTS[name];
}

function leavesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

function put(body: unknown, [name = '', ...rest]: readonly string[], value: unknown): void {
  const members = body as Record<string, unknown>;
  if (rest.length === 0) members[name] = value;
  else put(members[name], rest, value);
}
