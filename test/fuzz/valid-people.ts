import * as fc from 'fast-check';
import type { Draw } from './draw.js';
import { anyText } from './values.js';
import type { Recipe } from './valid-writes.js';
import type { World } from './world.js';

const AGREED = { purposes: ['BENEFIT_TRACKING'], noticeVersion: 'notice-2024-1', effectiveOn: '2024-02-01' };
const BY_LAW = {
  statutory: { members: [{ name: '示例成员', memberSince: '2020-01-01' }], retainUntil: '2099-12-31' },
};

/** Consent, and what the vault holds of a household: what must be accepted. Everybody in it is made up. */
export const validPeople: Readonly<Record<string, Recipe>> = {
  giveConsent: async (world) => ({ path: { id: await world.household() }, body: AGREED }),
  withdrawConsent: async (world) => ({
    path: { id: await agreed(world) },
    body: { purposes: AGREED.purposes, effectiveOn: '2024-06-30' },
  }),
  enterPersonalData: async (world, any) => ({ path: { id: await agreed(world) }, body: people(any) }),
  correctPersonalData: async (world, any) => ({ path: { id: await entered(world, people(any)) }, body: people(any) }),
  erasePersonalData: async (world, any) => ({
    path: { id: await entered(world, people(any)) },
    body: { part: 'CONSENT', basis: 'SUBJECT_REQUEST' },
  }),
  revealPersonalData: async (world) => ({
    path: { id: await entered(world, BY_LAW) },
    body: { part: 'STATUTORY', purpose: 'PAYMENT' },
  }),
  exportPersonalData: async (world) => ({
    path: { id: await entered(world, BY_LAW) },
    body: { basis: 'request-2024-7' },
  }),
};

function people(any: Draw) {
  const relation = any(fc.constantFrom('HEAD', 'SPOUSE', 'OTHER'));
  return { consent: { people: [{ name: '示例户主', relation, phone: '13800000000' }], address: any(anyText) } };
}

async function agreed(world: World): Promise<string> {
  const id = await world.household();
  await world.tell('giveConsent', AGREED, { id });
  return id;
}

async function entered(world: World, body: Readonly<Record<string, unknown>>): Promise<string> {
  const id = await agreed(world);
  await world.tell('enterPersonalData', body, { id });
  return id;
}
