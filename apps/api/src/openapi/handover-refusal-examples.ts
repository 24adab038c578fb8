import type { handoverRefusals, RefusalFacts } from '@ledger/domain';

const book = '0f8fad5b-d9cb-869f-a165-70867728950e';

/** One case of every code of handovers. */
export const handoverRefusalExamples: { readonly [C in keyof typeof handoverRefusals]: RefusalFacts<C> } = {
  HANDOVER_REQUIRED: {
    book,
    from: 'accountant-1',
    to: 'accountant-2',
    effectiveOn: '2024-03-31',
    keptBy: 'accountant-2',
    as: 'preparedBy',
  },
  ALREADY_HANDED_OVER: {
    book,
    from: 'accountant-1',
    to: 'accountant-2',
    effectiveOn: '2024-03-31',
  },
  HANDOVER_PREPARER: { preparedBy: 'reviewer-2', from: 'accountant-1', to: 'accountant-2' },
  HANDOVER_NOT_ACCOUNTANT: { book, person: 'reviewer-2', effectiveOn: '2024-03-31', as: 'from' },
  HANDOVER_BEFORE_START: { book, effectiveOn: '2023-12-31', startPeriod: '2024-01' },
  HANDOVER_ORDER: {
    book,
    person: 'accountant-1',
    effectiveOn: '2024-02-29',
    lastOn: '2024-03-31',
  },
};
