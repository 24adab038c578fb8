import type { Draw } from './draw.js';
import { anyFen, anyText } from './values.js';
import type { Recipe } from './valid-writes.js';
import type { Said, World } from './world.js';

/** Somebody who has an account and a role. */
export interface Person {
  readonly id: string;
  readonly authorization: string;
}

export interface Township {
  readonly clerk: Person;
  readonly reviewer: Person;
  readonly book: string;
}

/** What is submitted, returned and signed where there are accounts: what must be accepted there. */
export function validDrafts({ clerk, reviewer, book }: Township): Readonly<Record<string, Recipe>> {
  const income = (any: Draw) => ({
    effectiveOn: '2024-01-20',
    account: '50102',
    amountFen: any(anyFen),
    settlement: { account: '102' },
    summary: any(anyText),
    preparedBy: clerk.id,
    reviewedBy: reviewer.id,
  });
  const submitted = async (world: World, any: Draw): Promise<string> => {
    const said = { path: { id: book }, body: income(any), authorization: clerk.authorization };
    const { body } = await world.asker.accepted(world.asker.request(world.operation('recordIncome'), said));
    return (body['draft'] as { id: string }).id;
  };
  const returned = async (world: World, any: Draw): Promise<string> => {
    const id = await submitted(world, any);
    const said: Said = { path: { id }, body: { reason: '缺少发票' }, authorization: reviewer.authorization };
    await world.asker.accepted(world.asker.request(world.operation('returnDraft'), said));
    return id;
  };
  const seen = { 'if-match': '"1"' };
  return {
    approveDraft: async (world, any) => ({
      path: { id: await submitted(world, any) },
      headers: seen,
      authorization: reviewer.authorization,
    }),
    returnDraft: async (world, any) => ({
      path: { id: await submitted(world, any) },
      body: { reason: any(anyText) },
      authorization: reviewer.authorization,
    }),
    withdrawDraft: async (world, any) => ({
      path: { id: await submitted(world, any) },
      authorization: clerk.authorization,
    }),
    resubmitDraft: async (world, any) => ({
      path: { id: await returned(world, any) },
      body: { body: income(any) },
      authorization: clerk.authorization,
    }),
    getDraftsById: async (world, any) => ({
      path: { id: await submitted(world, any) },
      authorization: clerk.authorization,
    }),
  };
}

/** The operations of drafts that only a ledger with accounts has something to answer to. */
export const OF_DRAFTS = ['approveDraft', 'returnDraft', 'withdrawDraft', 'resubmitDraft', 'getDraftsById'];
