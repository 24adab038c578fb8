import { describe, expect, it } from '@jest/globals';
import {
  type AccessCommand,
  accessStream,
  changeDivision,
  commandIdOf,
  decideAccess,
  emptyGrants,
  evolveGrants,
  type FactDraft,
  type Grant,
  GrantRole,
  type Grants,
  grantsOn,
  type Household,
  RevokeRole,
  type Role,
  roleNames,
  roles,
} from '@ledger/domain';
import { treeWith } from '../support/division-trees.js';
import { factOf, refuses } from '../support/given-ledger-year.js';

const today = '2024-06-15';
const VILLAGE = '330603008201';
const TOWNSHIP = '330603008000';
const DISTRICT = '330603000000';
const divisions = treeWith(
  { code: DISTRICT, name: '柯桥区', from: '2020-01-01' },
  { code: TOWNSHIP, name: '兰亭街道', from: '2020-01-01' },
  { code: VILLAGE, name: '示例村', from: '2020-01-01' },
);

const by = <C extends AccessCommand>(command: C, actor: string, key: string): C =>
  Object.assign(command, {
    context: { actor, idempotencyKey: key, commandId: commandIdOf(actor, key), fingerprint: 'f' },
  });
const grant = (said: Partial<GrantRole> = {}, key = 'key-1'): GrantRole =>
  by(
    Object.assign(new GrantRole(), {
      account: 'clerk-1',
      role: 'VILLAGE_CLERK',
      division: VILLAGE,
      from: '2024-06-01',
      ...said,
    }),
    'admin',
    key,
  );
const revoke = (id: string, reason = '岗位调整'): RevokeRole =>
  by(Object.assign(new RevokeRole(), { grant: id, reason }), 'admin', `revoke-${id}`);
const decide = (command: AccessCommand, grants: Grants = emptyGrants(), tree = divisions) =>
  decideAccess(command, grants, { today, demo: false, divisions: tree });
const HOUSEHOLD = '6c1f3a52-9d0e-8b47-a3c5-2f8e7d1b4a90';
const OTHER_VILLAGE = '330603008202';
const household = (registered: NonNullable<Household['registered']>): Household => ({ registered });
/** A grant to a villager of the household, of which so much is known. */
const decideFor = (known: Household | undefined, tree = divisions, grants = emptyGrants()) => {
  const command = grant({ role: 'VILLAGER', household: HOUSEHOLD }, 'own');
  const beside = { today, demo: false, divisions: tree };
  return decideAccess(command, grants, known === undefined ? beside : { ...beside, household: known });
};
const after = (...facts: FactDraft[]): Grants =>
  facts.map((fact, revision) => factOf(fact, accessStream, revision)).reduce(evolveGrants, emptyGrants());
const given = (...commands: GrantRole[]): Grants => after(...commands.flatMap((command) => decide(command)));
const idOf = (fact: FactDraft | undefined): string => (fact?.data as Grant | undefined)?.grant ?? '';
const held = (grants: Grants, account: string, on: string): string[] =>
  grantsOn(grants, account, on).map(({ role }) => role);

const admin = (account: string, more: Partial<GrantRole> = {}) =>
  grant({ role: 'SYS_ADMIN', division: DISTRICT, account, ...more }, account);

describe('giving a role', () => {
  it('is a fact of the division it is for, with its whole code, from today on', () => {
    const [fact, ...none] = decide(grant({ division: '330603008201', to: '2025-05-31' }));
    expect(none).toEqual([]);
    expect(fact).toEqual({
      type: 'RoleGranted',
      version: 1,
      division: VILLAGE,
      effectiveOn: today,
      data: {
        grant: idOf(fact),
        account: 'clerk-1',
        role: 'VILLAGE_CLERK',
        division: VILLAGE,
        from: '2024-06-01',
        to: '2025-05-31',
      },
    });
  });

  it('makes an id of the command, so that a retry is the same grant', () => {
    expect(idOf(decide(grant())[0])).toBe(idOf(decide(grant())[0]));
    expect(idOf(decide(grant({}, 'key-2'))[0])).not.toBe(idOf(decide(grant())[0]));
  });

  it('names the books of an accountant, and of nobody else', () => {
    const books = ['5b0f4a52-3a57-8c1e-9d2b-6f0b3f0c2a11'];
    const [fact] = decide(grant({ role: 'TOWN_ACCOUNTANT', division: '330603008', books }));
    expect(fact?.data).toMatchObject({ division: TOWNSHIP, books });
    refuses(
      () => decide(grant({ role: 'TOWN_REVIEWER', division: TOWNSHIP, books })),
      'ROLE_BOOKS',
      { role: 'TOWN_REVIEWER' },
      'books',
    );
  });

  it('names the household of a villager, and of nobody else', () => {
    const [fact] = decideFor(household({ village: VILLAGE, registeredFrom: '2024-03-01' }));
    expect(fact?.data).toMatchObject({ role: 'VILLAGER', division: VILLAGE, household: HOUSEHOLD });
    refuses(() => decide(grant({ household: HOUSEHOLD })), 'ROLE_HOUSEHOLD', { role: 'VILLAGE_CLERK' }, 'household');
  });

  it('names a household of the village alone, and says of all others that they are not there', () => {
    for (const known of [undefined, {}, household({ village: OTHER_VILLAGE, registeredFrom: '2024-03-01' })]) {
      refuses(() => decideFor(known), 'HOUSEHOLD_UNKNOWN', { household: HOUSEHOLD, village: VILLAGE }, 'household');
    }
    const dissolved = { ...household({ village: VILLAGE, registeredFrom: '2024-03-01' }), dissolvedOn: today };
    refuses(
      () => decideFor(dissolved),
      'HOUSEHOLD_DISSOLVED',
      { household: HOUSEHOLD, dissolvedOn: today },
      'household',
    );
  });

  it('names a household where its village has gone', () => {
    const from = '2024-05-01';
    const merged = { code: OTHER_VILLAGE, successor: VILLAGE };
    const tree = treeWith(
      { code: DISTRICT, name: '柯桥区', from: '2020-01-01' },
      { code: TOWNSHIP, name: '兰亭街道', from: '2020-01-01' },
      { code: VILLAGE, name: '示例村', from: '2020-01-01' },
      { code: OTHER_VILLAGE, name: '另一村', from: '2020-01-01' },
    );
    changeDivision(tree, { change: 'merged', name: null, origin: null, ...merged }, { from, recorded: 9 });
    const known = household({ village: OTHER_VILLAGE, registeredFrom: '2024-03-01' });
    expect(decideFor(known, tree)[0]?.data).toMatchObject({ household: HOUSEHOLD });
  });

  it('is never for oneself', () =>
    refuses(() => decide(grant({ account: 'admin' })), 'SELF_GRANT', { account: 'admin' }, 'account'));

  it('ends no earlier than it begins; one day is enough', () => {
    refuses(
      () => decide(grant({ from: '2024-06-02', to: '2024-06-01' })),
      'GRANT_PERIOD',
      { from: '2024-06-02', to: '2024-06-01' },
      'to',
    );
    expect(decide(grant({ from: '2024-06-02', to: '2024-06-02' }))).toHaveLength(1);
  });

  it('is for a division of the level of the role', () => {
    refuses(
      () => decide(grant({ division: TOWNSHIP })),
      'ROLE_LEVEL',
      { role: 'VILLAGE_CLERK', division: TOWNSHIP, level: 'village' },
      'division',
    );
    refuses(
      () => decide(grant({ role: 'TOWN_LEADER', division: VILLAGE })),
      'ROLE_LEVEL',
      { role: 'TOWN_LEADER', division: VILLAGE, level: 'township' },
      'division',
    );
    for (const division of [DISTRICT, TOWNSHIP, VILLAGE]) {
      expect(decide(grant({ role: 'AUDITOR', division }))).toHaveLength(1);
    }
  });

  it('is for a division that is there; a district is granted before anybody could register it', () => {
    refuses(
      () => decide(grant({ division: '330603008299' })),
      'DIVISION_UNKNOWN',
      { code: '330603008299' },
      'division',
    );
    refuses(() => decide(grant({ division: '12' })), 'DIVISION_CODE_INVALID', { code: '12' }, 'division');
    const administrator = grant({ role: 'SYS_ADMIN', division: '330604', account: 'admin-2' });
    expect(decide(administrator)[0]?.division).toBe('330604000000');
  });
});

describe('duties that one person must not hold together', () => {
  const cashier = grant({ role: 'TOWN_CASHIER', division: TOWNSHIP, from: '2024-06-01', to: '2024-06-30' });
  const books = (role: Role, more: Partial<GrantRole> = {}) => grant({ role, division: TOWNSHIP, ...more }, 'key-2');

  it('are those of a cashier and of who submits to the books, keeps or reviews them, whichever comes first', () => {
    const grants = given(cashier);
    const [id = ''] = grants.byId.keys();
    const facts = {
      account: 'clerk-1',
      held: 'TOWN_CASHIER',
      grant: id,
      from: '2024-06-01',
      to: '2024-06-30',
    } as const;
    for (const role of ['VILLAGE_CLERK', 'TOWN_ACCOUNTANT', 'TOWN_REVIEWER'] as const) {
      const granted = books(role, { division: role === 'VILLAGE_CLERK' ? VILLAGE : TOWNSHIP });
      refuses(() => decide(granted, grants), 'ROLE_CONFLICT', { ...facts, role }, 'role');
      expect(() => decide(cashier, given(granted))).toThrow('ROLE_CONFLICT');
    }
    expect(decide(books('TOWN_LEADER'), grants)).toHaveLength(1);
    expect(decide(books('TOWN_ACCOUNTANT', { account: 'clerk-2' }), grants)).toHaveLength(1);
  });

  it('may follow each other, and do not clash with what was taken back', () => {
    const grants = given(cashier);
    for (const days of [{ from: '2024-07-01' }, { from: '2024-05-01', to: '2024-05-31' }]) {
      expect(decide(books('TOWN_ACCOUNTANT', days), grants)).toHaveLength(1);
    }
    for (const days of [{ from: '2024-06-30' }, { from: '2024-05-01', to: '2024-06-01' }]) {
      expect(() => decide(books('TOWN_ACCOUNTANT', days), grants)).toThrow('ROLE_CONFLICT');
    }
    const [id = ''] = grants.byId.keys();
    for (const fact of decide(revoke(id), grants)) evolveGrants(grants, factOf(fact, accessStream, 1));
    expect(decide(books('TOWN_ACCOUNTANT'), grants)).toHaveLength(1);
  });

  it('are those of an administrator and all others', () => {
    const others = roleNames.filter((role) => role !== 'SYS_ADMIN');
    const divisionOf = { village: VILLAGE, township: TOWNSHIP, district: DISTRICT, any: DISTRICT };
    for (const role of others) {
      const business = grant({ role, division: divisionOf[roles[role].level] }, role);
      expect(() => decide(business, given(admin('clerk-1')))).toThrow('ROLE_CONFLICT');
      expect(() => decide(admin('clerk-1'), given(business))).toThrow('ROLE_CONFLICT');
    }
    expect(
      decide(admin('clerk-1', { from: '2031-01-01' }), given(admin('clerk-1', { to: '2030-12-31' }))),
    ).toHaveLength(1);
  });
});

const accountant = (more: Partial<GrantRole> = {}, key = 'key-2') =>
  grant({ role: 'TOWN_ACCOUNTANT', division: TOWNSHIP, ...more }, key);

describe('a grant that there is already', () => {
  const [one, other] = ['5b0f4a52-3a57-8c1e-9d2b-6f0b3f0c2a11', '6c1f5b63-4b68-8d2f-8e3c-7f1c4f1d3b22'];

  it('is not given again for a day that it holds on', () => {
    const grants = given(accountant({ from: '2024-06-01', to: '2024-06-30' }));
    const [id = ''] = grants.byId.keys();
    const of = { account: 'clerk-1', role: 'TOWN_ACCOUNTANT', division: TOWNSHIP, grant: id } as const;
    const facts = { ...of, from: '2024-06-01', to: '2024-06-30' };
    for (const days of [{ from: '2024-06-01', to: '2024-06-30' }, { from: '2024-06-30' }]) {
      refuses(() => decide(accountant(days, 'again'), grants), 'GRANT_DUPLICATE', facts, 'role');
    }
    expect(decide(accountant({ from: '2024-07-01' }), grants)).toHaveLength(1);
    for (const fact of decide(revoke(id), grants)) evolveGrants(grants, factOf(fact, accessStream, 1));
    expect(decide(accountant(), grants)).toHaveLength(1);
  });

  it('is one of the same household, where it names one', () => {
    const known = household({ village: VILLAGE, registeredFrom: '2024-03-01' });
    const grants = after(...decideFor(known));
    expect(() => decideFor(known, divisions, grants)).toThrow('GRANT_DUPLICATE');
    expect(decide(grant({ role: 'VILLAGER' }, 'key-2'), grants)).toHaveLength(1);
    expect(decideFor(known, divisions, given(grant({ role: 'VILLAGER' })))).toHaveLength(1);
  });

  it('is one of the same role, division and books', () => {
    const grants = given(accountant({ books: [one, other] }));
    expect(() => decide(accountant({ books: [other, one] }, 'again'), grants)).toThrow('GRANT_DUPLICATE');
    for (const books of [undefined, [one]]) {
      expect(decide(accountant(books === undefined ? {} : { books }, 'again'), grants)).toHaveLength(1);
    }
    expect(decide(accountant({ account: 'clerk-2', books: [one, other] }), grants)).toHaveLength(1);
  });
});

describe('what an account holds', () => {
  it('begins on the first day and ends after the last', () => {
    const grants = given(grant({ from: '2024-06-10', to: '2024-06-20' }));
    const days = ['2024-06-09', '2024-06-10', '2024-06-20', '2024-06-21'];
    expect(days.map((day) => held(grants, 'clerk-1', day))).toEqual([[], ['VILLAGE_CLERK'], ['VILLAGE_CLERK'], []]);
  });

  it('is all that was given to it and not taken back', () => {
    const grants = given(grant(), grant({ role: 'VILLAGER' }, 'key-2'), grant({ account: 'clerk-2' }, 'key-3'));
    expect(held(grants, 'clerk-1', today)).toEqual(['VILLAGE_CLERK', 'VILLAGER']);
    expect(held(grants, 'nobody', today)).toEqual([]);
    const [first = ''] = grants.byId.keys();
    for (const fact of decide(revoke(first), grants)) evolveGrants(grants, factOf(fact, accessStream, 3));
    expect(held(grants, 'clerk-1', today)).toEqual(['VILLAGER']);
  });
});

describe('taking a grant back', () => {
  it('says whose and which, and why', () => {
    const grants = given(grant());
    const [id = ''] = grants.byId.keys();
    expect(decide(revoke(id), grants)).toEqual([
      {
        type: 'RoleRevoked',
        version: 1,
        division: VILLAGE,
        effectiveOn: today,
        data: { grant: id, account: 'clerk-1', role: 'VILLAGE_CLERK', reason: '岗位调整' },
      },
    ]);
  });

  it('happens once, to what was given, and for a reason without personal data', () => {
    const grants = given(grant());
    const [id = ''] = grants.byId.keys();
    refuses(() => decide(revoke('no-such-grant'), grants), 'GRANT_UNKNOWN', { grant: 'no-such-grant' }, 'grant');
    expect(() => decide(revoke(id, '手机13800138000'), grants)).toThrow('PERSONAL_DATA_IN_TEXT');
    for (const fact of decide(revoke(id), grants)) evolveGrants(grants, factOf(fact, accessStream, 1));
    refuses(() => decide(revoke(id), grants), 'GRANT_REVOKED', { grant: id }, 'grant');
  });

  it('leaves an administrator whose grant has no last day', () => {
    const one = given(
      admin('admin-1'),
      admin('admin-2', { to: '2030-12-31' }),
      admin('admin-3', { from: '2024-06-16' }),
    );
    const [id = ''] = one.byId.keys();
    refuses(() => decide(revoke(id), one), 'LAST_ADMINISTRATOR', { account: 'admin-1' }, 'grant');
    const two = given(admin('admin-1'), admin('admin-2'));
    expect(decide(revoke(id), two)).toHaveLength(1);
  });
});
