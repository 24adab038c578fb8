import type { VillageBooks } from '../../support/village-books.js';
import { organization, post, type Scene } from './scene.js';

const BEGAN = '2020-01-01';
const D = '2024-07-01';
let townships = 20;

/** A township of its own, with villages 201, 202 and so on. */
async function township(books: VillageBooks, villages: number): Promise<{ code: string; in: string[] }> {
  const code = `3306030${++townships}`;
  const below = Array.from({ length: villages }, (_, i) => `${code}${201 + i}`);
  for (const division of [code, ...below]) {
    await books.accepted('/divisions', { code: division, name: `示例${division.slice(6)}`, effectiveOn: BEGAN });
  }
  return { code, in: below };
}

const abolition = { effectiveOn: D, reason: '整村搬迁' };

export const divisionChangesScenes: Readonly<Record<string, Scene>> = {
  VILLAGE_ABOLISHED: {
    status: 422,
    facts: {},
    shows: [],
    field: 'village',
    request: async (books) => {
      const { in: villages } = await township(books, 2);
      const [from = '', to = ''] = villages;
      await books.accepted('/divisions/merge', { from: [from], to, effectiveOn: D });
      const facts = { village: from, from: D, how: 'merged', standsIn: to };
      return post('/organizations', organization({ village: from, effectiveOn: D }), { facts, shows: [from, to, D] });
    },
  },
  DIVISION_ABOLISHED: {
    status: 422,
    facts: {},
    shows: [],
    field: 'code',
    request: async (books) => {
      const { code } = await township(books, 0);
      await books.accepted(`/divisions/${code}/abolish`, abolition);
      const facts = { code: `${code}000`, from: D, how: 'abolished', standsIn: '330603000000' };
      return post(
        `/divisions/${code}/rename`,
        { name: '新名', effectiveOn: D },
        { facts, shows: [code, D, '330603000000'] },
      );
    },
  },
  DIVISION_RECODED: {
    status: 422,
    facts: {},
    shows: [],
    field: 'village',
    request: async (books) => {
      const { code, in: villages } = await township(books, 1);
      const [village = ''] = villages;
      const newCode = `3306030${++townships}`;
      await books.accepted(`/divisions/${code}/recode`, { newCode, effectiveOn: D });
      const facts = { code: village, on: '2024-07-02', codeThen: `${newCode}201` };
      const shows = [village, '2024-07-02', `${newCode}201`];
      return post('/organizations', organization({ village, effectiveOn: '2024-07-02' }), { facts, shows });
    },
  },
  DIVISION_CODE_TAKEN: {
    status: 422,
    facts: {},
    shows: [],
    field: 'newCode',
    request: async (books) => {
      const { code } = await township(books, 0);
      const newCode = `3306030${++townships}`;
      await books.accepted(`/divisions/${code}/recode`, { newCode, effectiveOn: D });
      const other = await township(books, 0);
      const facts = { code: `${code}000`, name: `示例${code.slice(6)}`, codeNow: `${newCode}000` };
      const shows = [code, newCode, `示例${code.slice(6)}`];
      return post(`/divisions/${other.code}/recode`, { newCode: code, effectiveOn: D }, { facts, shows });
    },
  },
  DIVISION_LEVEL_MISMATCH: {
    status: 422,
    facts: { code: '330603008000', other: '330603009201' },
    shows: ['330603008000', '330603009201'],
    field: 'newCode',
    request: async () => post('/divisions/330603008/recode', { newCode: '330603009201', effectiveOn: D }),
  },
  DIVISION_DISTRICT_MISMATCH: {
    status: 422,
    facts: { code: '330681121000', district: '330603000000' },
    shows: ['330681121000', '330603000000'],
    field: 'newCode',
    request: async () => post('/divisions/330603008/recode', { newCode: '330681121', effectiveOn: D }),
  },
  DISTRICT_FIXED: {
    status: 422,
    facts: { code: '330603000000' },
    shows: ['330603000000'],
    field: 'code',
    request: async () => post('/divisions/330603/abolish', abolition),
  },
  DIVISION_NOT_EMPTY: {
    status: 422,
    facts: {},
    shows: [],
    field: 'code',
    request: async (books) => {
      const { code, in: villages } = await township(books, 2);
      const facts = { code: `${code}000`, on: D, villages: 2, first: villages[0] };
      return post(`/divisions/${code}/abolish`, abolition, { facts, shows: [code, '2', villages[0] ?? '', D] });
    },
  },
  DIVISION_CHANGED_LATER: {
    status: 422,
    facts: {},
    shows: [],
    field: 'effectiveOn',
    request: async (books) => {
      const { code } = await township(books, 1);
      const moved = { newCode: `${code}209`, effectiveOn: '2024-07-15' };
      await books.accepted(`/divisions/${code}201/recode`, moved);
      const facts = { code: `${code}209`, on: D, laterOn: '2024-07-15' };
      const newCode = `3306030${++townships}`;
      const shows = [`${code}209`, D, '2024-07-15'];
      return post(`/divisions/${code}/recode`, { newCode, effectiveOn: D }, { facts, shows });
    },
  },
  VILLAGE_MERGED_INTO_ITSELF: {
    status: 422,
    facts: {},
    shows: [],
    field: 'from.1',
    request: async (books) => {
      const { in: villages } = await township(books, 2);
      const [from, to = ''] = villages;
      return post(
        '/divisions/merge',
        { from: [from, to], to, effectiveOn: D },
        { facts: { village: to }, shows: [to] },
      );
    },
  },
};
