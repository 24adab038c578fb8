import { describe, expect, it } from '@jest/globals';
import { knownVillage, refuseUnknownVillage, RenameDivision } from '@ledger/domain';
import { codesOf, D, recode, recorded, said, TODAY, treeAfter } from '../../support/given-divisions.js';
import { refuses } from '../../support/given-ledger-year.js';

describe('recoding a village', () => {
  it('may take it into another township', () => {
    const facts = recorded(recode('330603103201', '330603008211'));
    expect(facts).toMatchObject([{ data: { oldCode: '330603103201', newCode: '330603008211', villages: [] } }]);
  });

  it('refuses to take it out of its township before a day on which it went along with that', () => {
    const along = recode('330603103', '330603006');
    const left = recode('330603103201', '330603008211', { effectiveOn: '2024-03-01' });
    refuses(
      () => recorded(along, left),
      'DIVISION_CHANGED_LATER',
      { code: '330603103201', on: '2024-03-01', laterOn: D },
      'effectiveOn',
    );
    // It has not gone along after all: the day of the new codes is set right first.
    const days = ['2024-02-29', '2024-03-01', D];
    expect(codesOf('330603103201', days, along, recode('330603006201', '330603008211'), left)).toEqual([
      '330603103201',
      '330603008211',
      '330603008211',
    ]);
  });

  it('refuses a township that is not there', () =>
    refuses(
      () => recorded(recode('330603103201', '330603077201')),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603077201', parent: '330603077000' },
      'newCode',
    ));

  it('refuses a list of villages', () =>
    refuses(
      () =>
        recorded(
          recode('330603103201', '330603103209', { villages: [{ code: '330603103202', newCode: '330603103208' }] }),
        ),
      'DIVISION_PARENT_MISMATCH',
      { code: '330603103202', parent: '330603103000', stated: '330603103201' },
      'villages.0.code',
    ));
});

describe('a code on a day', () => {
  const tree = treeAfter(recode('330603103', '330603006'));
  const asked = (village: string, on: string) => () => refuseUnknownVillage(tree, village, on, 'village');

  it('refuses the old one from the day on and the new one before, naming the other', () => {
    expect(asked('330603103201', '2024-06-30')().id).toBe('330603103201');
    expect(asked('330603006201', D)().id).toBe('330603103201');
    refuses(
      asked('330603103201', D),
      'DIVISION_RECODED',
      { code: '330603103201', on: D, codeThen: '330603006201' },
      'village',
    );
    refuses(asked('330603006201', '2024-06-30'), 'DIVISION_RECODED', {
      code: '330603006201',
      on: '2024-06-30',
      codeThen: '330603103201',
    });
    refuses(asked('330603006201', '2019-12-31'), 'VILLAGE_UNKNOWN', {
      village: '330603006201',
      registeredFrom: '2020-01-01',
    });
  });

  it('is what a new name needs', () =>
    refuses(
      () =>
        recorded(
          recode('330603103', '330603006'),
          said(RenameDivision, { code: '330603103', name: '福全街道', effectiveOn: D }),
        ),
      'DIVISION_RECODED',
      { code: '330603103000', on: D, codeThen: '330603006000' },
      'code',
    ));

  it('is not needed where any code means the village', () =>
    expect(knownVillage(tree, '330603103201', { from: D, to: TODAY }, 'village').id).toBe('330603103201'));
});
