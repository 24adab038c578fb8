import type { draftRefusals, RefusalFacts } from '@ledger/domain';

const draft = '3d1b6a52-7c0e-8f47-b3c5-9f8e7d1b4a21';

/** One case of every code of drafts. */
export const draftRefusalExamples: { readonly [C in keyof typeof draftRefusals]: RefusalFacts<C> } = {
  DRAFT_UNKNOWN: { draft },
  DRAFT_NOT_OPEN: { draft, status: 'RETURNED', by: 'reviewer-1', at: '2024-02-01T02:30:00.000Z' },
  DRAFT_NOT_YOURS: { draft, preparedBy: 'clerk-1' },
  DRAFTS_WAITING: {
    book: '0f8fad5b-d9cb-869f-a165-70867728950e',
    period: '2024-03',
    waiting: 1,
    drafts: [draft],
    others: 'none',
  },
  SIGNATURE_NOT_YOURS: { field: 'preparedBy', signed: 'accountant-1', account: 'clerk-1' },
};
