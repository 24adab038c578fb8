import * as fc from 'fast-check';
import type { Draw } from './draw.js';
import { anyFen, anyText } from './values.js';
import type { Recipe } from './valid-writes.js';
import type { World } from './world.js';

/** What is submitted, returned and signed, which there is only in a ledger with accounts: what must be accepted there. */
export const validDrafts: Readonly<Record<string, Recipe>> = {
  approveDraft: async (world, any) => ({
    path: { id: await submitted(world, any) },
    headers: { 'if-match': '"1"' },
  }),
  // An accountant may return what others have prepared, and here he has prepared everything.
  returnDraft: async (world, any) => ({
    path: { id: await submitted(world, any) },
    body: { reason: any(anyText) },
    authorization: world.staff.signer(world.staff.signed.reviewedBy).authorization,
  }),
  withdrawDraft: async (world, any) => ({ path: { id: await submitted(world, any) } }),
  resubmitDraft: async (world, any) => ({
    path: { id: await returned(world, any) },
    body: { body: income(world, any) },
  }),
  getDraftsById: async (world, any) => ({ path: { id: await submitted(world, any) } }),
};

function income({ staff }: World, any: Draw) {
  return {
    effectiveOn: '2024-01-20',
    account: '50102',
    amountFen: any(anyFen),
    settlement: { account: '102' },
    summary: any(anyText),
    ...staff.signed,
  };
}

async function submitted(world: World, any: Draw): Promise<string> {
  const { id } = any(fc.constantFrom(...world.made.books));
  const { draft } = await world.done('recordIncome', { path: { id }, body: income(world, any) });
  return (draft as { id: string }).id;
}

async function returned(world: World, any: Draw): Promise<string> {
  const id = await submitted(world, any);
  const { authorization } = world.staff.signer(world.staff.signed.reviewedBy);
  await world.done('returnDraft', { path: { id }, body: { reason: '缺少发票' }, authorization });
  return id;
}
