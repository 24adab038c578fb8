import { describe, expect, it } from '@jest/globals';
import {
  decideHousehold,
  DissolveHousehold,
  emptyHousehold,
  evolveHousehold,
  type FactDraft,
  type Household,
  type HouseholdCommand,
  householdStream,
  newHouseholdId,
  RegisterHousehold,
  refuseUnknownHousehold,
} from '@ledger/domain';
import { treeWith } from '../support/division-trees.js';
import { factOf, refuses } from '../support/given-ledger-year.js';

const today = '2024-06-15';
const divisions = treeWith(
  { code: '330603008000', name: '兰亭街道', from: '2020-01-01' },
  { code: '330603008201', name: '谢家坞村', from: '2020-01-01' },
);
const register = (said: Partial<RegisterHousehold> = {}): RegisterHousehold =>
  Object.assign(new RegisterHousehold(), { village: '330603008201', effectiveOn: '2024-02-01', ...said });
const dissolve = (said: Partial<DissolveHousehold> = {}): DissolveHousehold =>
  Object.assign(new DissolveHousehold(), {
    household: 'household-1',
    reason: '整户迁出',
    effectiveOn: '2024-05-01',
    ...said,
  });
const decide = (command: HouseholdCommand, household: Household = emptyHousehold(), demo = false) =>
  decideHousehold(command, household, { today, demo, id: 'household-1', divisions });
const after = (...facts: FactDraft[]): Household =>
  facts
    .map((fact, revision) => factOf(fact, householdStream('household-1'), revision))
    .reduce(evolveHousehold, emptyHousehold());
const registered = () => after(...decide(register()));
const dissolved = () => after(...decide(register()), ...decide(dissolve(), registered()));

describe('registering a household', () => {
  it('records its village and nothing else', () => {
    expect(decide(register())).toStrictEqual([
      {
        type: 'HouseholdRegistered',
        version: 1,
        division: '330603008201',
        effectiveOn: '2024-02-01',
        data: { household: 'household-1', village: '330603008201' },
      },
    ]);
  });

  it('names it by the request, so that a retry makes the same household', () => {
    expect(newHouseholdId('command-1')).toBe(newHouseholdId('command-1'));
    expect(newHouseholdId('command-1')).not.toBe(newHouseholdId('command-2'));
    expect(newHouseholdId('command-1')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses a village that is unknown, only a township, or not there on that day', () => {
    const village = '330603008202';
    refuses(() => decide(register({ village })), 'VILLAGE_UNKNOWN', { village }, 'village');
    refuses(() => decide(register({ village: '330603008' })), 'VILLAGE_UNKNOWN', { village: '330603008000' });
    refuses(() => decide(register({ effectiveOn: '2019-12-31' })), 'VILLAGE_UNKNOWN', {
      village: '330603008201',
      registeredFrom: '2020-01-01',
    });
    refuses(() => decide(register({ village: '谢家坞' })), 'DIVISION_CODE_INVALID', { code: '谢家坞' }, 'village');
  });

  it('refuses the future, and origins outside a demo', () => {
    const effectiveOn = '2024-06-16';
    refuses(() => decide(register({ effectiveOn })), 'DATE_IN_FUTURE', { date: effectiveOn, today }, 'effectiveOn');
    refuses(() => decide(register({ origin: 'SEED' })), 'ORIGIN_ONLY_IN_DEMO', { origin: 'SEED' }, 'origin');
    expect(decide(register({ origin: 'SEED' }), emptyHousehold(), true)[0]?.data).toMatchObject({ origin: 'SEED' });
  });
});

describe('dissolving a household', () => {
  it('records the reason, in its village', () => {
    expect(decide(dissolve(), registered())).toStrictEqual([
      {
        type: 'HouseholdDissolved',
        version: 1,
        division: '330603008201',
        effectiveOn: '2024-05-01',
        data: { household: 'household-1', reason: '整户迁出' },
      },
    ]);
  });

  it('takes back a registration on its own day', () =>
    expect(decide(dissolve({ effectiveOn: '2024-02-01' }), registered())).toHaveLength(1));

  it('refuses what was never registered, and a day before the registration', () => {
    refuses(() => decide(dissolve()), 'HOUSEHOLD_UNKNOWN', { household: 'household-1' }, 'household');
    refuses(
      () => decide(dissolve({ effectiveOn: '2024-01-31' }), registered()),
      'HOUSEHOLD_UNKNOWN',
      { household: 'household-1', registeredFrom: '2024-02-01' },
      'household',
    );
  });

  it('refuses it twice, also for an earlier day', () => {
    const facts = { household: 'household-1', dissolvedOn: '2024-05-01' };
    refuses(() => decide(dissolve(), dissolved()), 'HOUSEHOLD_DISSOLVED', facts, 'household');
    refuses(() => decide(dissolve({ effectiveOn: '2024-03-01' }), dissolved()), 'HOUSEHOLD_DISSOLVED', facts);
  });

  it('refuses personal data, the future, and origins outside a demo', () => {
    const kind = 'residentId';
    refuses(
      () => decide(dissolve({ reason: '户主11010519491231002X迁出' }), registered()),
      'PERSONAL_DATA_IN_TEXT',
      { kind },
      'reason',
    );
    refuses(() => decide(dissolve({ effectiveOn: '2024-06-16' }), registered()), 'DATE_IN_FUTURE', {
      date: '2024-06-16',
      today,
    });
    refuses(() => decide(dissolve({ origin: 'SEED' }), registered()), 'ORIGIN_ONLY_IN_DEMO', { origin: 'SEED' });
  });
});

const on = (household: Household, day: string) => refuseUnknownHousehold(household, 'household-1', day, 'household');

describe('a household as others meet it', () => {
  it('is there from its registration to the day before its dissolution', () => {
    expect(on(registered(), '2024-02-01')).toBe('330603008201');
    expect(on(dissolved(), '2024-04-30')).toBe('330603008201');
    refuses(() => on(dissolved(), '2024-05-01'), 'HOUSEHOLD_DISSOLVED', {
      household: 'household-1',
      dissolvedOn: '2024-05-01',
    });
    refuses(() => on(dissolved(), '2024-01-31'), 'HOUSEHOLD_UNKNOWN', {
      household: 'household-1',
      registeredFrom: '2024-02-01',
    });
    refuses(() => on(emptyHousehold(), '2024-02-01'), 'HOUSEHOLD_UNKNOWN', { household: 'household-1' }, 'household');
  });
});
