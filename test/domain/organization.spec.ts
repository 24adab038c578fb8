import { describe, expect, it } from '@jest/globals';
import {
  decideOrganization,
  emptyOrganization,
  evolveOrganization,
  organizationStream,
  RegisterOrganization,
} from '@ledger/domain';
import { treeWith } from '../support/division-trees.js';
import { factOf, refuses } from '../support/given-ledger-year.js';

const today = '2024-06-15';
const divisions = treeWith(
  { code: '330603008000', name: '兰亭街道', from: '2020-01-01' },
  { code: '330603008201', name: '谢家坞村', from: '2020-01-01' },
);
const register = (said: Partial<RegisterOrganization> = {}): RegisterOrganization =>
  Object.assign(new RegisterOrganization(), {
    creditCode: 'N2330603MF0000013M',
    name: '谢家坞村股份经济合作社',
    kind: 'COLLECTIVE',
    village: '330603008201',
    effectiveOn: '2022-05-01',
    ...said,
  });
const decide = (command: RegisterOrganization, organization = emptyOrganization(), demo = false) =>
  decideOrganization(command, organization, { today, demo, divisions });

describe('registering an organisation', () => {
  it('records the legal person of a village', () => {
    expect(decide(register())).toStrictEqual([
      {
        type: 'OrganizationRegistered',
        version: 1,
        division: '330603008201',
        effectiveOn: '2022-05-01',
        data: {
          creditCode: 'N2330603MF0000013M',
          name: '谢家坞村股份经济合作社',
          kind: 'COLLECTIVE',
          village: '330603008201',
        },
      },
    ]);
    expect(organizationStream('N2330603MF0000013M')).toBe('organization-N2330603MF0000013M');
  });

  it('records a company under its own category', () =>
    expect(decide(register({ creditCode: '91330100799655058B', kind: 'COMPANY' }))).toHaveLength(1));

  it('refuses a wrong check character', () =>
    refuses(
      () => decide(register({ creditCode: 'N2330603MF0000013A' })),
      'CREDIT_CODE_CHECKSUM',
      { creditCode: 'N2330603MF0000013A' },
      'creditCode',
    ));

  it('refuses a code that holds while the organisation code within it does not', () =>
    refuses(
      () => decide(register({ creditCode: 'N2330603MF0000014Q' })),
      'CREDIT_CODE_CHECKSUM',
      { creditCode: 'N2330603MF0000014Q' },
      'creditCode',
    ));

  it('refuses a collective that is not N2', () =>
    refuses(
      () => decide(register({ creditCode: '91330100799655058B' })),
      'CREDIT_CODE_CATEGORY',
      { creditCode: '91330100799655058B', kind: 'COLLECTIVE', expected: 'N2', actual: '91' },
      'creditCode',
    ));

  it('refuses the same code twice', () => {
    const known = decide(register())
      .map((fact) => factOf(fact, 'organization-N2330603MF0000013M', 0))
      .reduce(evolveOrganization, emptyOrganization());
    refuses(() => decide(register({ name: '另一个' }), known), 'CREDIT_CODE_DUPLICATE', {
      creditCode: 'N2330603MF0000013M',
      name: '谢家坞村股份经济合作社',
    });
  });

  it('refuses a village that is unknown, only a township, or not there on that day', () => {
    refuses(
      () => decide(register({ village: '330603008202' })),
      'VILLAGE_UNKNOWN',
      { village: '330603008202' },
      'village',
    );
    refuses(() => decide(register({ village: '330603008' })), 'VILLAGE_UNKNOWN', { village: '330603008000' });
    refuses(() => decide(register({ effectiveOn: '2019-12-31' })), 'VILLAGE_UNKNOWN', {
      village: '330603008201',
      registeredFrom: '2020-01-01',
    });
    refuses(() => decide(register({ village: '谢家坞' })), 'DIVISION_CODE_INVALID', { code: '谢家坞' }, 'village');
  });

  it('refuses the future, personal data, and origins outside a demo', () => {
    refuses(
      () => decide(register({ effectiveOn: '2024-06-16' })),
      'DATE_IN_FUTURE',
      { date: '2024-06-16', today },
      'effectiveOn',
    );
    refuses(
      () => decide(register({ name: '社长11010519491231002X' })),
      'PERSONAL_DATA_IN_TEXT',
      { kind: 'residentId' },
      'name',
    );
    refuses(() => decide(register({ origin: 'SEED' })), 'ORIGIN_ONLY_IN_DEMO', { origin: 'SEED' }, 'origin');
    expect(decide(register({ origin: 'SEED' }), emptyOrganization(), true)[0]?.data.origin).toBe('SEED');
  });
});
