import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DraftChanged, type DraftStore, openDrafts, returned, withdrawn } from '@ledger/drafts';
import { draftOf, OWN, SUBMITTED_AT as at } from '../support/drafts.js';
import { type GivenStores, givenStores, onPostgres } from '../support/private-stores.js';

onPostgres();
let stores: GivenStores;
let one: DraftStore;
/** The same drafts in another process. */
let other: DraftStore;

beforeEach(() => {
  stores = givenStores();
  [one, other] = [openDrafts(stores.place), openDrafts(stores.another)];
});
afterEach(() => {
  one.close();
  other.close();
  stores.remove();
});

const add = (to: DraftStore, id: string, division = OWN): void =>
  to.add(draftOf(id, division), { version: 1, body: {} }, 'f');

it('a draft that one process has added is in the queue of the other, also of a village that had none', () => {
  expect(other.divisions).toEqual([]);
  add(one, 'a');
  add(other, 'b', '330603008202');
  for (const store of [one, other]) {
    const { divisions } = store;
    expect(divisions).toEqual([OWN, '330603008202']);
    const page = store.page({ divisions, statuses: ['SUBMITTED'], after: 0, limit: 9 });
    expect(page.map(({ number, draft }) => [number, draft.id])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(store.fingerprintOf('a')).toBe('f');
  }
});

it('of two who take a step with one draft, one does', () => {
  add(one, 'a');
  const draft = draftOf('a');
  const back = returned(draft, '缺发票', { by: 'reviewer-1', at });
  other.replace(draft, back);
  expect(() => one.replace(draft, withdrawn(draft, { by: 'clerk-1', at }))).toThrow(DraftChanged);
  expect(one.find('a')).toEqual(back);
});

it('a page is a seek a division and status', () => {
  add(one, 'a');
  const plan = JSON.stringify(
    stores.ask(
      'drafts',
      `SET enable_seqscan = off; EXPLAIN SELECT number FROM drafts
       WHERE division = 'd' AND status = 's' AND number > 1 ORDER BY number LIMIT 2`,
    ),
  );
  expect(plan).toContain('drafts_of_division');
});
