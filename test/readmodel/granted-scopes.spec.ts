import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { followGenerations, type Granted, type LiveViews, type Scope } from '@ledger/readmodel';
import { project } from '../support/projected.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { BOOK, fact, TOWNSHIP, VILLAGE, VillageLedger } from './village-ledger.js';

const MOVED = '330603018201';

let ledger: VillageLedger;
let directory: ReturnType<typeof temporaryDirectory>;
let live: LiveViews;
/** What readers are told that the views have reached. */
let told: number;

/** Adds up what is in the log; readers are not told of it yet. */
const addUp = async (): Promise<number> => project(ledger.log, directory.path);

beforeEach(async () => {
  ledger = new VillageLedger();
  directory = temporaryDirectory();
  await ledger.open();
  await ledger.divisions();
  told = await addUp();
  live = followGenerations(directory.path, () => told);
  live.goTo(1);
});
afterEach(() => {
  live.views.close();
  directory.remove();
});

const scopeOf = (granted: Granted): Scope => live.views.scopes.of([granted]);

describe('the scope of a grant', () => {
  it('goes with a village that gets another code, from the position on that readers are told of', async () => {
    const seesMoved = (): boolean => scopeOf({ division: VILLAGE }).includesDivision(MOVED);
    expect(seesMoved()).toBe(false);
    const recoded = { oldCode: TOWNSHIP, newCode: '330603018000', villages: [{ oldCode: VILLAGE, newCode: MOVED }] };
    await ledger.append('divisions-330603', fact('DivisionRecoded', '2024-07-01', recoded, TOWNSHIP));
    const reached = await addUp();
    // Reads are answered as of the position that they were told of, and so is who may read.
    expect(seesMoved()).toBe(false);
    told = reached;
    expect(seesMoved()).toBe(true);
  });

  it('has a book that was granted before it was opened, as soon as it is, though no division has changed', async () => {
    const granted = { division: TOWNSHIP, books: [BOOK] };
    expect(scopeOf(granted).includesBook(BOOK, VILLAGE)).toBe(false);
    expect(scopeOf(granted).includesDivision(VILLAGE)).toBe(false);
    await ledger.book();
    told = await addUp();
    expect(scopeOf(granted).includesBook(BOOK, VILLAGE)).toBe(true);
    expect(scopeOf(granted).includesDivision(VILLAGE)).toBe(true);
  });

  it('stays what it is while other facts come', async () => {
    expect(scopeOf({ division: VILLAGE }).includesDivision(VILLAGE)).toBe(true);
    await ledger.book();
    told = await addUp();
    expect(scopeOf({ division: VILLAGE }).includesDivision(VILLAGE)).toBe(true);
    expect(scopeOf({ division: VILLAGE }).includesDivision(TOWNSHIP)).toBe(false);
  });
});
