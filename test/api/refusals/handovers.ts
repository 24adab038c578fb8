import { incomeBody, type VillageBooks } from '../../support/village-books.js';
import { post, type Scene } from './scene.js';

const handoverBody = (more: object = {}) => ({
  effectiveOn: '2024-03-31',
  from: 'accountant-1',
  to: 'accountant-2',
  openItems: ['一季度租金尚有一户未收'],
  preparedBy: 'accountant-1',
  reviewedBy: 'reviewer-1',
  ...more,
});

/** A book that has gone from the first accountant to the second. */
async function handedOver(books: VillageBooks): Promise<{ book: string; path: string }> {
  const { id: book } = await books.book();
  const path = `/books/${book}/handovers`;
  await books.accepted(path, handoverBody());
  return { book, path };
}

const left = { from: 'accountant-1', to: 'accountant-2', effectiveOn: '2024-03-31' };

export const handoversScenes: Readonly<Record<string, Scene>> = {
  HANDOVER_REQUIRED: {
    status: 422,
    facts: left,
    shows: [
      'accountant-1',
      'accountant-2',
      '2024-03-31',
      { zh: '请由accountant-2或该账套的其他会计制单', en: 'Let accountant-2 or another accountant' },
    ],
    field: 'preparedBy',
    request: async (books) => {
      const { book } = await handedOver(books);
      const facts = { ...left, book, keptBy: 'accountant-2', as: 'preparedBy' };
      return post(`/books/${book}/income`, incomeBody('2024-01-20', 100), { facts, shows: [book] });
    },
  },
  ALREADY_HANDED_OVER: {
    status: 422,
    facts: left,
    shows: ['accountant-1', 'accountant-2', '2024-03-31'],
    field: 'from',
    request: async (books) => {
      const { book, path } = await handedOver(books);
      return post(path, handoverBody({ to: 'accountant-3' }), { facts: { ...left, book }, shows: [book] });
    },
  },
  HANDOVER_PREPARER: {
    status: 422,
    facts: { preparedBy: 'accountant-3', from: 'accountant-1', to: 'accountant-2' },
    shows: ['accountant-1', 'accountant-2', 'accountant-3', { zh: '监交人', en: 'witness' }],
    field: 'preparedBy',
    request: async (books) =>
      post(`/books/${(await books.book()).id}/handovers`, handoverBody({ preparedBy: 'accountant-3' })),
  },
  HANDOVER_BEFORE_START: {
    status: 422,
    facts: { effectiveOn: '2023-12-31', startPeriod: '2024-01' },
    shows: ['2023-12-31', '2024-01'],
    field: 'effectiveOn',
    request: async (books) => {
      const { id: book } = await books.book();
      const facts = { book, effectiveOn: '2023-12-31', startPeriod: '2024-01' };
      return post(`/books/${book}/handovers`, handoverBody({ effectiveOn: '2023-12-31' }), { facts, shows: [book] });
    },
  },
  HANDOVER_ORDER: {
    status: 422,
    facts: { person: 'accountant-2', effectiveOn: '2024-02-29', lastOn: '2024-03-31' },
    shows: ['accountant-2', '2024-02-29', '2024-03-31'],
    field: 'effectiveOn',
    request: async (books) => {
      const { book, path } = await handedOver(books);
      const early = { effectiveOn: '2024-02-29', from: 'accountant-2', to: 'accountant-3', preparedBy: 'accountant-3' };
      const facts = { person: 'accountant-2', effectiveOn: '2024-02-29', lastOn: '2024-03-31', book };
      return post(path, handoverBody(early), { facts, shows: [book] });
    },
  },
};
