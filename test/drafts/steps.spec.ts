import { describe, expect, it } from '@jest/globals';
import {
  approved,
  type Draft,
  refusedAtApproval,
  resubmitted,
  returned,
  signed,
  type Submission,
  submitted,
  withdrawn,
} from '@ledger/drafts';

const at = '2024-02-01T02:30:00.000Z';
const by = (who: string) => ({ by: who, at });

const headline = {
  division: '330603008201',
  touched: ['330603008201'],
  book: 'book-1',
  summary: '商铺租金',
  amountFen: 100,
  figures: 'a1',
};
const said: Submission = {
  ...headline,
  id: 'draft-1',
  command: 'RecordIncome',
  path: { book: 'book-1' },
  named: { preparedBy: 'clerk-1', reviewedBy: 'reviewer-1' },
};
const draft = submitted(said, by('clerk-1'));
const yearEnd = submitted({ ...said, named: { ...said.named, closedBy: 'director-1' } }, by('clerk-1'));
const back = returned(draft, '缺发票', by('reviewer-1'));
const recorded = { position: 9, stream: 'ledger-book-1-2024', revision: 3, facts: [] };
const refuses = (step: () => Draft, code: string, facts: object = {}) =>
  expect(step).toThrow(expect.objectContaining({ code, facts: expect.objectContaining(facts) }));

describe('a draft', () => {
  it('is signed by its preparer, and wants everybody else whom its command names', () => {
    expect(draft).toMatchObject({
      signatures: { preparedBy: 'clerk-1' },
      missing: ['reviewedBy'],
      reviewer: 'reviewer-1',
    });
    expect(yearEnd.missing).toEqual(['reviewedBy', 'closedBy']);
  });

  it('is signed by whoever reviews it, who need not be the one who was asked', () => {
    const next = signed(draft, { version: 1 }, by('reviewer-2'));
    expect(next).toMatchObject({ signatures: { preparedBy: 'clerk-1', reviewedBy: 'reviewer-2' }, missing: [] });
    expect(approved(next, recorded, by('reviewer-2'))).toMatchObject({
      status: 'APPROVED',
      recorded,
      steps: [{ did: 'SUBMITTED' }, { did: 'SIGNED', as: 'reviewedBy' }, { did: 'APPROVED', by: 'reviewer-2' }],
    });
  });

  it('is signed by nobody twice', () => {
    refuses(() => signed(draft, { version: 1 }, by('clerk-1')), 'SAME_PERSON', { roles: ['preparedBy', 'reviewedBy'] });
    const reviewed = signed(yearEnd, { version: 1 }, by('reviewer-1'));
    refuses(() => signed(reviewed, { version: 1 }, by('reviewer-1')), 'SAME_PERSON', {
      roles: ['reviewedBy', 'closedBy'],
    });
    refuses(() => signed(reviewed, { version: 1 }, by('clerk-1')), 'SAME_PERSON', {
      roles: ['preparedBy', 'closedBy'],
    });
    expect(signed(reviewed, { version: 1 }, by('director-1')).missing).toEqual([]);
  });

  it('is signed for the content that was looked at', () => {
    const again = resubmitted(back, { ...headline, named: said.named }, by('clerk-1'));
    refuses(() => signed(again, { version: 1 }, by('reviewer-1')), 'REVISION_STALE', { expected: 1, actual: 2 });
    expect(signed(again, { version: 2 }, by('reviewer-1')).missing).toEqual([]);
  });

  it('is signed for the figures that were looked at: others take back what was signed before', () => {
    const reviewed = signed(yearEnd, { version: 1 }, by('reviewer-1'));
    const other = { version: 1, figures: 'b2' };
    expect(signed(reviewed, other, by('director-1'))).toMatchObject({
      signatures: { preparedBy: 'clerk-1', reviewedBy: 'director-1' },
      missing: ['closedBy'],
    });
    expect(signed(reviewed, other, by('reviewer-1')).missing).toEqual(['closedBy']);
    const anew = signed(signed(reviewed, other, by('director-1')), other, by('reviewer-1'));
    expect(anew.missing).toEqual([]);
    refuses(() => signed(reviewed, other, by('clerk-1')), 'SAME_PERSON', { roles: ['preparedBy', 'reviewedBy'] });
  });

  it('comes back with a reason, and whoever had signed signs again', () => {
    const returnedLate = returned(signed(yearEnd, { version: 1 }, by('reviewer-1')), '分配有误', by('reviewer-2'));
    expect(returnedLate).toMatchObject({
      status: 'RETURNED',
      signatures: { preparedBy: 'clerk-1' },
      missing: ['reviewedBy', 'closedBy'],
    });
    refuses(() => signed(returnedLate, { version: 1 }, by('reviewer-1')), 'DRAFT_NOT_OPEN', {
      status: 'RETURNED',
      by: 'reviewer-2',
    });
  });

  it('is returned by others, for a reason that names no person', () => {
    refuses(() => returned(draft, '缺发票', by('clerk-1')), 'SAME_PERSON');
    refuses(() => returned(draft, '电话13812345678', by('reviewer-1')), 'PERSONAL_DATA_IN_TEXT');
  });

  it('is mended and withdrawn by its preparer alone', () => {
    refuses(() => resubmitted(back, { ...headline, named: said.named }, by('clerk-2')), 'DRAFT_NOT_YOURS', {
      preparedBy: 'clerk-1',
    });
    refuses(() => withdrawn(back, by('reviewer-1')), 'DRAFT_NOT_YOURS');
    expect(withdrawn(back, by('clerk-1')).status).toBe('WITHDRAWN');
  });

  it('does not change while it is looked at', () =>
    refuses(() => resubmitted(draft, { ...headline, named: said.named }, by('clerk-1')), 'DRAFT_NOT_OPEN', {
      status: 'SUBMITTED',
    }));

  it('takes no step once it is closed', () => {
    const gone = withdrawn(draft, by('clerk-1'));
    const done = approved(signed(draft, { version: 1 }, by('reviewer-1')), recorded, by('reviewer-1'));
    for (const closed of [gone, done]) {
      refuses(() => signed(closed, { version: 1 }, by('reviewer-2')), 'DRAFT_NOT_OPEN', { status: closed.status });
      refuses(() => returned(closed, '晚了', by('reviewer-2')), 'DRAFT_NOT_OPEN');
      refuses(() => resubmitted(closed, { ...headline, named: said.named }, by('clerk-1')), 'DRAFT_NOT_OPEN');
    }
    refuses(() => withdrawn(done, by('clerk-1')), 'DRAFT_NOT_OPEN');
  });

  it('asked for once more, is as it was after the step', () => {
    expect(returned(back, '缺发票', by('reviewer-1'))).toBe(back);
    refuses(() => returned(back, '缺合同', by('reviewer-1')), 'DRAFT_NOT_OPEN');
    const gone = withdrawn(draft, by('clerk-1'));
    expect(withdrawn(gone, by('clerk-1'))).toBe(gone);
  });

  it('says why the ledger did not take it, until it is mended or taken', () => {
    const refusal = { by: 'reviewer-1', at, code: 'PERIOD_CLOSED', messageZh: '已结账。', messageEn: 'Closed.' };
    const waiting = refusedAtApproval(draft, refusal);
    expect(waiting).toEqual({ ...draft, refused: refusal });
    const mended = resubmitted(
      returned(waiting, '改到二月', by('reviewer-1')),
      { ...headline, named: said.named },
      by('clerk-1'),
    );
    expect(mended.refused).toBeUndefined();
    expect(
      approved(signed(waiting, { version: 1 }, by('reviewer-1')), recorded, by('reviewer-1')).refused,
    ).toBeUndefined();
  });
});
