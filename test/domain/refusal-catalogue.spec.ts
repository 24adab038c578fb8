import { describe, expect, it } from '@jest/globals';
import { Refusal, refusals } from '@ledger/domain';
import { refusalCodes, refusalExamples } from '../../apps/api/src/openapi/refusal-examples.js';

const CJK = /[\u2e80-\u9fff\uff00-\uffef]/;

/** The texts among the facts of a case, which stand in both sentences as people wrote them. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

it('has a case for every code', () =>
  expect(Object.keys(refusalExamples).toSorted()).toStrictEqual(Object.keys(refusals).toSorted()));

describe.each(refusalCodes)('%s', (code) => {
  const refused = new Refusal(code, refusalExamples[code]);

  it('says it in Chinese and in English', () => {
    expect(refused.messageZh).toMatch(CJK);
    expect(refused.messageZh.endsWith('。')).toBe(true);
    const said = textsOf(refused.facts).filter((text) => CJK.test(text));
    const english = said.reduce((text, fact) => text.replaceAll(fact, ''), refused.messageEn);
    expect(english.replaceAll('记-', '')).not.toMatch(CJK);
    expect(refused.messageEn.endsWith('.')).toBe(true);
    for (const text of [refused.messageZh, refused.messageEn]) expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(refused.message).toBe(`${code}: ${refused.messageEn}`);
  });

  it('carries its facts and a status', () => {
    expect(refused.facts).toBe(refusalExamples[code]);
    expect(refused.status).toBe(refusals[code].status);
  });
});

describe('the sentences', () => {
  it('offer no choice where there is none', () => {
    const { messageZh, messageEn } = new Refusal('PURPOSE_NOT_ALLOWED', { purpose: 'PAYMENT', allowed: [] });
    expect(messageZh).toBe('目的“PAYMENT”在此不适用。您的角色不能查阅这些信息,请联系个人信息保护负责人。');
    expect(messageEn).not.toContain('Choose');
    expect(messageEn).toContain('ask the personal-data officer');
  });

  it('say amounts as people write them', () => {
    const { messageZh, messageEn } = new Refusal('OPENING_UNBALANCED', {
      column: 'balance',
      debitFen: 100,
      creditFen: 1_234_567_89,
    });
    expect(messageZh).toBe('期初余额借方合计1.00元,贷方合计1,234,567.89元,相差-1,234,566.89元。请核对后重新录入。');
    expect(messageEn).toBe(
      'Opening balances: debits 1.00 yuan, credits 1,234,567.89 yuan, difference -1,234,566.89. Check the lines and send all of them again.',
    );
  });

  it('say an instant by the clock in the village', () => {
    const closed = new Refusal('DRAFT_NOT_OPEN', {
      draft: 'd-1',
      status: 'APPROVED',
      by: 'reviewer-1',
      at: '2024-02-01T16:30:59.999Z',
    });
    expect(closed.messageZh).toContain('(reviewer-1,2024-02-02 00:30)');
    expect(closed.messageEn).toContain('(reviewer-1, 2024-02-02 00:30 Beijing time)');
  });

  it('say what to do about a day that has not come', () => {
    const early = new Refusal('DATE_IN_FUTURE', { date: '2024-06-16', today: '2024-06-15' });
    expect(early.messageZh).toMatch(/请更正日期,或到那一天再提交。$/);
    expect(early.messageEn).toMatch(/Correct the date, or send it again when that day has come\.$/);
  });

  it('say of drafts that are hidden only that the township has to settle them', () => {
    const [book, period] = ['0f8fad5b-d9cb-869f-a165-70867728950e', '2024-03'];
    const hidden = new Refusal('DRAFTS_WAITING', { book, period, waiting: 0, drafts: [], others: 'some' });
    expect(hidden.messageZh).toBe('2024-03有送审单待审核,不在您的授权范围内,不能结账。须由镇街先审核或退回。');
    expect(hidden.messageEn).not.toMatch(/GET|: 0/);
    const both = new Refusal('DRAFTS_WAITING', { book, period, waiting: 2, drafts: ['d-1', 'd-2'], others: 'some' });
    expect(both.messageZh).toMatch(/^2024-03有2张送审单待审核.*另有不在您授权范围内的,须由镇街办理。$/);
    expect(both.messageEn).toMatch(/review: 2\..* Others lie outside of your grants; .*\.$/);
  });

  it('name every kind of personal data and every role', () => {
    for (const kind of ['residentId', 'mobile', 'bankCard'] as const) {
      expect(new Refusal('PERSONAL_DATA_IN_TEXT', { kind }).messageZh).not.toMatch(/undefined/);
    }
    const signers = ['preparedBy', 'reviewedBy', 'closedBy', 'originalPreparedBy', 'originalPostedBy'];
    for (const role of [...signers, 'handedOverBy', 'takenOverBy', 'witnessedBy']) {
      const { messageZh } = new Refusal('SAME_PERSON', { person: 'p-1', roles: [role, role] });
      expect(messageZh).not.toMatch(/undefined/);
    }
  });

  it('leave out what the case does not have', () => {
    const standard = { standard: 'rural-collective-2024', startPeriod: '2023-12', inForceFrom: '2024-01-01' };
    expect(new Refusal('STANDARD_NOT_IN_FORCE', standard).messageEn).toMatch(/in force from 2024-01-01; a book/);
    expect(new Refusal('STANDARD_NOT_IN_FORCE', standard).messageZh).toMatch(/自2024-01-01起施行,不适用/);
    expect(new Refusal('ACCOUNT_PARENT', { account: '599' }).messageZh).toMatch(/^599是一级科目/);
    expect(new Refusal('ACCOUNT_PARENT', { account: '599' }).messageEn).toMatch(/of the first level/);
  });

  it('say how long an attachment is where that is known before it is read', () => {
    const said = new Refusal('ATTACHMENT_TOO_LARGE', { limitBytes: 1_000 });
    expect(said.messageEn).toBe(
      'The attachment has more than the 1000 bytes that one may have; nothing was kept. Make it smaller or split it.',
    );
    expect(said.messageZh).toBe('附件超过1000字节上限,未保存。请压缩或拆分后上传。');
  });

  it('say nothing of a parent that was not stated, and of none above a district', () => {
    const code = '330603008000';
    const unstated = new Refusal('DIVISION_PARENT_MISMATCH', { code, parent: '330603000000' });
    expect(unstated.messageZh).toContain('上级应为330603000000,且须');
    expect(unstated.messageEn).toContain('stands under 330603000000, which');
    const district = new Refusal('DIVISION_PARENT_MISMATCH', { code: '330603000000', stated: '330602000000' });
    expect(district.messageZh).toContain('没有上级(申报为330602000000)');
    expect(district.messageEn).toContain('stands under none (stated: 330602000000)');
  });

  it('say whether a division was merged or abolished', () => {
    for (const how of ['merged', 'abolished'] as const) {
      const facts = { from: '2024-07-01', how, standsIn: '330603008202' };
      for (const refused of [
        new Refusal('VILLAGE_ABOLISHED', { village: '330603008201', ...facts }),
        new Refusal('DIVISION_ABOLISHED', { code: '330603110000', ...facts }),
      ]) {
        expect(refused.messageZh).toContain(how === 'merged' ? '并入330603008202' : '撤销');
        expect(refused.messageEn).toContain(`was ${how}`);
      }
    }
  });

  it('say from when a division is registered where that is too late', () => {
    const registeredFrom = '2024-06-01';
    for (const refused of [
      new Refusal('VILLAGE_UNKNOWN', { village: '330603008201', registeredFrom }),
      new Refusal('DIVISION_UNKNOWN', { code: '330603008201', registeredFrom }),
      new Refusal('HOUSEHOLD_UNKNOWN', { household: 'household-1', registeredFrom }),
    ]) {
      expect(refused.messageZh).toContain('自2024-06-01起才登记');
      expect(refused.messageEn).toContain('is registered only from 2024-06-01');
    }
  });

  it('say of which village a household is not', () => {
    const refused = new Refusal('HOUSEHOLD_UNKNOWN', { household: 'household-1', village: '330603008201' });
    expect(refused.messageZh).toContain('村330603008201没有农户household-1。');
    expect(refused.messageEn).toContain('Village 330603008201 has no household household-1.');
  });

  it('say which kind of account belongs there', () => {
    for (const wanted of [
      'income',
      'expense',
      'incomeSettlement',
      'expenseSettlement',
      'appropriation',
      'assetSettlement',
      'depreciationCharge',
    ] as const) {
      const { messageZh, messageEn } = new Refusal('ACCOUNT_KIND', { account: '50102', name: 'Rent', wanted });
      expect(`${messageZh} ${messageEn}`).not.toMatch(/undefined/);
    }
  });

  it('offer the way out where an account has no children yet', () => {
    const { messageEn } = new Refusal('ACCOUNT_NOT_LEAF', { account: '504', name: 'Other', children: [] });
    expect(messageEn).toContain('(add a sub-account first)');
  });
});
