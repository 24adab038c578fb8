import { describe, expect, it } from '@jest/globals';
import {
  type Account,
  charts,
  conversionFrom,
  isUnder,
  parentOf,
  succeeding,
  succeedingCharge,
  successorsOf,
} from '@ledger/accounting';

const old = charts['village-2004'];
const rural = charts['rural-collective-2024'];
const conversion = conversionFrom('village-2004');
if (conversion === undefined) throw new Error('the chart of 2004 has a successor');

const natureOf = (accounts: readonly Account[], code: string) => {
  const account = accounts.find((each) => each.code === code);
  return account && [account.class, account.normalSide];
};

describe('the change from the standard of 2004 to that of 2024', () => {
  it('begins where the old one ends', () => {
    expect([conversion.from, conversion.to, conversion.period]).toEqual([old.id, rural.id, '2024-01']);
    expect([old.inForceTo, rural.inForceFrom]).toEqual(['2023-12-31', '2024-01-01']);
    expect(conversionFrom('rural-collective-2024')).toBeUndefined();
  });

  it('knows every account of the old chart, and goes only to accounts of the new one of the same nature', () => {
    for (const { code } of old.accounts) {
      const successors = successorsOf(code, conversion);
      expect([code, successors.length > 0]).toEqual([code, true]);
      for (const successor of successors) {
        expect([code, ...(natureOf(rural.accounts, successor) ?? [])]).toEqual([
          code,
          ...(natureOf(old.accounts, code) ?? []),
        ]);
      }
    }
    expect(Object.keys(conversion.successors).filter((code) => natureOf(old.accounts, code) === undefined)).toEqual([]);
  });

  it.each([
    ['153', ['154']],
    ['154', ['153']],
    ['202', ['211']],
    ['211', ['212']],
    ['502', ['511']],
    ['51101', ['501']],
    ['51102', ['502']],
    ['561', ['502']],
    ['13202', ['131', '134']],
    ['13203', ['132', '131', '134']],
    ['599', []],
  ])('%s goes on as %j', (code, expected) => expect(successorsOf(code, conversion)).toEqual(expected));

  it('keeps operating income operating, all other income other, and expense expense', () => {
    const income = old.accounts.filter((account) => account.class === 'income');
    for (const { code } of income.filter(({ code: each }) => parentOf(each) === undefined)) {
      const operating = successorsOf(code, conversion).map((each) => isUnder(each, rural.roles.operatingIncome));
      expect([code, ...new Set(operating)]).toEqual([code, isUnder(code, old.roles.operatingIncome)]);
    }
  });

  it('goes on by role wherever the ledger itself posts', () => {
    for (const role of [
      'fixedAssets',
      'accumulatedDepreciation',
      'assetDisposal',
      'disposalGain',
      'disposalLoss',
    ] as const) {
      expect(succeeding(`village-2004:${old.roles[role]}`, rural)).toBe(`rural-collective-2024:${rural.roles[role]}`);
    }
    expect(succeeding(`village-2004:${old.roles.reserve}`, rural)).toBe('rural-collective-2024:311');
  });

  it('leaves bare codes, accounts of the chart itself and those of no chart as they are', () => {
    for (const account of ['202', 'rural-collective-2024:211', 'another:202', 'village-2004:599']) {
      expect(succeeding(account, rural)).toBe(account);
    }
    expect(succeeding('village-2004:202', old)).toBe('village-2004:202');
  });

  it('charges depreciation to accounts that take it', () => {
    for (const code of old.roles.depreciationCharge) {
      const charge = succeedingCharge(`village-2004:${code}`, rural).slice(`${rural.id}:`.length);
      expect([code, isUnder(charge, rural.roles.depreciationCharge)]).toEqual([code, true]);
      expect(rural.accounts.find((each) => each.code === charge)?.postable).toBe(true);
    }
    expect(succeedingCharge('541', rural)).toBe('541');
  });
});
