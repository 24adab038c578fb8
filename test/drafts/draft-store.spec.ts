import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Draft, type DraftStore, openDrafts, returned, withdrawn } from '@ledger/drafts';
import { draftOf, OWN, SUBMITTED_AT as at } from '../support/drafts.js';
import { type GivenStores, givenStores } from '../support/private-stores.js';

const OTHER = '330603008202';
const FINGERPRINT = 'f'.repeat(64);

let stores: GivenStores;
let store: DraftStore;

beforeEach(() => {
  stores = givenStores();
  store = openDrafts(stores.place);
});

afterEach(() => {
  store.close();
  stores.remove();
});

function add(id: string, division = OWN, book = 'book-1', by = 'clerk-1', body: object = { amountFen: 100 }): Draft {
  const draft = draftOf(id, division, book, by);
  store.add(draft, { version: 1, body: { ...body } }, FINGERPRINT);
  return draft;
}

const ids = (wanted: Partial<Parameters<DraftStore['page']>[0]>): string[] =>
  store
    .page({ divisions: store.divisions, statuses: ['SUBMITTED'], after: 0, limit: 100, ...wanted })
    .map(({ draft }) => draft.id);

describe('drafts', () => {
  it('are there, with what was sent, when the file is opened again', () => {
    const draft = add('a', OWN, 'book-1', 'clerk-1', { amountFen: 100, evidence: ['e'.repeat(64)] });
    store.close();
    store = openDrafts(stores.place);
    expect(store.find('a')).toEqual(draft);
    expect(store.contents('a')).toEqual([{ version: 1, body: { amountFen: 100, evidence: ['e'.repeat(64)] } }]);
    expect(store.divisions).toEqual([OWN]);
    expect(store.fingerprintOf('a')).toBe(FINGERPRINT);
    expect(store.naming('e'.repeat(64))).toEqual([draft]);
    expect([store.find('b'), store.fingerprintOf('b'), store.naming('0'.repeat(64))]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });

  it('are there for whoever asks in the turn of the event loop in which they were looked for and added', () => {
    expect([store.fingerprintOf('a'), store.fingerprintOf('b')]).toEqual([undefined, undefined]);
    add('a');
    expect([store.fingerprintOf('a'), store.fingerprintOf('b')]).toEqual([FINGERPRINT, undefined]);
    add('b');
    expect([store.fingerprintOf('a'), store.fingerprintOf('b')]).toEqual([FINGERPRINT, FINGERPRINT]);
  });

  it('are looked for in the turn in which the store is closed', async () => {
    add('a');
    expect(store.fingerprintOf('a')).toBe(FINGERPRINT);
    store.close();
    await setImmediate();
    store = openDrafts(stores.place);
    expect(store.fingerprintOf('a')).toBe(FINGERPRINT);
  });

  it('are one under one id', () => {
    add('a');
    expect(() => add('a')).toThrow(/unique/i);
    expect(store.contents('a')).toHaveLength(1);
  });

  it('are replaced only by what was made of them as they are', () => {
    const draft = add('a');
    const back = returned(draft, '缺发票', { by: 'reviewer-1', at });
    store.replace(draft, back);
    expect(() => store.replace(draft, withdrawn(draft, { by: 'clerk-1', at }))).toThrow(/changed by somebody else/);
    expect(store.find('a')).toEqual(back);
  });

  it('keep every content', () => {
    const draft = add('a');
    store.replace(draft, { ...draft, version: 2 }, { content: { version: 2, body: { amountFen: 200 } } });
    expect(store.contents('a')).toEqual([
      { version: 1, body: { amountFen: 100 } },
      { version: 2, body: { amountFen: 200 } },
    ]);
  });

  it('come in the order of their submission, over all divisions, page by page', () => {
    for (const [n, id] of [...'abcdef'].entries()) add(id, n % 2 === 0 ? OWN : OTHER);
    expect(ids({})).toEqual([...'abcdef']);
    expect(ids({ limit: 2 })).toEqual(['a', 'b']);
    expect(ids({ after: store.numbered('b')?.number ?? 0, limit: 2 })).toEqual(['c', 'd']);
    expect(ids({ divisions: [OTHER] })).toEqual(['b', 'd', 'f']);
    expect(ids({ divisions: [] })).toEqual([]);
  });

  it('are found by status, book and preparer', () => {
    const draft = add('a');
    add('b', OWN, 'book-2');
    add('c', OWN, 'book-1', 'clerk-2');
    store.replace(draft, returned(draft, '缺发票', { by: 'reviewer-1', at }));
    expect(ids({})).toEqual(['b', 'c']);
    expect(ids({ statuses: ['RETURNED'] })).toEqual(['a']);
    expect(ids({ statuses: ['SUBMITTED', 'RETURNED'], book: 'book-1' })).toEqual(['a', 'c']);
    expect(ids({ preparedBy: 'clerk-2' })).toEqual(['c']);
    expect(ids({ notPreparedBy: 'clerk-2' })).toEqual(['b']);
    expect(store.waiting().map(({ id }) => id)).toEqual(['b', 'c']);
    expect(store.waitingOf('book-1').map(({ id }) => id)).toEqual(['c']);
  });

  it('are forgotten long after they were closed, but never their keys, nor while they are open', () => {
    for (const id of 'abc') {
      const draft = add(id, OWN, 'book-1', 'clerk-1', { evidence: ['e'.repeat(64)] });
      if (id !== 'c') store.replace(draft, withdrawn(draft, { by: 'clerk-1', at }), { closedAtMs: Date.parse(at) });
    }
    expect(store.forget(Date.parse(at), 10)).toBe(0);
    expect(store.forget(Date.parse(at) + 1, 1)).toBe(1);
    expect(store.forget(Date.parse(at) + 1, 10)).toBe(1);
    expect([store.find('a'), store.contents('a')]).toEqual([undefined, []]);
    expect(store.fingerprintOf('a')).toBe(FINGERPRINT);
    expect(store.naming('e'.repeat(64)).map(({ id }) => id)).toEqual(['c']);
  });
});
