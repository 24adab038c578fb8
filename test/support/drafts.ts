import { type Draft, submitted } from '@ledger/drafts';

export const OWN = '330603008201';
export const SUBMITTED_AT = '2024-02-01T02:30:00.000Z';

/** Something that waits for its reviewer. */
export function draftOf(id: string, division = OWN, book = 'book-1', by = 'clerk-1'): Draft {
  return submitted(
    {
      id,
      command: 'RecordIncome',
      path: { book },
      division,
      touched: [division],
      book,
      summary: '租金',
      amountFen: 100,
      figures: 'a1',
      named: { preparedBy: by, reviewedBy: 'reviewer-1' },
    },
    { by, at: SUBMITTED_AT },
  );
}
