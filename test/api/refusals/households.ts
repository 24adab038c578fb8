import { post, type Scene } from './scene.js';

const dissolution = (effectiveOn: string) => ({ reason: '整户迁出', effectiveOn });

export const householdsScenes: Readonly<Record<string, Scene>> = {
  HOUSEHOLD_UNKNOWN: {
    status: 404,
    facts: { household: 'no-such-household' },
    shows: ['no-such-household'],
    field: 'household',
    sentences: {
      zh: '农户no-such-household未登记。请先登记农户,用回执中的编号。',
      en: 'Household no-such-household is not registered. Register it first and use the id of the receipt.',
    },
    request: async () => post('/households/no-such-household/dissolve', dissolution('2024-03-01')),
  },
  HOUSEHOLD_DISSOLVED: {
    status: 422,
    facts: {},
    shows: ['2024-03-01'],
    field: 'household',
    request: async (books) => {
      const { village } = await books.book();
      const id = await books.household(village, '2024-02-01');
      await books.accepted(`/households/${id}/dissolve`, dissolution('2024-03-01'));
      return post(`/households/${id}/dissolve`, dissolution('2024-04-01'), {
        facts: { household: id, dissolvedOn: '2024-03-01' },
        shows: [id],
      });
    },
  },
};
