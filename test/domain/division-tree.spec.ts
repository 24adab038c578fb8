import { describe, expect, it } from '@jest/globals';
import {
  decideDivision,
  type DivisionCommand,
  type DivisionFact,
  divisionOf,
  divisionAbove,
  divisionCode,
  divisionStream,
  districtOf,
  isThere,
  levelOf,
  RegisterDivision,
  refuseUnknownVillage,
  RenameDivision,
} from '@ledger/domain';
import { decidedFrom, treeOf } from '../support/division-trees.js';
import { refuses } from '../support/given-ledger-year.js';

const today = '2024-06-15';
const register = (code: string, name: string, said: Partial<RegisterDivision> = {}): RegisterDivision =>
  Object.assign(new RegisterDivision(), { code, name, effectiveOn: '2020-01-01', ...said });
const rename = (code: string, name: string, said: Partial<RenameDivision> = {}): RenameDivision =>
  Object.assign(new RenameDivision(), { code, name, effectiveOn: '2021-01-01', ...said });

const decideAfter = (facts: readonly DivisionFact[], command: DivisionCommand, demo = false) =>
  decideDivision(command, treeOf(facts), { today, demo });
const recorded = (...commands: DivisionCommand[]) => decidedFrom(today, ...commands);

const keqiao = register('330603', '柯桥区');
const lanting = register('330603008', '兰亭街道');
const xiejiawu = register('330603008201', '谢家坞村');

describe('division codes', () => {
  it('are read with six, nine or twelve digits and kept with twelve', () => {
    expect(divisionCode('330603')).toBe('330603000000');
    expect(divisionCode('330603008')).toBe('330603008000');
    expect(divisionCode('330603008201')).toBe('330603008201');
  });

  it.each([
    '',
    '3306',
    '33060',
    '3306030',
    '33060300820',
    '3306030082011',
    '33060a',
    '000603',
    '990603',
    '330003',
    '330600',
    '330603000201',
    '330603600',
    ' 330603',
    '３３０６０３',
  ])('are not %p', (text) => expect(divisionCode(text)).toBeUndefined());

  it('know their level, the division above and their district', () => {
    expect(['330603000000', '330603008000', '330603008201'].map(levelOf)).toStrictEqual([
      'district',
      'township',
      'village',
    ]);
    expect(['330603000000', '330603008000', '330603008201'].map(divisionAbove)).toStrictEqual([
      undefined,
      '330603000000',
      '330603008000',
    ]);
    expect(districtOf('330603008201')).toBe('330603');
    expect(divisionStream('330603008201')).toBe('divisions-330603');
  });
});

describe('registering', () => {
  it('records the district, its township and its village', () =>
    expect(recorded(keqiao, lanting, xiejiawu)).toStrictEqual([
      {
        type: 'DivisionRegistered',
        version: 1,
        division: '330603000000',
        effectiveOn: '2020-01-01',
        data: { code: '330603000000', name: '柯桥区', level: 'district', parent: null },
      },
      {
        type: 'DivisionRegistered',
        version: 1,
        division: '330603008000',
        effectiveOn: '2020-01-01',
        data: { code: '330603008000', name: '兰亭街道', level: 'township', parent: '330603000000' },
      },
      {
        type: 'DivisionRegistered',
        version: 1,
        division: '330603008201',
        effectiveOn: '2020-01-01',
        data: { code: '330603008201', name: '谢家坞村', level: 'village', parent: '330603008000' },
      },
    ]));

  it('accepts the parent that follows from the code, padded or not', () => {
    expect(recorded(keqiao, register('330603008', '兰亭街道', { parent: '330603' }))).toHaveLength(2);
  });

  it('refuses another parent', () =>
    refuses(
      () => recorded(keqiao, register('330603008', '兰亭街道', { parent: '330602' })),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603008000', parent: '330603000000', stated: '330602000000' },
      'code',
    ));

  it('refuses a parent for a district', () =>
    refuses(
      () => recorded(register('330603', '柯桥区', { parent: '330600' })),
      'DIVISION_CODE_INVALID',
      { code: '330600' },
      'parent',
    ));

  it('refuses a parent for a district that is a code', () =>
    refuses(
      () => recorded(register('330603', '柯桥区', { parent: '330602' })),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603000000', stated: '330602000000' },
      'code',
    ));

  it('refuses a township before its district', () =>
    refuses(() => recorded(lanting), 'DIVISION_PARENT_MISMATCH', {
      code: '330603008000',
      parent: '330603000000',
    }));

  it('refuses a township on a day when its district was not there yet', () =>
    refuses(
      () => recorded(keqiao, register('330603008', '兰亭街道', { effectiveOn: '2019-12-31' })),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603008000', parent: '330603000000' },
    ));

  it('refuses a code twice, padded or not', () =>
    refuses(
      () => recorded(keqiao, register('330603000000', '别名')),
      'DIVISION_DUPLICATE',
      { code: '330603000000', name: '柯桥区' },
      'code',
    ));

  it('refuses what is no code', () =>
    refuses(() => recorded(register('3306', '绍兴')), 'DIVISION_CODE_INVALID', { code: '3306' }, 'code'));

  it('refuses the future, personal data, and origins outside a demo', () => {
    refuses(() => recorded(register('330603', '柯桥区', { effectiveOn: '2024-06-16' })), 'DATE_IN_FUTURE', {
      date: '2024-06-16',
      today,
    });
    refuses(() => recorded(register('330603', '联系13800138000')), 'PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'name');
    refuses(() => recorded(register('330603', '柯桥区', { origin: 'SEED' })), 'ORIGIN_ONLY_IN_DEMO', {
      origin: 'SEED',
    });
  });

  it('keeps the origin in a demo', () =>
    expect(decideAfter([], register('330603', '柯桥区', { origin: 'SYNTHETIC' }), true)[0]?.data).toStrictEqual({
      code: '330603000000',
      name: '柯桥区',
      level: 'district',
      parent: null,
      origin: 'SYNTHETIC',
    }));
});

describe('renaming', () => {
  it('records the new name', () =>
    expect(recorded(keqiao, rename('330603', '柯桥新区')).at(-1)).toStrictEqual({
      type: 'DivisionRenamed',
      version: 1,
      division: '330603000000',
      effectiveOn: '2021-01-01',
      data: { code: '330603000000', name: '柯桥新区' },
    }));

  it('is what a duplicate is told afterwards', () =>
    refuses(() => recorded(keqiao, rename('330603', '柯桥新区'), keqiao), 'DIVISION_DUPLICATE', {
      code: '330603000000',
      name: '柯桥新区',
    }));

  it('refuses an unknown division, also on a day before it was registered', () => {
    refuses(() => recorded(rename('330603', '柯桥新区')), 'DIVISION_UNKNOWN', { code: '330603000000' }, 'code');
    refuses(() => recorded(keqiao, rename('330603', '柯桥新区', { effectiveOn: '2019-12-31' })), 'DIVISION_UNKNOWN', {
      code: '330603000000',
      registeredFrom: '2020-01-01',
    });
  });
});

describe('a village', () => {
  const tree = treeOf(recorded(keqiao, lanting, xiejiawu));
  it('is there from its date on', () => {
    const village = divisionOf(tree, '330603008201');
    const there = (on: string) => village !== undefined && isThere(village, on);
    expect(['2019-12-31', '2020-01-01', '2024-06-15'].map(there)).toEqual([false, true, true]);
  });
  it('is not a township', () =>
    refuses(
      () => refuseUnknownVillage(tree, '330603008000', today, 'village'),
      'VILLAGE_UNKNOWN',
      { village: '330603008000' },
      'village',
    ));
});
