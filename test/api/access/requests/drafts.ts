import { incomeBody } from '../../../support/village-books.js';
import { DAY, drafted, RETURNER, SUBMITTER } from '../places.js';
import { get, type OperationRequest, type OperationRequests, signed } from './asked.js';

const ofAnother: OperationRequest['fresh'] = async ({ as }, { book }) => ({
  draft: await drafted(as(SUBMITTER), SUBMITTER, book),
});

/** What waits for the signatures of others. */
export const draftRequests: OperationRequests = {
  getDrafts: get(() => '/drafts'),
  getDraftsById: get(({ draft }) => `/drafts/${draft}`),
  approveDraft: {
    of: ({ draft }) => ({ method: 'POST', path: `/drafts/${draft}/approve`, headers: { 'if-match': '"1"' } }),
    fresh: ofAnother,
  },
  returnDraft: {
    of: ({ draft }) => ({ path: `/drafts/${draft}/return`, body: { reason: '缺少发票' } }),
    fresh: ofAnother,
  },
  withdrawDraft: {
    of: ({ draft }) => ({ method: 'POST', path: `/drafts/${draft}/withdraw` }),
    fresh: async (_, { book }, { as, account }) => ({ draft: await drafted(as, account, book) }),
  },
  resubmitDraft: {
    of: ({ draft }, by) => ({ path: `/drafts/${draft}/resubmit`, body: { body: incomeBody(DAY, 200, signed(by)) } }),
    fresh: async (set, { book }, { as, account }) => {
      const draft = await drafted(as, account, book);
      const { status, text } = await set.as(RETURNER).post(`/drafts/${draft}/return`, { reason: '缺少发票' });
      if (status !== 200) throw new Error(text);
      return { draft };
    },
  },
};
