import { describe, expect, it } from '@jest/globals';
import {
  type Command,
  consentPurposes,
  decideHousehold,
  DisclosePersonalData,
  emptyDivisionTree,
  EnterPersonalData,
  ErasePersonalData,
  evolveHousehold,
  ExportPersonalData,
  type FactDraft,
  type FieldsOf,
  GiveConsent,
  type Household,
  type HouseholdCommand,
  householdStream,
  purposesFor,
  type RefusalCode,
  type RefusalFacts,
  refuseChangedSince,
  refuseUntracked,
  WithdrawConsent,
} from '@ledger/domain';
import { factOf, refuses } from '../support/given-ledger-year.js';

const HOUSEHOLD = 'household-1';
const TODAY = '2024-06-15';
const registered: FactDraft = {
  type: 'HouseholdRegistered',
  version: 1,
  division: '330603008201',
  effectiveOn: '2024-02-01',
  data: { household: HOUSEHOLD, village: '330603008201' },
};

function given(...commands: readonly HouseholdCommand[]) {
  const facts: FactDraft[] = [registered];
  const state = (): Household =>
    facts.map((fact, i) => factOf(fact, householdStream(HOUSEHOLD), i)).reduce<Household>(evolveHousehold, {});
  const decide = (command: HouseholdCommand, today = TODAY) =>
    decideHousehold(command, state(), { today, demo: false, id: HOUSEHOLD, divisions: emptyDivisionTree() });
  for (const command of commands) facts.push(...decide(command));
  return {
    state,
    when: (command: HouseholdCommand, today?: string) => ({
      recordsTypes: (...types: string[]) => expect(decide(command, today).map(({ type }) => type)).toStrictEqual(types),
      records: (...expected: object[]) =>
        expect(decide(command, today).map(({ data }) => data)).toStrictEqual(expected),
      refuses: <C extends RefusalCode>(code: C, said: RefusalFacts<C>, field?: string) =>
        refuses(() => decide(command, today), code, said, field),
    }),
  };
}

function of<C extends Command & { household: string }>(type: new () => C, fields: Partial<C>): C {
  return Object.assign(new type(), { household: HOUSEHOLD }, fields);
}

const give = (on: string, ...purposes: string[]) =>
  of(GiveConsent, { purposes, noticeVersion: 'notice-1', effectiveOn: on });
const withdraw = (on: string, ...purposes: string[]) => of(WithdrawConsent, { purposes, effectiveOn: on });
const enter = (part: 'CONSENT' | 'STATUTORY', said: Partial<EnterPersonalData> = {}) =>
  of(EnterPersonalData, { part, newKeyId: `key-${part}`, fields: ['people.name'], corrects: false, ...said });
const correct = enter('CONSENT', { corrects: true });
const statutory = enter('STATUTORY', { retainUntil: '2054-12-31' });
const disclose = (part: 'CONSENT' | 'STATUTORY', purpose: string, said: Partial<DisclosePersonalData> = {}) =>
  of(DisclosePersonalData, {
    part,
    purpose,
    fields: ['people.name'],
    allowed: purposesFor(part, undefined),
    ...said,
  });
const erase = (part: 'CONSENT' | 'STATUTORY') => of(ErasePersonalData, { part, basis: 'SUBJECT_REQUEST' });
const tracked = give('2024-03-01', 'BENEFIT_TRACKING');
const choices = Object.entries(consentPurposes).map(([id, { zh, en }]) => ({ id, zh, en }));
const missing = { household: HOUSEHOLD, purpose: 'BENEFIT_TRACKING' } as const;

describe('consent', () => {
  it('is recorded with its purposes and the text that was signed', () =>
    given()
      .when(tracked)
      .records({ household: HOUSEHOLD, purposes: ['BENEFIT_TRACKING'], noticeVersion: 'notice-1' }));

  it('is for purposes that there are', () =>
    given()
      .when(give('2024-03-01', 'BENEFIT_TRACKING', 'MARKETING'))
      .refuses('PURPOSE_NOT_ALLOWED', { purpose: 'MARKETING', allowed: choices }, 'purposes.1'));

  it('does not come back by an older paper', () => {
    const withdrawn = given(tracked, withdraw('2024-05-01', 'BENEFIT_TRACKING'));
    const facts = { ...missing, withdrawnOn: '2024-05-01' };
    withdrawn.when(give('2024-04-30', 'BENEFIT_TRACKING')).refuses('CONSENT_WITHDRAWN', facts, 'effectiveOn');
    withdrawn.when(give('2024-05-01', 'BENEFIT_TRACKING')).refuses('CONSENT_WITHDRAWN', facts, 'effectiveOn');
    withdrawn.when(give('2024-05-02', 'BENEFIT_TRACKING')).recordsTypes('ConsentGiven');
  });

  it('is taken back only where it stands, from then on', () => {
    given().when(withdraw('2024-05-01', 'BENEFIT_TRACKING')).refuses('CONSENT_MISSING', missing, 'purposes');
    given(tracked).when(withdraw('2024-02-28', 'BENEFIT_TRACKING')).refuses('CONSENT_MISSING', missing, 'purposes');
    given(tracked).when(withdraw('2024-05-01', 'BENEFIT_TRACKING')).recordsTypes('ConsentWithdrawn');
  });

  it('takes with it what is held by it, in the same append, and nothing that is kept by law', () => {
    const held = [give('2024-03-01', 'BENEFIT_TRACKING', 'PHOTOS'), enter('CONSENT'), statutory];
    given(...held)
      .when(withdraw('2024-05-01', 'PHOTOS'))
      .recordsTypes('ConsentWithdrawn');
    given(...held)
      .when(withdraw('2024-05-01', 'BENEFIT_TRACKING'))
      .records(
        { household: HOUSEHOLD, purposes: ['BENEFIT_TRACKING'] },
        { household: HOUSEHOLD, part: 'CONSENT', keyId: 'key-CONSENT', basis: 'CONSENT_WITHDRAWN' },
      );
  });
});

describe('what is held', () => {
  it('is entered by consent to the tracking of benefits, or by the law', () => {
    given().when(enter('CONSENT')).refuses('CONSENT_MISSING', missing, 'household');
    given(give('2024-03-01', 'PHOTOS')).when(enter('CONSENT')).refuses('CONSENT_MISSING', missing, 'household');
    given(tracked).when(enter('CONSENT')).recordsTypes('PersonalDataEntered');
    given()
      .when(statutory)
      .records({
        household: HOUSEHOLD,
        part: 'STATUTORY',
        keyId: 'key-STATUTORY',
        fields: ['people.name'],
        retainUntil: '2054-12-31',
      });
  });

  it('is entered once and corrected under the same key', () => {
    const held = { household: HOUSEHOLD, part: 'CONSENT' } as const;
    given(tracked, enter('CONSENT')).when(enter('CONSENT')).refuses('PERSONAL_DATA_HELD', held, 'part');
    given(tracked)
      .when(enter('CONSENT', { corrects: true }))
      .refuses('PERSONAL_DATA_UNKNOWN', held, 'part');
    given(tracked, enter('CONSENT'))
      .when(enter('CONSENT', { corrects: true, newKeyId: 'another' }))
      .records({ ...held, keyId: 'key-CONSENT', fields: ['people.name'] });
  });

  it('is shown for the purposes of its part, and of whoever asks', () => {
    const held = given(tracked, enter('CONSENT'), statutory);
    held.when(disclose('STATUTORY', 'PAYMENT')).records({
      household: HOUSEHOLD,
      part: 'STATUTORY',
      fields: ['people.name'],
      purpose: 'PAYMENT',
      to: 'OFFICER',
    });
    expect(purposesFor('CONSENT', ['TOWN_ACCOUNTANT'])).toStrictEqual([]);
    held
      .when(disclose('CONSENT', 'PAYMENT', { allowed: [] }))
      .refuses('PURPOSE_NOT_ALLOWED', { purpose: 'PAYMENT', allowed: [] }, 'purpose');
    given().when(disclose('CONSENT', 'LEGAL_DUTY')).refuses('PERSONAL_DATA_UNKNOWN', {
      household: HOUSEHOLD,
      part: 'CONSENT',
    });
  });

  it('is given to its people as a fact for each part', () => {
    const fieldsOf = { CONSENT: ['address'], STATUTORY: ['payee.name'] };
    given(tracked, enter('CONSENT'), statutory)
      .when(of(ExportPersonalData, { fieldsOf, basis: 'request-7' }))
      .records(
        ...(['CONSENT', 'STATUTORY'] as const).map((part) => ({
          household: HOUSEHOLD,
          part,
          fields: fieldsOf[part],
          purpose: 'SUBJECT_REQUEST',
          to: 'SUBJECT',
          basis: 'request-7',
        })),
      );
  });

  it('is shown once more to who asks again as long as it is what the record names', () => {
    const held = given(tracked, enter('CONSENT'), disclose('CONSENT', 'LEGAL_DUTY'));
    const shown = { revision: 3, fieldsOf: { CONSENT: ['people.name'] } };
    const again = ({ state }: ReturnType<typeof given>, fieldsOf: FieldsOf = shown.fieldsOf) =>
      refuseChangedSince(shown, fieldsOf, state(), HOUSEHOLD);
    expect(() => again(held)).not.toThrow();
    const corrected = given(tracked, enter('CONSENT'), disclose('CONSENT', 'LEGAL_DUTY'), correct);
    const changed = { household: HOUSEHOLD, part: 'CONSENT' } as const;
    refuses(() => again(corrected), 'PERSONAL_DATA_CHANGED', changed, 'Idempotency-Key');
    // Also where the vault holds more than the record names, or less.
    for (const fields of [['people.name', 'people.phone'], []]) {
      refuses(() => again(held, { CONSENT: fields }), 'PERSONAL_DATA_CHANGED', changed);
    }
    refuses(() => again(held, {}), 'PERSONAL_DATA_CHANGED', changed);
    refuses(() => again(held, { ...shown.fieldsOf, STATUTORY: ['payee.name'] }), 'PERSONAL_DATA_CHANGED', {
      household: HOUSEHOLD,
      part: 'STATUTORY',
    });
  });

  it('says no more of a document than its number', () =>
    given(tracked, enter('CONSENT'))
      .when(disclose('CONSENT', 'LEGAL_DUTY', { basis: 'doc-13900000001' }))
      .refuses('PERSONAL_DATA_IN_TEXT', { kind: 'mobile' }, 'basis'));
});

describe('erasing', () => {
  it('destroys the key of what is held by consent', () =>
    given(tracked, enter('CONSENT'))
      .when(erase('CONSENT'))
      .records({ household: HOUSEHOLD, part: 'CONSENT', keyId: 'key-CONSENT', basis: 'SUBJECT_REQUEST' }));

  it('on request ends the consent that it was held by, so that it is asked for anew', () => {
    const erased = given(give('2024-03-01', 'BENEFIT_TRACKING', 'PHOTOS'), enter('CONSENT'), erase('CONSENT'));
    erased.when(enter('CONSENT')).refuses('CONSENT_MISSING', missing, 'household');
    erased
      .when(give('2024-06-14', 'BENEFIT_TRACKING'))
      .refuses('CONSENT_WITHDRAWN', { ...missing, withdrawnOn: TODAY }, 'effectiveOn');
    erased.when(give('2024-06-14', 'PHOTOS')).recordsTypes('ConsentGiven');
    erased.when(give(TODAY, 'BENEFIT_TRACKING')).recordsTypes('ConsentGiven');
    given(tracked, enter('CONSENT'), erase('CONSENT'), give(TODAY, 'BENEFIT_TRACKING'))
      .when(enter('CONSENT'))
      .recordsTypes('PersonalDataEntered');
    const mistake = of(ErasePersonalData, { part: 'CONSENT', basis: 'ENTERED_BY_MISTAKE' });
    given(tracked, enter('CONSENT'), mistake).when(enter('CONSENT')).recordsTypes('PersonalDataEntered');
  });

  it('restricts what the law wants kept, and destroys it the day after', () => {
    const restricted = given(statutory, erase('STATUTORY'));
    const facts = { household: HOUSEHOLD, retainUntil: '2054-12-31' };
    given(statutory).when(erase('STATUTORY')).recordsTypes('PersonalDataRestricted');
    restricted.when(erase('STATUTORY')).refuses('RETENTION_NOT_OVER', facts, 'part');
    restricted.when(erase('STATUTORY'), '2054-12-31').refuses('RETENTION_NOT_OVER', facts, 'part');
    restricted.when(erase('STATUTORY'), '2055-01-01').recordsTypes('SubjectKeyDestroyed');
  });

  it('leaves what is restricted to a duty by law with its ground, and to its own people', () => {
    const restricted = given(statutory, erase('STATUTORY'));
    const facts = { household: HOUSEHOLD, retainUntil: '2054-12-31' };
    for (const command of [disclose('STATUTORY', 'PAYMENT'), disclose('STATUTORY', 'LEGAL_DUTY')]) {
      restricted.when(command).refuses('PERSONAL_DATA_RESTRICTED', facts, 'part');
    }
    restricted.when(enter('STATUTORY', { corrects: true })).refuses('PERSONAL_DATA_RESTRICTED', facts, 'part');
    for (const command of [
      disclose('STATUTORY', 'LEGAL_DUTY', { basis: 'court-12' }),
      disclose('STATUTORY', 'SUBJECT_REQUEST'),
    ]) {
      restricted.when(command).recordsTypes('PersonalDataDisclosed');
    }
  });

  it('needs something that is held, and happens once', () => {
    const nothing = { household: HOUSEHOLD, part: 'CONSENT' } as const;
    given().when(erase('CONSENT')).refuses('PERSONAL_DATA_UNKNOWN', nothing, 'part');
    given(tracked, enter('CONSENT'), erase('CONSENT'))
      .when(erase('CONSENT'))
      .refuses('PERSONAL_DATA_UNKNOWN', nothing, 'part');
  });
});

describe('tracking the benefits of a household', () => {
  it('goes on where nobody is behind the pseudonym, and where it agrees', () => {
    expect(() => refuseUntracked(given().state(), HOUSEHOLD)).not.toThrow();
    expect(() => refuseUntracked(given(tracked).state(), HOUSEHOLD)).not.toThrow();
  });

  it('ends with its consent, and does not begin by another', () => {
    const withdrawn = given(tracked, withdraw('2024-05-01', 'BENEFIT_TRACKING')).state();
    for (const household of [withdrawn, given(give('2024-03-01', 'PHOTOS')).state()]) {
      refuses(() => refuseUntracked(household, HOUSEHOLD), 'CONSENT_MISSING', missing, 'household');
    }
  });
});
